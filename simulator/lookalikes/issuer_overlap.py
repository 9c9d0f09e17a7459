"""Refund and chargeback cross in the post; the issuer withdraws within days."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY
from simulator.economy.aftersales import DEFECTIVE, MISSING
from simulator.economy.demand import plan_orders
from simulator.economy.disputes import WITHDRAWN
from simulator.planting import Plant, daytime, old_users, pick_start
from simulator.world import World


class IssuerOverlap(Plant):
    """An impatient buyer asks shop and bank at once; the money is put right by itself."""

    name = "issuer_overlap"
    detection = "RET-05"
    scenario = 2
    benign = True
    per_20k_users = 10.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Ordinary people, once each."""
        rows = []
        for _ in range(self.count(world)):
            start = pick_start(world, rng, 40)
            user = int(old_users(world, rng, 1, start)[0])
            region = int(world.users.region[user])
            at = int(daytime(rng, world, region, start, 1, 1)[0])
            number = world.truth.open(self, "", at, region, rng)
            world.truth.add(number, "user", np.array([user]))
            rows.append((number, user, at))
        self.rows = np.array(rows, dtype=np.int64)

    def orders(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch | None:
        """Delivered, refunded, disputed and withdrawn."""
        mine = self.rows[(self.rows[:, 1] >= first) & (self.rows[:, 1] < last)]
        plan = plan_orders(world, rng, mine[:, 1], mine[:, 2])
        n = len(plan)
        ones = np.ones(n, dtype=np.int64)
        plan.plant, plan.keep, plan.pay, plan.returned = mine[:, 0], ones, ones, ones
        plan.items, plan.method, plan.disputed = ones, np.zeros(n, int), ones
        plan.reason = rng.choice([DEFECTIVE, MISSING], n)
        plan.inspection = np.zeros(n, dtype=np.int64)
        plan.return_lag = (rng.gamma(2.0, 1.0, n) * DAY).astype(np.int64)
        plan.dispute_group, plan.dispute_path = ones, np.full(n, WITHDRAWN)
        plan.dispute_lag = (rng.uniform(5, 9, n) * DAY).astype(np.int64)
        return plan


PLANT = IssuerOverlap
