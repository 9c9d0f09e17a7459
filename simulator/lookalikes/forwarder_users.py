"""Expatriates who shop at home through a forwarder: one depot, many strangers, bargains too."""

from __future__ import annotations

import numpy as np

from simulator.crews import pick_drops
from simulator.economy.demand import pick_product
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades
from simulator.world import World


class ForwarderUsers(Trades):
    """All their parcels go to the forwarder; what is inside is what anybody buys."""

    name = "forwarder_users"
    detection = "RSL-04"
    scenario = 4
    benign = True
    names = ("device",)
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw depot and customers."""
        self.depots: list[tuple[int, int, float, np.ndarray]] = []
        for _ in range(self.count(world)):
            days = float(rng.uniform(40, 120))
            start = pick_start(world, rng, days)
            region = int(rng.choice(world.users.region))
            people = old_users(world, rng, int(rng.integers(8, 25)), start, region)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", people)
            self.depots.append((number, start, days, people))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Move their parcels, and let them buy."""
        homes = world.addresses
        for number, start, days, people in self.depots:
            region = int(world.users.region[people[0]])
            places = world.users.address[people]
            for name in ("city", "zone", "street", "house", "cell"):
                homes.__dict__[name][places] = homes.__dict__[name][places[0]]
            homes.unit[places] = rng.integers(100, 399, len(places))  # the customer's number
            homes.kind[places] = 3
            who = np.repeat(people, 1 + rng.poisson(2.5, len(people)))
            at = daytime(rng, world, region, start, days, len(who))
            sku = pick_product(world, rng, np.full(len(who), region), at)
            good = sku >= 0
            self.trade(
                number, who[good], at[good], sku[good], address=world.users.address[who[good]]
            )
            for date in pick_drops(world, rng, 2, True, 1.0):
                drop = world.drops[date]
                if world.products.region[drop.sku] != region:
                    continue
                some = people[rng.random(len(people)) < 0.3]
                at = daytime(rng, world, region, drop.start, 1, len(some))
                self.trade(
                    number, some, at, np.full(len(some), drop.sku), items=1,
                    address=world.users.address[some],
                )  # fmt: skip


PLANT = ForwarderUsers
