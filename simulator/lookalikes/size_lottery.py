"""A dress that fits nobody: half of it comes back, as a change of mind.

The cut is young and the size table is the maker's. People order two sizes, keep one or none, and
like the shop all the same. It is what it was sold as.
"""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY
from simulator.economy.aftersales import CHANGED_MIND, NOT_AS_DESCRIBED
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades, inside, open_shops, some_region
from simulator.world import APPAREL, World


class SizeLottery(Trades):
    """Many returns; hardly anybody says it was something else."""

    name = "size_lottery"
    detection = "SCM-03"
    scenario = 5
    benign = True
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The shop, the dress, the customers."""
        for _ in range(self.count(world)):
            days = float(rng.uniform(18, 45))
            start, region = pick_start(world, rng, days + 20, lead=3.0), some_region(rng)
            opened = np.array([start - int(rng.uniform(20, 300) * DAY)])
            owner, shop = open_shops(world, rng, region, opened, 0.4, 0.3, category=APPAREL)
            sku = world.add_listings(
                shop, np.array([region]), np.array([APPAREL]),
                inside(world, np.array([start - DAY])), rng,
            )  # fmt: skip
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            world.truth.add(number, "sku", sku)
            crowd = old_users(world, rng, int(50 + rng.gamma(2.5, 22.0)), start, region)
            n = len(crowd)
            self.trade(
                number, crowd, daytime(rng, world, region, start, days, n), np.repeat(sku, n),
                items=1, returned=rng.random(n) < rng.beta(16, 20), inspection=0,
                reason=rng.choice([CHANGED_MIND, NOT_AS_DESCRIBED], n, p=[0.96, 0.04]),
                return_lag=np.minimum(rng.gamma(1.6, 5.0, n), 28) * DAY,
            )  # fmt: skip


PLANT = SizeLottery
