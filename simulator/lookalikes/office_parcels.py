"""An office that takes in its people's parcels: forty cards at one desk."""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY
from simulator.economy.demand import pick_product
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades
from simulator.world import World


class OfficeParcels(Trades):
    """Colleagues of long standing who order to the company's address on their own cards."""

    name = "office_parcels"
    detection = "TXN-03"
    scenario = 0
    benign = True
    names = ("device", "order", "payment", "address")
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the offices and the colleagues."""
        self.desks: list[tuple[int, int, Array, Array]] = []
        for _ in range(self.count(world)):
            start = pick_start(world, rng, 40)
            people = old_users(world, rng, 8 + int(rng.gamma(2.0, 5.0)), start)
            region, n = int(world.users.region[people[0]]), len(people)
            office = np.full(n, world.users.address[people[0]])
            added = start - (rng.random(n) * 60 * DAY).astype(np.int64)
            added = np.maximum(added, world.users.created_at[people])
            desk = world.add_addresses(people, 0, office, added, rng)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", people)
            self.desks.append((number, start, people, desk))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """A house of its own, and what they have sent there."""
        homes = world.addresses
        for number, start, people, desk in self.desks:
            homes.house[desk], homes.street[desk] = rng.integers(1, 160), rng.integers(0, 200)
            homes.cell[desk], homes.unit[desk] = rng.integers(0, 32_768), 0
            homes.kind[desk] = 1
            homes.name[desk] = world.users.name[people]
            again = np.repeat(np.arange(len(people)), 1 + rng.poisson(1.2, len(people)))
            at = daytime(rng, world, int(world.users.region[people[0]]), start, 38, len(again))
            sku = pick_product(world, rng, world.users.region[people[again]], at)
            good = sku >= 0
            self.trade(
                number, people[again][good], at[good], sku[good], method=0,
                address=desk[again][good], disputed=0,
            )  # fmt: skip


PLANT = OfficeParcels
