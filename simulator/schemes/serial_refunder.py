"""People who live on refunds.

The careless claim on nearly everything, quickly, with the claims that need no parcel back. The
patient buy for real in between, vary the story, and keep the share of claims near what an unlucky
customer could have. The best split it over two accounts at one home.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY, HOUR
from simulator.economy.aftersales import DEFECTIVE, EMPTY_BOX, MISSING, NOT_RECEIVED
from simulator.economy.demand import plan_orders
from simulator.planting import STRENGTHS, Plant, daytime, old_users, pick_start
from simulator.regions import to_usd
from simulator.world import World


class SerialRefunder(Plant):
    """RET-01: a share of refunded orders that the route and the goods do not explain."""

    name = "serial_refunder"
    detection = "RET-01"
    scenario = 2
    per_20k_users = 8.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Old accounts (bought or patiently grown), each with a rate of claims."""
        rows = []
        for strength in STRENGTHS * self.count(world):
            days = {
                "low": rng.uniform(40, 110),
                "medium": rng.uniform(60, 140),
                "high": rng.uniform(80, 160),
            }[strength]
            start = pick_start(world, rng, days + 10)
            people = old_users(world, rng, 1 if strength != "high" else 2, start)
            region = int(world.users.region[people[0]])
            if len(people) == 2:
                self._share_home(world, people)
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "user", people)
            orders = int(
                {
                    "low": rng.uniform(9, 24),
                    "medium": rng.uniform(14, 30),
                    "high": rng.uniform(20, 36),
                }[strength]
            )
            share = {"low": rng.beta(16, 3), "medium": rng.beta(11, 8), "high": rng.beta(8, 13)}[
                strength
            ]
            at = daytime(rng, world, region, start, days, orders)
            for moment in at:
                user = int(people[rng.integers(0, len(people))])
                rows.append(
                    (
                        number,
                        user,
                        int(moment),
                        int(rng.random() < share),
                        int(
                            rng.choice(
                                [NOT_RECEIVED, EMPTY_BOX, MISSING, DEFECTIVE],
                                p=[0.5, 0.15, 0.2, 0.15],
                            )
                        ),
                    )
                )
        self.rows = np.array(rows, dtype=np.int64)

    @staticmethod
    def _share_home(world: World, people: np.ndarray) -> None:
        first, second = people
        for name in ("home", "host", "nat"):
            values = world.users.__dict__[name]
            values[second] = values[first]

    def orders(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch | None:
        """Purchases, claimed or kept as camouflage."""
        mine = self.rows[(self.rows[:, 1] >= first) & (self.rows[:, 1] < last)]
        fresh = mine[:, 2] > world.users.created_at[mine[:, 1]] + HOUR
        mine = mine[fresh]
        if not len(mine):
            return None
        plan = plan_orders(world, rng, mine[:, 1], mine[:, 2])
        n = len(plan)
        plan.plant, plan.returned, plan.reason = mine[:, 0], mine[:, 3], mine[:, 4]
        plan.keep, plan.pay = np.ones(n, int), np.ones(n, int)
        plan.method = np.zeros(n, dtype=np.int64)
        lag = rng.gamma(2.0, 1.2, n) + 0.2
        plan.return_lag = (lag * DAY).astype(np.int64)
        plan.inspection = rng.choice([1, 3, 2, 0], n, p=[0.3, 0.2, 0.2, 0.3])
        plan.disputed = np.zeros(n, dtype=np.int64)
        return plan

    def stakes(
        self, world: World, plan: Batch, items: Batch, refunds: Batch, disputes: Batch
    ) -> np.ndarray:
        """What was refunded."""
        back = np.zeros(len(plan), dtype=np.int64)
        np.add.at(back, refunds.order, refunds.amount)
        return to_usd(back, plan.region)


PLANT = SerialRefunder
