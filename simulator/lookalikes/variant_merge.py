"""Two colours become one listing.

A shop tidies up: the name says "all colours", new pictures show them, the number of the single
colour goes. Stars and product stay what they were, and so does the price, more or less.
"""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, MINUTE
from simulator.economy.listings import edits, first_title
from simulator.planting import daytime, old_users, pick_start
from simulator.shelf_life import praised_for_long, seasoned_shop
from simulator.trade import Trades, inside, some_region
from simulator.world import World


class VariantMerge(Trades):
    """Name, picture and number change at once; the thing does not."""

    name = "variant_merge"
    detection = "SCM-05"
    scenario = 5
    benign = True
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The listing and the day."""
        self.merged: list[tuple[int, int, int]] = []
        for _ in range(self.count(world)):
            start, region = pick_start(world, rng, 12, lead=3.0), some_region(rng)
            owner, shop, sku = seasoned_shop(world, rng, region, start, int(rng.integers(0, 7)))
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "sku", sku)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            self.merged.append((number, start, int(sku[0])))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Before and after."""
        products = world.products
        for number, start, sku in self.merged:
            praised_for_long(self, world, rng, sku, start)
            price = max(int(products.price[sku] * rng.uniform(0.88, 1.1)), 1)
            name = first_title(world, sku, int(rng.integers(2, 4)))
            steps = [{"title": name}, {"image": 1}, {"gtin": -1}, {"price": price}]
            for turn, new in enumerate(steps):
                at = inside(world, np.array([start + turn * 4 * MINUTE]))
                world.note("edits", edits(1, sku=sku, at=at, **new))
            region = int(products.region[sku])
            crowd = old_users(world, rng, int(15 + rng.gamma(2.0, 8.0)), start, region)
            at = daytime(rng, world, region, start + DAY // 4, 12.0, len(crowd))
            self.trade(number, crowd, at, np.full(len(crowd), sku), items=1)


PLANT = VariantMerge
