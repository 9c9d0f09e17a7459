"""An evening in a live room: one host, one shop, and fans who press the button ten times."""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY, HOUR, MINUTE
from simulator.planting import old_users, pick_start
from simulator.regions import REGIONS
from simulator.trade import Trades, open_shops, shelf_of, some_region
from simulator.world import World


class LiveSaleFans(Trades):
    """Many orders of one person within the hour, each of another article, all of one shop."""

    name = "live_sale_fans"
    detection = "TXN-04"
    scenario = 0
    benign = True
    names = ("device", "order", "payment")
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the host, the evening and the fans."""
        self.rooms: list[tuple[int, int, int, Array]] = []
        for _ in range(self.count(world)):
            start, region = pick_start(world, rng, 6), some_region(rng)
            owner, shop = open_shops(world, rng, region, np.array([start - 200 * DAY]), 0.6, line=1)
            fans = old_users(world, rng, 6 + int(rng.gamma(2.0, 4.0)), start - 30 * DAY, region)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", np.append(fans, owner))
            self.rooms.append((number, start, int(shop[0]), fans))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """An hour and a half of show."""
        for number, start, shop, fans in self.rooms:
            region = int(world.sellers.region[shop])
            evening = start // DAY * DAY + int((19 - REGIONS[region].utc_offset_hours) * HOUR)
            evening += DAY if evening < start else 0
            who = np.repeat(fans, 2 + rng.poisson(3.5, len(fans)))
            at = evening + (rng.beta(1.3, 1.6, len(who)) * 85 * MINUTE).astype(np.int64)
            sku = rng.choice(shelf_of(world, shop, start), len(who))
            self.trade(
                number, who, np.minimum(at, world.clock.end - HOUR), sku, items=1, channel=0,
                content=-1, creator=-1, disputed=0,
            )  # fmt: skip


PLANT = LiveSaleFans
