"""A good product that fails on one day.

An update goes wrong, and what hundreds had bought and liked stops working. Within days they write
what they think of it, each in their own words, on what they really bought. Many send it back, some
report the shop. Nobody asked them to.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array, Batch
from simulator.clock import DAY, HOUR
from simulator.economy.aftersales import DEFECTIVE
from simulator.economy.traffic import SCAM, write_reports
from simulator.landing import Landing
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades
from simulator.world import ELECTRONICS, World


class ProductFailure(Trades):
    """A burst of one star with an order behind every one of them."""

    name = "product_failure"
    detection = "TRF-06"
    scenario = 6
    benign = True
    names = ("order",)
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The product, who bought it, and the day."""
        self.fails: list[tuple[int, int, Array]] = []
        products = world.products
        for _ in range(self.count(world)):
            sold = float(rng.uniform(18, 35))
            start = pick_start(world, rng, sold + 14)
            fit = (products.category == ELECTRONICS) & (products.listed_at < start)
            fit &= world.sellers.terminated_at[products.seller] == NA
            fit = fit if fit.any() else products.listed_at < start
            sku = int(rng.choice(np.flatnonzero(fit)))
            region = int(products.region[sku])
            people = old_users(world, rng, int(rng.integers(60, 150)), start, region)
            n = len(people)
            at = daytime(rng, world, region, start, sold, n)
            fails = start + int((sold + 3) * DAY)
            arrived = at + (5.5 * DAY)
            lag = np.maximum(fails - arrived, 6 * HOUR) + rng.gamma(1.2, 1.3, n) * DAY
            speaks = rng.random(n) < 0.55
            returns = rng.random(n) < 0.4
            number = world.truth.open(self, "", fails, region, rng)
            world.truth.add(number, "sku", np.array([sku]))
            world.truth.add(number, "seller", products.seller[[sku]])
            world.truth.add(number, "user", people)
            self.trade(
                number, people, at, np.full(n, sku), items=1, keep=1, returned=returns,
                reason=DEFECTIVE, inspection=rng.choice([0, 1], n),
                return_lag=np.minimum(lag + rng.gamma(1.0, 20.0, n) * HOUR, 29 * DAY),
                praise_lag=np.where(speaks, lag, NA), stars=rng.choice([1, 2], n, p=[0.75, 0.25]),
                words=rng.integers(0, 2**40, n),
            )  # fmt: skip
            self.fails.append((int(products.seller[sku]), fails, people))

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """Some of them want somebody to look into it."""
        for seller, fails, people in self.fails:
            who = people[rng.random(len(people)) < 0.07]
            n = len(who)
            at = fails + (rng.gamma(1.5, 2.0, n) * DAY).astype(np.int64)
            rows = Batch(
                reporter=who, target=np.full(n, 1), number=np.full(n, seller),
                ground=np.full(n, SCAM), order=np.full(n, -1), at=at,
            )  # fmt: skip
            write_reports(world, landing, rows.take(at < world.clock.end))


PLANT = ProductFailure
