"""After the holidays: what did not please goes back, late, and some of it out of its box."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY
from simulator.crews import dear_goods
from simulator.economy.aftersales import CHANGED_MIND, OK, USED
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades
from simulator.world import World


class GiftReturns(Trades):
    """Many presents in one week, half of them returned together weeks later, mostly unopened."""

    name = "gift_returns"
    detection = "RET-06"
    scenario = 2
    benign = True
    names = ("order", "return")
    per_20k_users = 8.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """People with a large family."""
        for _ in range(self.count(world)):
            start = pick_start(world, rng, 45)
            user = int(old_users(world, rng, 1, start)[0])
            region = int(world.users.region[user])
            shelf = dear_goods(world, region, start, 15, 200)
            if not len(shelf):
                continue
            n = int(rng.integers(6, 14))
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", np.array([user]))
            back = rng.random(n) < rng.beta(8, 7)
            party = start + 12 * DAY
            self.trade(
                number, np.full(n, user), daytime(rng, world, region, start, 7, n),
                rng.choice(shelf, n), items=1, quantity=1, pay=1, keep=1, returned=back,
                reason=CHANGED_MIND, inspection=rng.choice([OK, USED], n, p=[0.86, 0.14]),
                claim_at=party + rng.gamma(2.0, 2.5, n) * DAY, disputed=0,
            )  # fmt: skip


PLANT = GiftReturns
