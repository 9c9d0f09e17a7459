"""Goods that are sent back on paper only.

The label of the return is real, what travels under it is not the goods. The crude change the
address and post an envelope to somebody in their own town: the tracking says "delivered", the money
comes, the warehouse looks in vain. The next aim at the right town, wrong district, with a box of
rags. The best send a box of the right weight to the right door, with something else inside, and
only now and then between purchases that they keep.
"""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY
from simulator.crews import dear_goods
from simulator.economy.aftersales import (
    ANOTHER_ITEM,
    CHANGED_MIND,
    DEFECTIVE,
    EMPTY,
    NEVER_CAME,
    NOT_AS_DESCRIBED,
    OTHER_DISTRICT,
    OTHER_TOWN,
    WAREHOUSE,
)
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.trade import Refunded
from simulator.world import World


class FakeTracking(Refunded):
    """RET-02: refunded when the carrier says delivered, before anybody opens the parcel."""

    name = "fake_tracking"
    detection = "RET-02"
    scenario = 2
    names = ("order", "return")
    per_20k_users = 6.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """One person each, with what they keep and what they claim to send back."""
        for strength in STRENGTHS * self.count(world):
            days = {"low": 15.0, "medium": 25.0, "high": 40.0}[strength] * rng.uniform(0.6, 1.2)
            start = pick_start(world, rng, days + 16)
            user = old_users(world, rng, 1, start)
            region = int(world.users.region[user[0]])
            shelf = dear_goods(world, region, start, 60, 700)
            if not len(shelf):
                continue
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "user", user)
            n = {"low": 3 + int(rng.gamma(2, 1)), "medium": 2 + int(rng.gamma(2, 0.6))}.get(
                strength, 1 + int(rng.integers(0, 2))
            )
            end = {
                "low": np.full(n, OTHER_TOWN),
                "medium": np.where(rng.random(n) < 0.6, OTHER_DISTRICT, WAREHOUSE),
                "high": np.full(n, WAREHOUSE),
            }[strength]
            found = {
                "low": np.full(n, NEVER_CAME),
                "medium": np.where(end == WAREHOUSE, EMPTY, NEVER_CAME),
                "high": np.full(n, ANOTHER_ITEM),
            }[strength]
            grams = {
                "low": rng.uniform(0.02, 0.1, n),
                "medium": rng.uniform(0.15, 0.6, n),
                "high": rng.uniform(0.85, 1.1, n),
            }[strength]
            self.trade(
                number, np.full(n, user[0]), daytime(rng, world, region, start, days, n),
                rng.choice(shelf, n), items=1, quantity=1, method=0, pay=1, keep=1, returned=1,
                reason=rng.choice([CHANGED_MIND, DEFECTIVE, NOT_AS_DESCRIBED], n),
                return_lag=(rng.gamma(2.0, 1.2, n) + 0.3) * DAY, refunded=1, disputed=0,
                inspection=found, back_to=end, back_grams=grams,
                book_lag=rng.uniform(2.5, 8, n) * DAY,
            )  # fmt: skip
            kept = {"low": 0, "medium": 2, "high": 5}[strength] + int(rng.integers(0, 3))
            self.trade(
                -1, np.full(kept, user[0]), daytime(rng, world, region, start, days, kept),
                rng.choice(shelf, kept), items=1, pay=1, returned=0, disputed=0,
            )  # fmt: skip


PLANT = FakeTracking
