"""A corner shop that restocks here: a business account, invoices, the goods on its shelf."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, HOUR
from simulator.crews import goods_at, pick_drops
from simulator.planting import daytime, pick_start
from simulator.trade import Trades, open_shops, some_region
from simulator.world import World


class LicensedRetailer(Trades):
    """Buys a few dozen units of one article at the usual price, now and then at a sale."""

    name = "licensed_retailer"
    detection = "RSL-04"
    scenario = 4
    benign = True
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw shop, article and the weeks."""
        products = world.products
        self.shops_of: list[tuple[int, int, float, np.ndarray, int]] = []
        for _ in range(self.count(world)):
            days = float(rng.uniform(20, 60))
            start, region = pick_start(world, rng, days + 5), some_region(rng)
            stock = goods_at(world, region, start, 8, 60)
            stock = stock[products.gtin[stock] >= 0]
            sales = [d for d in pick_drops(world, rng, 1, True, 5, deepest=0.5)
                     if products.gtin[world.drops[d].sku] >= 0]  # fmt: skip
            if not len(stock) and not sales:
                continue
            sku = int(rng.choice(stock)) if len(stock) else world.drops[sales[0]].sku
            if sales and rng.random() < 0.3:
                sku = world.drops[sales[0]].sku
                start, region = world.drops[sales[0]].start + HOUR, int(products.region[sku])
            opened = start - (rng.uniform(100, 400, 1) * DAY).astype(np.int64)
            owner, shop = open_shops(
                world, rng, region, opened, 0.6, category=int(products.category[sku]), kind=1
            )
            copy = world.add_listings(
                shop, np.array([region]), products.category[[sku]], opened + DAY, rng,
                price=float(rng.uniform(1.1, 1.3)), gtin=products.gtin[sku], sub=products.sub[sku],
                brand=products.brand[sku], grams=products.grams[sku],
            )  # fmt: skip
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            world.truth.add(number, "sku", np.array([sku, copy[0]]))
            self.shops_of.append((number, start, days, owner, sku))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Restock every week or so, shipped to the shop."""
        for number, start, days, owner, sku in self.shops_of:
            world.users.account_type[owner] = 1
            n = max(int(days / rng.uniform(5, 9)), 2)
            at = daytime(rng, world, int(world.users.region[owner[0]]), start, days, n)
            at[0] = start + 600 * 10**6
            self.trade(
                number, np.repeat(owner, n), at, np.full(n, sku), items=1,
                quantity=rng.integers(4, 13, n), keep=1, pay=1, returned=0,
            )  # fmt: skip


PLANT = LicensedRetailer
