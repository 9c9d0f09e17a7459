"""A clip goes round: one product, hundreds of buyers who never bought before, in three days."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY
from simulator.economy.demand import plan_orders
from simulator.planting import Plant, daytime, old_users, pick_start
from simulator.world import SERVICES, World


class ViralProduct(Plant):
    """A small seller overwhelmed by real demand: labels pile up, everything is sent, late."""

    name = "viral_product"
    detection = "SCM-02"
    scenario = 5
    names = ("user",)
    benign = True
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw product, days and crowd."""
        parts = []
        for _ in range(self.count(world)):
            start = pick_start(world, rng, 20)
            fit = (world.products.listed_at < start - DAY) & (world.products.category != SERVICES)
            sku = int(rng.choice(np.flatnonzero(fit)))
            region = int(world.products.region[sku])
            crowd = old_users(world, rng, int(30 + rng.lognormal(4.2, 0.6)), start, region)
            at = daytime(rng, world, region, start, 3, len(crowd))
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "sku", np.array([sku]))
            world.truth.add(number, "seller", world.products.seller[[sku]])
            parts.append(
                np.stack([np.full(len(crowd), number), crowd, at, np.full(len(crowd), sku)], axis=1)
            )
        self.rows = np.concatenate(parts)

    def orders(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch | None:
        """One order each."""
        mine = self.rows[(self.rows[:, 1] >= first) & (self.rows[:, 1] < last)]
        plan = plan_orders(world, rng, mine[:, 1], mine[:, 2], mine[:, 3])
        plan.plant, plan.slow = mine[:, 0], rng.uniform(1.2, 2.1, len(plan))
        return plan


PLANT = ViralProduct
