"""A wedding list: the guests order to the couple's door, some of them the same glasses."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, HOUR
from simulator.crews import goods_at
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades
from simulator.world import World


class GiftRegistry(Trades):
    """Many accounts that have nothing in common but one address, for a month."""

    name = "gift_registry"
    detection = "RSL-03"
    scenario = 4
    benign = True
    names = ("device",)
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw couple, guests and list; each guest writes the couple's address down."""
        for _ in range(self.count(world)):
            start = pick_start(world, rng, 28)
            couple = int(old_users(world, rng, 1, start)[0])
            region = int(world.users.region[couple])
            guests = old_users(world, rng, int(rng.integers(8, 30)), start, region)
            n = len(guests)
            restricted = np.flatnonzero(
                (world.products.region == region)
                & (world.products.limit > 0)
                & (world.products.listed_at < start)
            )
            shelf = goods_at(world, region, start, 10, 120)
            wishes = np.concatenate([restricted[:2], shelf[rng.permutation(len(shelf))[:5]]])
            if not len(wishes):
                continue
            at = daytime(rng, world, region, start + HOUR, 24, n)
            home = np.full(n, world.users.address[couple])
            door = world.add_addresses(
                guests, 0, home, np.minimum(at, world.clock.end) - HOUR // 4, rng
            )
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", np.append(couple, guests))
            sku = rng.choice(wishes, n)
            at = np.minimum(at, world.clock.end - DAY // 24)
            self.trade(number, guests, at, sku, items=1, quantity=1, address=door)


PLANT = GiftRegistry
