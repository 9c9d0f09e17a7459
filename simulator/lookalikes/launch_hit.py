"""A young brand's first hit: a month of little, then a week of hundreds of orders, all sent.

The launch price is a little below what it will be. The stock was there before the campaign began;
parcels leave the house within a day or two and are scanned. The bank stays what it was.
"""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, HOUR
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades, inside, open_shops, some_region
from simulator.world import World


class LaunchHit(Trades):
    """Young, suddenly huge, and everything on its way."""

    name = "launch_hit"
    detection = "SCM-01"
    scenario = 5
    benign = True
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The shop, its quiet weeks, its launch."""
        self.hits: list[tuple[int, int, int, int]] = []
        for _ in range(self.count(world)):
            start, region = pick_start(world, rng, 22, lead=6.0), some_region(rng)
            opened = np.array([start - int(rng.uniform(20, 80) * DAY)])
            owner, shop = open_shops(world, rng, region, opened, 0.05, 0.3)
            listed = inside(world, np.array([start - 5 * DAY]))
            sku = world.add_listings(
                shop, np.array([region]), np.array([int(rng.integers(0, 7))]), listed, rng,
                price=float(rng.uniform(0.85, 1.0)),
            )  # fmt: skip
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            world.truth.add(number, "sku", sku)
            self.hits.append((number, start, int(shop[0]), int(sku[0])))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """The early customers and those of the launch."""
        for number, start, shop, sku in self.hits:
            region, opened = int(world.sellers.region[shop]), int(world.sellers.onboarded_at[shop])
            early = old_users(world, rng, 4 + int(rng.gamma(2.0, 5.0)), opened, region)
            span = max(start - opened - DAY, HOUR)
            at = opened + 3 * HOUR + (rng.random(len(early)) * span).astype(np.int64)
            first = np.full(len(early), int(world.sellers.first_product[shop]))
            self.trade(-1, early, at, first)
            crowd = old_users(world, rng, int(60 + rng.gamma(2.5, 35.0)), start, region)
            at = daytime(rng, world, region, start, float(rng.uniform(4, 8)), len(crowd))
            self.trade(number, crowd, at, np.full(len(crowd), sku), items=1)


PLANT = LaunchHit
