"""The payment page hangs for an hour: people try again, take the other card, and get through."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, HOUR, MINUTE
from simulator.economy.demand import pick_product
from simulator.planting import old_users, pick_start
from simulator.regions import CODES, REGIONS
from simulator.trade import Trades, some_region
from simulator.world import Outage, World


class OutageShoppers(Trades):
    """Several refusals on two cards of one person, as of everybody in that hour."""

    name = "outage_shoppers"
    detection = "TXN-05"
    scenario = 0
    benign = True
    names = ("session", "device", "ip_prefix", "payment")
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the evening, the market, and who wants to buy just then."""
        for _ in range(self.count(world)):
            region = some_region(rng)
            hour = float(rng.uniform(18, 20.5)) - REGIONS[region].utc_offset_hours
            start = pick_start(world, rng, 4) // DAY * DAY + int(hour * HOUR)
            length = int((35 + rng.gamma(2.0, 20.0)) * MINUTE)
            world.outages.append(Outage(start, start + length, region, rng.uniform(0.8, 0.95)))
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "region", [CODES[region]])
            people = old_users(world, rng, 3 + int(rng.poisson(2.5)), start, region)
            world.truth.add(number, "user", people)
            at = start + (rng.random(len(people)) * length).astype(np.int64)
            sku = pick_product(world, rng, np.full(len(people), region), at)
            good = sku >= 0
            self.trade(number, people[good], at[good], sku[good], items=1, method=0, disputed=0)


PLANT = OutageShoppers
