"""A warehouse in arrears: parcels lie at the dock for days, and some are missed before found."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY
from simulator.economy.aftersales import OK, USED
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades, shelf_of
from simulator.world import World


class SlowWarehouse(Trades):
    """Honest returns to one shop: delivered, refunded, booked late, and all there in the end."""

    name = "slow_warehouse"
    detection = "RET-02"
    scenario = 2
    benign = True
    names = ("order", "return")
    per_20k_users = 5.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the shop, the weeks, and who returns something in them."""
        sellers = world.sellers
        for _ in range(self.count(world)):
            days = float(rng.uniform(10, 30))
            start = pick_start(world, rng, days + 20)
            open_ = (sellers.onboarded_at < start - 30 * DAY) & (sellers.terminated_at < 0)
            seller = int(rng.choice(np.flatnonzero(open_ & (sellers.line != 2))))
            region = int(sellers.region[seller])
            people = old_users(world, rng, int(rng.integers(5, 12)), start, region)
            n = len(people)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", np.array([seller]))
            world.truth.add(number, "user", people)
            # A list of what the carrier brought and nobody booked is worked through each morning.
            missed = rng.random(n) < 0.35
            self.trade(
                number, people, daytime(rng, world, region, start, days, n),
                rng.choice(shelf_of(world, seller, start), n), items=1, pay=1, keep=1,
                returned=1, reason=0, inspection=rng.choice([OK, USED], n, p=[0.93, 0.07]),
                refunded=np.where(rng.random(n) < 0.5, 1, -1), disputed=0, book_missing=missed,
                book_lag=np.where(missed, rng.uniform(1.0, 4.2, n), rng.gamma(4, 0.75, n)) * DAY,
                return_lag=(rng.gamma(2.0, 3.0, n) + 0.3) * DAY,
            )  # fmt: skip


PLANT = SlowWarehouse
