"""A new product under old stars.

A listing that hundreds praised is worth more than the goods behind it. Its shop is bought or taken
over; one night the name, the pictures and the number become those of something else, at a price
that sells by itself, and the stars stay. The crude change everything within minutes, sell for a
third, and send nothing. Others take a day and send a part. The careful change one thing every other
day, keep the brand in the name, and lower the price less.
"""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, HOUR, MINUTE
from simulator.economy.demand import SHIP_NORMAL, SHIP_SILENT
from simulator.economy.listings import edits, title
from simulator.economy.onboarding import changes
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.shelf_life import praised_for_long, seasoned_shop
from simulator.trade import Trades, inside, some_region
from simulator.world import World


class ListingHijack(Trades):
    """SCM-05: another product under the reviews of the old one, far cheaper."""

    name = "listing_hijack"
    detection = "SCM-05"
    scenario = 5
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The listing and the night."""
        self.taken: list[tuple[str, int, int, int, float]] = []
        for strength in STRENGTHS * self.count(world):
            start, region = pick_start(world, rng, 16, lead=3.0), some_region(rng)
            category = int(rng.choice([0, 2, 3, 4, 6]))
            owner, shop, sku = seasoned_shop(world, rng, region, start, category)
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "sku", sku)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            within = {"low": rng.uniform(0.002, 0.02), "medium": rng.uniform(0.1, 0.8),
                      "high": rng.uniform(3, 7)}[strength]  # fmt: skip
            if strength != "high":
                device = world.add_devices(np.array([start - HOUR]), rng)
                at = start - 20 * MINUTE
                world.note("changes", changes(1, owner=owner[0], field=0, at=at, device=device[0]))
            self.taken.append((strength, number, start, int(sku[0]), float(within)))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """The past, the change, the buyers."""
        products, goods = world.products, world.goods
        for strength, number, start, sku, within in self.taken:
            region, before = int(products.region[sku]), int(products.category[sku])
            praised_for_long(self, world, rng, sku, start)
            other = int((before + rng.integers(1, 7)) % 7)
            code = int(rng.choice(np.flatnonzero(goods.category == other)))
            brand = int(products.brand[sku]) if strength == "high" else int(goods.brand[code])
            name = title(other, int(goods.sub[code]), brand, (sku + 3) % 8, 0)
            factor = {"low": rng.uniform(0.2, 0.4), "medium": rng.uniform(0.35, 0.6),
                      "high": rng.uniform(0.5, 0.8)}[strength]  # fmt: skip
            price = max(int(products.price[sku] * factor), 1)
            gap = int(within * DAY / 4)
            steps = [{"title": name}, {"image": 1}, {"gtin": code, "category": other},
                     {"price": price}]  # fmt: skip
            if strength == "high":
                steps[2] = {"gtin": code}
            for turn, new in enumerate(steps):
                at = inside(world, np.array([start + turn * gap]))
                world.note("edits", edits(1, sku=sku, at=at, **new))
            crowd = old_users(world, rng, int(20 + rng.gamma(2.0, 16.0)), start, region)
            n = len(crowd)
            unsent = {"low": 0.95, "medium": 0.6, "high": 0.3}[strength]
            ship = np.where(rng.random(n) < unsent, SHIP_SILENT, SHIP_NORMAL)
            at = daytime(rng, world, region, start + 4 * gap, 6.0, n)
            self.trade(number, crowd, at, np.full(n, sku), items=1, ship=ship)


PLANT = ListingHijack
