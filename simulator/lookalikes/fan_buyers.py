"""A fan club shops in the live rooms of its few favourites, week after week."""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY, HOUR
from simulator.planting import old_users, pick_start
from simulator.regions import REGIONS
from simulator.trade import Trades, open_shops, shelf_of, some_region
from simulator.world import World


class FanBuyers(Trades):
    """A dense block of buyers and shops: real goods, real weights, praise when it is earned."""

    name = "fan_buyers"
    detection = "COL-02"
    scenario = 3
    benign = True
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Hosts and their people."""
        self.clubs: list[tuple[int, int, int, Array, Array]] = []
        for _ in range(self.count(world)):
            weeks = int(rng.integers(2, 5))
            start, region = pick_start(world, rng, weeks * 7 + 5, lead=3.0), some_region(rng)
            hosts = int(rng.integers(2, 6))
            opened = start - (rng.uniform(60, 500, hosts) * DAY).astype(np.int64)
            owners, shops = open_shops(
                world, rng, region, opened, float(0.6 + rng.gamma(2.0, 0.4)), line=1
            )
            fans = old_users(world, rng, 12 + int(rng.gamma(2.0, 8.0)), start, region)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", shops)
            world.truth.add(number, "user", np.append(fans, owners))
            self.clubs.append((number, start, weeks, shops, fans))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Every show, some of the fans buy."""
        for number, start, weeks, shops, fans in self.clubs:
            loyal = rng.beta(3, 3, len(fans))
            region = int(world.sellers.region[shops[0]])
            evening = int((19 - REGIONS[region].utc_offset_hours) * HOUR)
            for week in range(weeks):
                for show, shop in enumerate(shops.tolist()):
                    who = fans[rng.random(len(fans)) < loyal * 0.9]
                    day = (start + (week * 7 + show % 7) * DAY) // DAY * DAY + evening
                    at = day + (rng.beta(1.3, 2.0, len(who)) * 2.5 * HOUR).astype(np.int64)
                    sku = rng.choice(shelf_of(world, shop, start)[:6], len(who))
                    self.trade(number, who, at, sku, channel=0, content=-1, creator=-1)


PLANT = FanBuyers
