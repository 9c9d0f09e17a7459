"""One family firm, several shops: the same owner, tax number and bank, as the law wants it."""

from __future__ import annotations

import numpy as np

from simulator import people
from simulator.clock import DAY
from simulator.planting import pick_start
from simulator.trade import Trades, inside, some_region
from simulator.world import World


class MultiStoreOwner(Trades):
    """Document, face, tax number and account are shared, and so is the legal name."""

    name = "multi_store_owner"
    detection = "KYC-01"
    scenario = 1
    benign = True
    per_20k_users = 5.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """A first shop, and another whenever the last one runs."""
        for _ in range(self.count(world)):
            size, region = 2 + int(rng.geometric(0.6) - 1), some_region(rng)
            start = pick_start(world, rng, 20)
            at = start - (np.cumsum(rng.gamma(2.0, 90.0, size))[::-1] * DAY).astype(np.int64)
            at[-1] = start
            at = inside(world, np.maximum(at, world.clock.history + 3 * DAY))
            owner = world.add_users(1, np.array([region]), at[:1] - DAY, rng, 0.8)
            paper = 3_000_000 + int(world.ids.take("family papers", 1)[0])
            shops = world.add_sellers(
                np.repeat(owner, size),
                np.full(size, region),
                at,
                rng,
                weight=float(0.5 + rng.gamma(2.0, 0.4)),
                name=int(rng.integers(0, people.NAMES)),
                kind=1,
                tax=paper,
                document=paper,
                face=paper,
                account=paper,
            )
            number = world.truth.open(self, "", int(at[1]), region, rng)
            world.truth.add(number, "seller", shops)
            world.truth.add(number, "user", owner)
            self.shops.append((number, shops))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """One office: the owner's device and line."""
        for _, shops in self.shops:
            owner = world.sellers.owner[shops]
            world.sellers.device[shops] = world.users.device[owner]
            world.sellers.home[shops] = world.users.home[owner]
            world.sellers.host[shops] = world.users.host[owner]


PLANT = MultiStoreOwner
