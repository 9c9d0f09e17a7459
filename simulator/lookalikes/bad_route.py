"""A depot that loses parcels: everybody in one town claims non-receipt, and is right."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY
from simulator.economy.fulfilment import LOST
from simulator.economy.identity import CITY_NAMES, city_number
from simulator.planting import Plant, pick_start
from simulator.world import World


class BadRoute(Plant):
    """A share of the parcels to one town is lost for weeks."""

    name = "bad_route"
    detection = "RET-01"
    scenario = 2
    names = ("user", "seller", "device")
    benign = True
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the towns, the weeks and the share lost."""
        self.towns: list[tuple[int, int, int, int, float]] = []
        for _ in range(self.count(world)):
            days = float(rng.uniform(25, 80))
            start = pick_start(world, rng, days)
            home = int(rng.integers(len(world.addresses)))
            region = int(world.addresses.region[home])
            town = int(city_number(world.addresses.region[home], world.addresses.city[home]))
            self.towns.append(
                (
                    world.truth.open(self, "", start, region, rng),
                    town,
                    start,
                    start + int(days * DAY),
                    float(rng.beta(5, 12)),
                )
            )
            world.truth.add(self.towns[-1][0], "city", [CITY_NAMES[town]])

    def shape(self, world: World, rng: np.random.Generator, plan: Batch) -> None:
        """Lose them."""
        home = world.addresses
        town = city_number(home.region[plan.address], home.city[plan.address])
        for number, where, start, end, share in self.towns:
            hit = (town == where) & (plan.placed_at >= start) & (plan.placed_at < end)
            hit &= (rng.random(len(plan)) < share) & (plan.plant < 0)
            plan.fate_of[hit], plan.plant[hit] = LOST, number


PLANT = BadRoute
