"""An aunt with many nephews: the same present, bought where it is in stock, to many doors."""

from __future__ import annotations

import numpy as np

from simulator.clock import HOUR
from simulator.crews import goods_at
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades
from simulator.world import World


class GiftSender(Trades):
    """One article from two shops within days, to the doors of people who shop here themselves."""

    name = "gift_sender"
    detection = "RSL-05"
    scenario = 4
    benign = True
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw giver, article, shops and doors."""
        products = world.products
        for _ in range(self.count(world)):
            start = pick_start(world, rng, 8)
            giver = int(old_users(world, rng, 1, start)[0])
            region = int(world.users.region[giver])
            stock = goods_at(world, region, start, 8, 70)
            stock = stock[products.gtin[stock] >= 0]
            if not len(stock):
                continue
            first = int(rng.choice(stock))
            same = stock[products.gtin[stock] == products.gtin[first]]
            family = old_users(world, rng, int(rng.integers(5, 12)), start, region)
            n = len(family)
            at = np.sort(daytime(rng, world, region, start + HOUR, 5, n))
            doors = world.add_addresses(
                np.full(n, giver), 0, world.users.address[family], at - HOUR // 2, rng
            )
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", np.append(giver, family))
            world.truth.add(number, "seller", np.unique(products.seller[same]))
            self.trade(
                number, np.full(n, giver), at, rng.choice(same, n), items=1, quantity=1,
                address=doors,
            )  # fmt: skip


PLANT = GiftSender
