"""A local festival that no calendar lists: everybody buys at once, as everybody does."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.economy.demand import plan_orders
from simulator.planting import Plant, daytime, old_users, pick_start
from simulator.regions import CODES, REGIONS
from simulator.world import World


class FestivalPeak(Plant):
    """Three days of three times the usual orders in one market."""

    name = "festival_peak"
    detection = "TXN-01"
    names = ("user", "device", "ip_prefix", "bin_asn")
    benign = True
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw market and days."""
        parts = []
        for _ in range(self.count(world)):
            region = int(rng.integers(len(REGIONS)))
            start = pick_start(world, rng, 4)
            people = old_users(world, rng, max(world.scale // 70, 8), start, region)
            at = daytime(rng, world, region, start, 3, len(people))
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "region", [CODES[region]])
            parts.append(np.stack([np.full(len(people), number), people, at], axis=1))
        self.rows = np.concatenate(parts)

    def orders(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch | None:
        """Their orders."""
        mine = self.rows[(self.rows[:, 1] >= first) & (self.rows[:, 1] < last)]
        plan = plan_orders(world, rng, mine[:, 1], mine[:, 2])
        plan.plant = mine[:, 0]
        return plan


PLANT = FestivalPeak
