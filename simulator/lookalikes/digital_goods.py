"""Vouchers and keys: nothing to weigh, there in minutes, praised at once."""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array
from simulator.clock import DAY, HOUR
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades, open_shops, shelf_of, some_region
from simulator.world import World


class DigitalGoods(Trades):
    """The article weighs nothing, so the parcel may too."""

    name = "digital_goods"
    detection = "COL-03"
    scenario = 3
    benign = True
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Shops for gift cards and game keys."""
        self.stores: list[tuple[int, int, Array]] = []
        for _ in range(self.count(world)):
            start, region = pick_start(world, rng, 30, lead=3.0), some_region(rng)
            opened = np.array([start - int(rng.uniform(60, 400) * DAY)])
            owner, shop = open_shops(world, rng, region, opened, 0.0, category=4)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            self.stores.append((number, start, shop))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Weightless articles, and the people who buy them."""
        for number, start, shop in self.stores:
            mine = world.products.seller == shop[0]
            world.products.grams[mine] = world.products.told_grams[mine] = 0
            region = int(world.sellers.region[shop[0]])
            crowd = old_users(world, rng, 30 + int(rng.gamma(2.0, 15.0)), start, region)
            n = len(crowd)
            self.trade(
                number,
                crowd,
                daytime(rng, world, region, start, 25, n),
                rng.choice(shelf_of(world, int(shop[0]), start), n),
                items=1,
                slow=0.01,
                praise_lag=np.where(rng.random(n) < 0.35, rng.gamma(1.5, 6.0, n) * HOUR, NA),
            )


PLANT = DigitalGoods
