"""Two wholesalers that stock up at each other, and pay from the account they are paid to."""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY
from simulator.planting import daytime, pick_start
from simulator.trade import Trades, near_price, open_shops, shelf_of, some_region
from simulator.world import BANK, World


class B2bPartners(Trades):
    """Mutual trade between business accounts, each with plenty of other customers."""

    name = "b2b_partners"
    detection = "COL-04"
    scenario = 3
    benign = True
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Pairs of firms."""
        self.pairs: list[tuple[int, int, float, Array, Array]] = []
        for _ in range(self.count(world)):
            days = float(rng.uniform(30, 80))
            start, region = pick_start(world, rng, days + 3, lead=3.0), some_region(rng)
            opened = start - (rng.uniform(90, 600, 2) * DAY).astype(np.int64)
            owners, shops = open_shops(
                world, rng, region, opened, float(1.5 + rng.gamma(2.0, 0.6)), 0.0, kind=1
            )
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", shops)
            world.truth.add(number, "user", owners)
            self.pairs.append((number, start, days, owners, shops))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """An order every week or so, each way."""
        users, sellers = world.users, world.sellers
        for number, start, days, owners, shops in self.pairs:
            users.account_type[owners] = 1  # business
            users.account[owners] = sellers.account[shops]
            region, usual = int(sellers.region[shops[0]]), float(rng.uniform(60, 250))
            for side in (0, 1):
                n = int(days / rng.uniform(5, 9)) + 1
                shelf = shelf_of(world, int(shops[1 - side]), start)
                sku = near_price(world, shelf, usual * rng.uniform(0.7, 1.4))
                self.trade(
                    number,
                    np.full(n, owners[side]),
                    daytime(rng, world, region, start, days, n),
                    np.full(n, sku),
                    method=BANK,
                    account=sellers.account[shops[side]],
                    quantity=rng.integers(2, 9, n),
                    items=1,
                )


PLANT = B2bPartners
