"""A sale everybody waited for: hundreds of orders in the first minute, by hundreds of people."""

from __future__ import annotations

import numpy as np

from simulator.economy.drops import crowd, drop_minute
from simulator.trade import Trades
from simulator.world import SERVICES, World


class FlashCrowd(Trades):
    """Fast because they rehearsed it, once each, on their own phones."""

    name = "flash_crowd"
    detection = "RSL-02"
    scenario = 4
    benign = True
    names = ("user", "device", "ip_prefix", "sku", "seller")
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the sale and its crowd."""
        for _ in range(self.count(world)):
            fit = world.products.listed_at < world.clock.start
            fit &= (world.products.category != SERVICES) & (world.products.limit < 0)
            sku = int(rng.choice(np.flatnonzero(fit)))
            region = int(world.products.region[sku])
            start = drop_minute(world, rng, region, lead=2.0)
            size = int(min(60 + rng.lognormal(4.0, 0.5), world.scale / 12))
            drop = world.add_drop(sku, start, 12.0, size * 2, float(rng.uniform(0.2, 0.4)), 2)
            number = world.truth.open(self, "", start, region, rng)
            rows = crowd(world, rng, drop, size)
            self.trade(
                number,
                rows[:, 1],
                rows[:, 2],
                np.full(len(rows), sku),
                items=1,
                view_lag=rows[:, 3],
            )


PLANT = FlashCrowd
