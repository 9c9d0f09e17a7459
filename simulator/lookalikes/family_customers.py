"""The sister buys at the brother's shop: one flat, one network, separate lives."""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades, open_shops, shelf_of, some_region
from simulator.world import World


class FamilyCustomers(Trades):
    """People of one household on both sides of a few ordinary purchases."""

    name = "family_customers"
    detection = "COL-01"
    scenario = 3
    benign = True
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Shopkeepers and who lives with them."""
        self.homes: list[tuple[int, int, int, Array, Array]] = []
        for _ in range(self.count(world)):
            start, region = pick_start(world, rng, 40, lead=3.0), some_region(rng)
            opened = np.array([start - int(rng.uniform(60, 500) * DAY)])
            owner, shop = open_shops(world, rng, region, opened, float(1 + rng.gamma(2, 0.5)), 0.5)
            family = old_users(world, rng, int(rng.integers(1, 4)), start, region)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", np.append(family, owner))
            self.homes.append((number, start, int(shop[0]), owner, family))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Move them together, and let them buy now and then."""
        users, places = world.users, world.addresses
        for number, start, shop, owner, family in self.homes:
            for name in ("home", "host", "nat"):
                users.__dict__[name][family] = users.__dict__[name][owner[0]]
            for name in ("region", "city", "zone", "street", "house", "unit", "cell"):
                values = places.__dict__[name]
                values[users.address[family]] = values[users.address[owner[0]]]
            n = int(rng.integers(2, 6))
            at = daytime(rng, world, int(world.sellers.region[shop]), start, 38, n)
            sku = rng.choice(shelf_of(world, shop, start), n)
            self.trade(number, rng.choice(family, n), at, sku, items=1)


PLANT = FamilyCustomers
