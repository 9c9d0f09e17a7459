"""Listings with a past: shops whose one product has been bought and praised for a year."""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array
from simulator.clock import DAY, HOUR
from simulator.planting import old_users
from simulator.trade import Trades, open_shops
from simulator.world import World


def seasoned_shop(
    world: World, rng: np.random.Generator, region: int, start: int, category: int
) -> tuple[Array, Array, Array]:
    """A shop of a year or so and its best seller: (user, seller, sku)."""
    opened = np.maximum(start - int(rng.uniform(260, 480) * DAY), world.clock.history + 60 * DAY)
    owner, shop = open_shops(
        world, rng, region, np.array([opened]), 0.1, 0.2, category=category, quality=0.95
    )
    sku = world.add_listings(
        shop, np.array([region]), np.array([category]), np.array([opened + HOUR]), rng, limit=NA
    )
    return owner, shop, sku


def praised_for_long(
    plant: Trades, world: World, rng: np.random.Generator, sku: int, until: int
) -> None:
    """A hundred customers up to a moment, most of whom wrote a review; they belong to nobody."""
    region = int(world.products.region[sku])
    since = int(world.products.listed_at[sku]) + 20 * DAY
    pool = old_users(world, rng, 400, since, region)
    n = int(75 + rng.gamma(2.0, 30.0))
    at = since + (rng.random(n) * max(until - 15 * DAY - since, DAY)).astype(np.int64)
    plant.trade(
        -1, rng.choice(pool, n), at, np.full(n, sku), items=1, keep=1, pay=1, returned=0,
        praise_lag=np.where(rng.random(n) < 0.85, rng.gamma(1.4, 60.0, n) * HOUR, NA),
        stars=rng.choice([3, 4, 5], n, p=[0.08, 0.27, 0.65]),
    )  # fmt: skip
