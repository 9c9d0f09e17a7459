"""Copies sold as the real thing.

The pictures are the brand's, the price is what makes people click. Many buyers notice: the logo,
the smell, the weight. They write that it is a fake or not what was shown, and want their money
back. The crude sell one brand for a third of its price until somebody closes them. Others sell
copies that pass at first sight. The careful mix them into a real assortment, at a believable price,
and answer complaints with a refund before anybody looks.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array
from simulator.clock import DAY, HOUR
from simulator.economy.aftersales import COUNTERFEIT, NOT_AS_DESCRIBED
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.trade import Trades, inside, open_shops, some_region
from simulator.world import World


class CounterfeitSeller(Trades):
    """SCM-03: claims that it is not what it was sold as."""

    name = "counterfeit_seller"
    detection = "SCM-03"
    scenario = 5
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The shop and its copies."""
        self.fakers: list[tuple[str, int, int, float, int, Array]] = []
        for strength in STRENGTHS * self.count(world):
            days = float(rng.uniform(18, 45))
            start, region = pick_start(world, rng, days + 20, lead=3.0), some_region(rng)
            opened = np.array([start - int(rng.uniform(4, 300) * DAY)])
            real = {"low": 0.0, "medium": 0.2, "high": 0.8}[strength]
            category = int(rng.choice([0, 1, 2, 6]))
            owner, shop = open_shops(world, rng, region, opened, real, 0.2, category=category)
            count = {"low": 1, "medium": 3, "high": 4}[strength]
            price = {"low": rng.uniform(0.25, 0.45), "medium": rng.uniform(0.4, 0.65),
                     "high": rng.uniform(0.6, 0.85)}[strength]  # fmt: skip
            listed = inside(world, np.full(count, start - 2 * HOUR))
            skus = world.add_listings(
                np.repeat(shop, count), np.full(count, region), np.full(count, category), listed,
                rng, price=price,
            )  # fmt: skip
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            world.truth.add(number, "sku", skus)
            self.fakers.append((strength, number, start, days, region, skus))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Who buys, who notices and says so."""
        for strength, number, start, days, region, skus in self.fakers:
            crowd = old_users(world, rng, int(50 + rng.gamma(2.5, 22.0)), start, region)
            n = len(crowd)
            notices = {"low": rng.beta(14, 20), "medium": rng.beta(9, 22), "high": rng.beta(6, 24)}
            complains = rng.random(n) < notices[strength]
            writes = rng.random(n) < np.where(complains, 0.35, 0.1)
            lag = (rng.gamma(1.6, 2.2, n) * DAY).astype(np.int64) + HOUR
            self.trade(
                number, crowd, daytime(rng, world, region, start, days, n), rng.choice(skus, n),
                items=1, keep=1, returned=complains,
                reason=rng.choice([NOT_AS_DESCRIBED, COUNTERFEIT], n, p=[0.55, 0.45]),
                inspection=rng.choice([0, 1, 2], n, p=[0.7, 0.1, 0.2]), return_lag=lag,
                praise_lag=np.where(writes, lag + 3 * HOUR, NA),
                stars=np.where(complains, 1, rng.integers(3, 6, n)),
            )  # fmt: skip


PLANT = CounterfeitSeller
