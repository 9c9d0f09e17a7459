"""People who order clothes in two sizes and send one back, unworn, every time."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY
from simulator.economy.aftersales import CHANGED_MIND, NOT_AS_DESCRIBED
from simulator.economy.demand import plan_orders
from simulator.planting import Plant, daytime, old_users, pick_start
from simulator.world import APPAREL, World


class FittingShopper(Plant):
    """Many refunds, all of goods that came back in order."""

    name = "fitting_shopper"
    detection = "RET-01"
    scenario = 2
    benign = True
    per_20k_users = 14.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Ordinary people with a wardrobe to fill."""
        rows = []
        for _ in range(self.count(world)):
            days = float(rng.uniform(60, 150))
            start = pick_start(world, rng, days + 5)
            clothes = (world.products.category == APPAREL) & (world.products.listed_at < start)
            if not clothes.any():
                continue
            region = int(rng.choice(world.products.region[clothes]))
            shelf = np.flatnonzero(clothes & (world.products.region == region))
            user = int(old_users(world, rng, 1, start, region)[0])
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", np.array([user]))
            share = rng.beta(10, 7)
            for moment in daytime(rng, world, region, start, days, int(rng.integers(9, 26))):
                rows.append(
                    (number, user, int(moment), int(rng.choice(shelf)), int(rng.random() < share))
                )
        self.rows = np.array(rows, dtype=np.int64).reshape(-1, 5)

    def orders(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch | None:
        """Clothes."""
        mine = self.rows[(self.rows[:, 1] >= first) & (self.rows[:, 1] < last)]
        plan = plan_orders(world, rng, mine[:, 1], mine[:, 2], mine[:, 3])
        n = len(plan)
        plan.plant, plan.returned, plan.quantity = mine[:, 0], mine[:, 4], rng.integers(1, 3, n)
        plan.reason = rng.choice([CHANGED_MIND, NOT_AS_DESCRIBED], n, p=[0.85, 0.15])
        plan.inspection, plan.disputed = np.zeros(n, int), np.zeros(n, int)
        plan.return_lag = (rng.gamma(3.0, 2.0, n) * DAY).astype(np.int64)
        return plan


PLANT = FittingShopper
