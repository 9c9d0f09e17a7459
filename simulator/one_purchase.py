"""The base of look-alikes that befall ordinary people with one purchase."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.economy.demand import plan_orders
from simulator.planting import Plant, daytime, old_users, pick_start
from simulator.world import World


class OnePurchase(Plant):
    """Ordinary people to whom it happens with one purchase of theirs."""

    benign = True
    nights_left = 3  # nights that must be left after it, for all it leads to

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Ordinary people, once each: rows of (instance, user, time)."""
        rows = []
        for _ in range(self.count(world)):
            start = pick_start(world, rng, self.nights_left)
            user = int(old_users(world, rng, 1, start)[0])
            region = int(world.users.region[user])
            at = int(daytime(rng, world, region, start, 1, 1)[0])
            number = world.truth.open(self, "", at, region, rng)
            world.truth.add(number, "user", np.array([user]))
            rows.append((number, user, at))
        self.rows = np.array(rows, dtype=np.int64)

    def purchases(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch:
        """The purchases of the users first..last, each belonging to its instance."""
        mine = self.rows[(self.rows[:, 1] >= first) & (self.rows[:, 1] < last)]
        plan = plan_orders(world, rng, mine[:, 1], mine[:, 2])
        plan.plant = mine[:, 0]
        return plan
