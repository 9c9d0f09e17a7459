"""A live flash sale: one shop, three minutes, everybody clicks the pinned product and pays."""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY, HOUR, SECOND
from simulator.planting import old_users, pick_start
from simulator.regions import REGIONS
from simulator.trade import Trades, open_shops, shelf_of, some_region
from simulator.world import World


class FlashChannel(Trades):
    """Nobody browses in a live sale; some of the buyers registered for it."""

    name = "flash_channel"
    detection = "COL-05"
    scenario = 3
    benign = True
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """A shop with shows, and the audience."""
        self.shows: list[tuple[int, int, Array, Array]] = []
        for _ in range(self.count(world)):
            start, region = pick_start(world, rng, 12, lead=3.0), some_region(rng)
            opened = np.array([start - int(rng.uniform(60, 500) * DAY)])
            owner, shop = open_shops(world, rng, region, opened, 1.0, line=1)
            crowd = old_users(world, rng, 25 + int(rng.gamma(2.0, 15.0)), start, region)
            n = max(2, len(crowd) // 5)
            evening = int((19 - REGIONS[region].utc_offset_hours) * HOUR)
            begin = start // DAY * DAY + DAY + evening
            born = begin - (rng.gamma(1.2, 1.0, n) * DAY).astype(np.int64) - HOUR
            fresh = world.add_users(n, np.full(n, region), born, rng, 0.5)
            number = world.truth.open(self, "", begin, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", np.concatenate([crowd, fresh, owner]))
            self.shows.append((number, begin, shop, np.append(crowd, fresh)))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Two or three drops in the evening."""
        for number, begin, shop, crowd in self.shows:
            n = len(crowd)
            drop = rng.integers(0, 3, n) * 40 * 60
            at = begin + ((drop + rng.gamma(1.3, 45.0, n)) * SECOND).astype(np.int64)
            sku = shelf_of(world, int(shop[0]), begin)[:3]
            self.trade(
                number,
                crowd,
                at,
                rng.choice(sku, n),
                channel=0,
                content=-1,
                creator=-1,
                items=1,
                views=1,
                browse=(rng.gamma(1.5, 14.0, n) * SECOND).astype(np.int64) + 3 * SECOND,
            )


PLANT = FlashChannel
