"""Two brands of one house: they share depot and catalogue, and their staff buy from each other."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, HOUR
from simulator.crews import goods_at
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades, open_shops, same_building, shelf_of, some_region
from simulator.world import World


class SharedWarehouse(Trades):
    """The same article from both, often to the same office, a few times by the other's people."""

    name = "shared_warehouse"
    detection = "RSL-05"
    scenario = 4
    benign = True
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the house, its articles and its customers."""
        self.houses: list[tuple[int, int, float, np.ndarray, np.ndarray, np.ndarray]] = []
        for _ in range(self.count(world)):
            days = float(rng.uniform(30, 70))
            start, region = pick_start(world, rng, days + 3), some_region(rng)
            stock = goods_at(world, region, start, 10, 80)
            stock = stock[world.products.gtin[stock] >= 0][:4]
            if not len(stock):
                continue
            opened = start - (rng.uniform(60, 400, 2) * DAY).astype(np.int64)
            owners, shops = open_shops(world, rng, region, opened, 0.4, kind=1)
            parts = [
                world.add_listings(
                    np.full(len(stock), shop), np.full(len(stock), region),
                    world.products.category[stock], np.full(len(stock), at + DAY), rng,
                    gtin=world.products.gtin[stock], sub=world.products.sub[stock],
                    brand=world.products.brand[stock], grams=world.products.grams[stock],
                )
                for shop, at in zip(shops, opened, strict=True)
            ]  # fmt: skip
            customers = old_users(world, rng, int(rng.integers(10, 25)), start, region)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", shops)
            world.truth.add(number, "user", owners)
            self.houses.append((number, start, days, owners, customers, np.array(parts)))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """One depot; customers who try both; samples for the sister brand's office."""
        for number, start, days, owners, customers, skus in self.houses:
            region = int(world.users.region[owners[0]])
            shops = world.products.seller[skus[:, 0]]
            places = world.sellers.address[shops]
            same_building(world, places, int(places[0]), rng)
            world.users.account_type[owners] = 1
            n = len(customers)
            brand, article = rng.integers(0, 2, n), rng.integers(0, skus.shape[1], n)
            at = daytime(rng, world, region, start, days, n)
            home = world.users.address[customers]
            self.trade(number, customers, at, skus[brand, article], items=1, address=home)
            twice = np.flatnonzero(rng.random(n) < 0.15)  # one for the sister, from the other brand
            later = at[twice] + (rng.gamma(2.0, 20, len(twice)) * HOUR).astype(np.int64)
            again = skus[1 - brand[twice], article[twice]]
            self.trade(number, customers[twice], later, again, items=1, address=home[twice])
            m = int(rng.integers(3, 7))
            own = rng.integers(0, 2, m)
            other = np.array([rng.choice(shelf_of(world, int(s), start)) for s in shops[1 - own]])
            at = daytime(rng, world, region, start, days, m)
            self.trade(
                number, owners[own], at, other, items=1, address=world.users.address[owners[own]]
            )


PLANT = SharedWarehouse
