"""Refund and chargeback cross in the post; the issuer withdraws within days."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY
from simulator.economy.aftersales import DEFECTIVE, MISSING
from simulator.economy.disputes import WITHDRAWN
from simulator.one_purchase import OnePurchase
from simulator.world import World


class IssuerOverlap(OnePurchase):
    """An impatient buyer asks shop and bank at once; the money is put right by itself."""

    name = "issuer_overlap"
    detection = "RET-05"
    scenario = 2
    nights_left = 40
    per_20k_users = 10.0

    def orders(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch | None:
        """Delivered, refunded, disputed and withdrawn."""
        plan = self.purchases(world, rng, first, last)
        n = len(plan)
        ones = np.ones(n, dtype=np.int64)
        plan.keep, plan.pay, plan.returned = ones, ones, ones
        plan.items, plan.method, plan.disputed = ones, np.zeros(n, int), ones
        plan.reason = rng.choice([DEFECTIVE, MISSING], n)
        plan.inspection = np.zeros(n, dtype=np.int64)
        plan.return_lag = (rng.gamma(2.0, 1.0, n) * DAY).astype(np.int64)
        plan.dispute_group, plan.dispute_path = ones, np.full(n, WITHDRAWN)
        plan.dispute_lag = (rng.uniform(5, 9, n) * DAY).astype(np.int64)
        return plan


PLANT = IssuerOverlap
