"""A collector with a saved card and a quick thumb: among the first, once per drop."""

from __future__ import annotations

import numpy as np

from simulator.clock import SECOND
from simulator.crews import pick_drops
from simulator.planting import old_users
from simulator.trade import Trades
from simulator.world import World


class SavedCardBuyer(Trades):
    """Waits on the page, presses twice, and goes home with one."""

    name = "saved_card_buyer"
    detection = "RSL-02"
    scenario = 4
    benign = True
    names = ("device", "ip_prefix")
    per_20k_users = 8.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw collectors and the dates they never miss."""
        self.fans: list[tuple[int, list[int], int]] = []
        for _ in range(self.count(world)):
            dates = pick_drops(world, rng, int(rng.integers(2, 6)), None, 1.0)
            if not dates:
                continue
            first = min(world.drops[date].start for date in dates)
            region = int(world.products.region[world.drops[dates[0]].sku])
            user = int(old_users(world, rng, 1, first, region)[0])
            number = world.truth.open(self, "", first, region, rng)
            world.truth.add(number, "user", np.array([user]))
            self.fans.append((number, dates, user))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """One order per date, some seconds in."""
        for number, dates, user in self.fans:
            n = len(dates)
            start = np.array([world.drops[date].start for date in dates])
            sku = np.array([world.drops[date].sku for date in dates])
            wait = 4 * SECOND + (rng.lognormal(1.7, 0.5, n) * SECOND).astype(np.int64)
            look = np.minimum(wait, 3 * SECOND + rng.lognormal(1.6, 0.4, n) * SECOND)
            self.trade(
                number, np.full(n, user), start + wait, sku, items=1, quantity=1, pay=1, keep=1,
                view_lag=look,
            )  # fmt: skip


PLANT = SavedCardBuyer
