"""Refund and chargeback on one payment.

Two desks that do not talk: the shop refunds, the bank charges back. The blunt do it within days,
on several orders. Others let the refund be forgotten first. The careful do it once per card and
take only part of the money from the shop, so that the sums look like a correction.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY
from simulator.economy.aftersales import DEFECTIVE, MISSING, NOT_RECEIVED
from simulator.economy.demand import plan_orders
from simulator.planting import STRENGTHS, Plant, daytime, old_users, pick_start
from simulator.regions import to_usd
from simulator.world import World


class DoubleDip(Plant):
    """RET-05: more goes back than was captured."""

    name = "double_dip"
    detection = "RET-05"
    names = ("payment",)
    scenario = 2
    per_20k_users = 8.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Each instance is one person with one to five orders."""
        rows = []
        for strength in STRENGTHS * self.count(world):
            gap = {
                "low": rng.gamma(2, 3),
                "medium": 12 + rng.gamma(2, 8),
                "high": 30 + rng.gamma(3, 8),
            }[strength]
            start = pick_start(world, rng, gap + 35)
            user = int(old_users(world, rng, 1, start)[0])
            region = int(world.users.region[user])
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "user", np.array([user]))
            orders = {"low": int(rng.integers(2, 6)), "medium": int(rng.integers(1, 4)), "high": 1}[
                strength
            ]
            for moment in daytime(rng, world, region, start, 12, orders):
                wait = gap * rng.uniform(0.8, 1.25)
                rows.append((number, user, int(moment), int(wait * DAY), int(strength == "high")))
        self.rows = np.array(rows, dtype=np.int64)

    def orders(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch | None:
        """Orders that are delivered, refunded and disputed."""
        mine = self.rows[(self.rows[:, 1] >= first) & (self.rows[:, 1] < last)]
        if not len(mine):
            return None
        plan = plan_orders(world, rng, mine[:, 1], mine[:, 2])
        n = len(plan)
        plan.plant = mine[:, 0]
        plan.keep, plan.pay = np.ones(n, int), np.ones(n, int)
        plan.returned, plan.method = np.ones(n, int), np.zeros(n, int)
        plan.items = np.where(mine[:, 4] == 1, 2, 1)
        plan.reason = rng.choice([NOT_RECEIVED, MISSING, DEFECTIVE], n, p=[0.45, 0.3, 0.25])
        plan.inspection = np.zeros(n, dtype=np.int64)
        plan.return_lag = (rng.gamma(2.0, 1.0, n) * DAY).astype(np.int64)
        plan.disputed = np.ones(n, dtype=np.int64)
        plan.dispute_group = rng.choice([0, 1], n, p=[0.4, 0.6])
        plan.dispute_path = rng.choice([0, 2, 1], n, p=[0.45, 0.35, 0.2])
        plan.dispute_lag = mine[:, 3] + (rng.uniform(6, 11, n) * DAY).astype(np.int64)
        return plan

    def stakes(
        self, world: World, plan: Batch, items: Batch, refunds: Batch, disputes: Batch
    ) -> np.ndarray:
        """What goes back beyond what came in."""
        back = np.zeros(len(plan), dtype=np.int64)
        np.add.at(back, refunds.order, refunds.amount)
        np.add.at(back, disputes.order, disputes.amount)
        return to_usd(np.maximum(back - plan.paid_total, 0), plan.region)


PLANT = DoubleDip
