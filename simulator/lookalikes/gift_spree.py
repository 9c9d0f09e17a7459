"""All the presents in one evening: eight people on the list, one thing for each, six shops."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, MINUTE
from simulator.crews import dear_goods, goods_of_shops, shop_by_shop
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades
from simulator.world import World


class GiftSpree(Trades):
    """A busy hour of a regular customer, at the prices of presents."""

    name = "gift_spree"
    detection = "TXN-04"
    scenario = 0
    benign = True
    names = ("device", "order", "payment")
    per_20k_users = 6.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw people who buy all year round, and their evening."""
        for _ in range(self.count(world)):
            start = pick_start(world, rng, 14)
            user = int(old_users(world, rng, 1, start - 100 * DAY)[0])
            region = int(world.users.region[user])
            usual = dear_goods(world, region, start - 90 * DAY, 8, 60)
            gifts = goods_of_shops(world, region, start - 90 * DAY, 8, 45, 4)
            if not len(gifts):
                continue
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", np.array([user]))
            n = int(rng.integers(6, 16))
            self.trade(
                -1, np.full(n, user), daytime(rng, world, region, start - 90 * DAY, 88, n),
                rng.choice(usual, n), disputed=0,
            )  # fmt: skip
            m = int(rng.integers(4, 9))
            evening = int(daytime(rng, world, region, start, 1, 1)[0])
            at = evening + np.sort((rng.random(m) * rng.uniform(25, 110) * MINUTE).astype(np.int64))
            self.trade(
                number, np.full(m, user), np.minimum(at, world.clock.end - DAY),
                shop_by_shop(world, rng, gifts, m), items=1, quantity=1, disputed=0,
            )  # fmt: skip


PLANT = GiftSpree
