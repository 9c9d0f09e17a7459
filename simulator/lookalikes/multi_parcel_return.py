"""Too much for one box: a return that travels in two or three, each lighter than the whole."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY
from simulator.crews import dear_goods
from simulator.economy.aftersales import CHANGED_MIND, NOT_AS_DESCRIBED, OK
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades
from simulator.world import World


class MultiParcelReturn(Trades):
    """Everything arrives and is fine; the label that the return names carries part of it."""

    name = "multi_parcel_return"
    detection = "RET-02"
    scenario = 2
    benign = True
    names = ("order", "return")
    per_20k_users = 10.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """People who bought several of a thing for a room, a party, a team."""
        for _ in range(self.count(world)):
            start = pick_start(world, rng, 24)
            user = int(old_users(world, rng, 1, start)[0])
            region = int(world.users.region[user])
            shelf = dear_goods(world, region, start, 10, 150)
            if not len(shelf):
                continue
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", np.array([user]))
            self.trade(
                number, np.array([user]), daytime(rng, world, region, start, 1, 1),
                rng.choice(shelf, 1), items=1, quantity=rng.integers(3, 7, 1), pay=1, keep=1,
                returned=1, reason=rng.choice([CHANGED_MIND, NOT_AS_DESCRIBED], 1),
                inspection=OK, back_parcels=rng.integers(2, 4, 1), refunded=1, disputed=0,
                return_lag=(rng.gamma(2.5, 2.0, 1) + 0.5) * DAY,
            )  # fmt: skip


PLANT = MultiParcelReturn
