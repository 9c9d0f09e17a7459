"""The shop round the corner: half the street buys there, and parcels arrive the next day."""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array
from simulator.clock import DAY, HOUR
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades, open_shops, same_building, some_region
from simulator.world import World


class LocalFavourite(Trades):
    """Many unrelated buyers in few buildings, fast and well rated, with the right weight."""

    name = "local_favourite"
    detection = "COL-03"
    scenario = 3
    benign = True
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """A shop and its neighbourhood."""
        self.quarters: list[tuple[int, int, Array, Array]] = []
        for _ in range(self.count(world)):
            start, region = pick_start(world, rng, 35, lead=3.0), some_region(rng)
            opened = np.array([start - int(rng.uniform(90, 600) * DAY)])
            owner, shop = open_shops(
                world, rng, region, opened, 0.8, category=5, quality=0.97, handling=0.3
            )
            street = old_users(world, rng, 16 + int(rng.gamma(2.0, 9.0)), start, region)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", np.append(street, owner))
            self.quarters.append((number, start, shop, street))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Move the neighbours together, and let them shop."""
        for number, start, shop, street in self.quarters:
            region = int(world.sellers.region[shop[0]])
            blocks = max(1, len(street) // 5)
            for block in range(blocks):
                homes = world.users.address[street[block::blocks]]
                same_building(world, homes, int(homes[0]), rng)
            n = int(len(street) * rng.uniform(1.5, 3.0))
            who = rng.choice(street, n)
            skus = np.flatnonzero(world.products.seller == shop[0])
            skus = skus[world.products.listed_at[skus] < start]
            if not len(skus):
                continue
            self.trade(
                number,
                who,
                daytime(rng, world, region, start, 28, n),
                rng.choice(skus, n),
                address=world.users.address[who],
                slow=0.25,
                praise_lag=np.where(rng.random(n) < 0.15, rng.gamma(1.3, 40.0, n) * HOUR, NA),
            )


PLANT = LocalFavourite
