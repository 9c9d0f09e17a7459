"""Worn on Saturday, sent back on Monday.

A dress for the wedding, a camera for the holiday: bought to be used once and returned as if it did
not please. The careless send nearly everything back, with make-up on the collar. Others keep half
of what they buy. The best take out two accounts at one home, leave the tags on, and are found out
only now and then by the warehouse.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY
from simulator.crews import dear_goods, one_flat, one_line
from simulator.economy.aftersales import CHANGED_MIND, NOT_AS_DESCRIBED, OK, USED
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.trade import Refunded
from simulator.world import APPAREL, World


class Wardrobing(Refunded):
    """RET-06: goods that come back used, again and again."""

    name = "wardrobing"
    detection = "RET-06"
    scenario = 2
    names = ("order", "return")
    per_20k_users = 6.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """People, what they borrow and what they keep."""
        self.homes: list[Array] = []
        for strength in STRENGTHS * self.count(world):
            days = {"low": 45.0, "medium": 60.0, "high": 75.0}[strength] * rng.uniform(0.7, 1.1)
            days = min(days, world.clock.nights * 0.45)
            start = pick_start(world, rng, days + 14)
            people = old_users(world, rng, 2 if strength == "high" else 1, start)
            region = int(world.users.region[people[0]])
            shelf = dear_goods(world, region, start, 30, 500)
            if not len(shelf):
                continue
            clothes = shelf[world.products.category[shelf] == APPAREL]
            worn = clothes if len(clothes) > 2 else shelf
            self.homes.append(people)
            n, kept, seen = {
                "low": (7 + int(rng.gamma(2, 1.5)), int(rng.integers(1, 4)), 0.95),
                "medium": (6 + int(rng.gamma(2, 1.2)), int(rng.integers(5, 10)), 0.85),
                "high": (6 + int(rng.integers(0, 4)), int(rng.integers(10, 20)), 0.7),
            }[strength]
            at = np.sort(daytime(rng, world, region, start, days, n))
            number = world.truth.open(self, strength, int(at[3]), region, rng)
            world.truth.add(number, "user", people)
            event = {"low": 4.0, "medium": 8.0, "high": 15.0}[strength]
            self.trade(
                number, rng.choice(people, n), at, rng.choice(worn, n), items=1, quantity=1,
                method=0, pay=1, keep=1, returned=1, disputed=0, refunded=1,
                reason=rng.choice([CHANGED_MIND, NOT_AS_DESCRIBED], n, p=[0.8, 0.2]),
                return_lag=np.minimum(rng.gamma(4, event / 4, n) + 1.5, 29) * DAY,
                inspection=np.where(rng.random(n) < seen, USED, OK),
            )  # fmt: skip
            self.trade(
                -1, rng.choice(people, kept), daytime(rng, world, region, start, days, kept),
                rng.choice(shelf, kept), items=1, pay=1, returned=0, disputed=0,
            )  # fmt: skip

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Two accounts live on one line and at one door."""
        for people in self.homes:
            if len(people) == 2:
                one_line(world, people)
                one_flat(world, people, rng)


PLANT = Wardrobing
