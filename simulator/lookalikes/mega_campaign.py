"""The platform's own festival offer: a third off, paid by the platform, for everybody."""

from __future__ import annotations

import numpy as np

from simulator.economy.drops import drop_minute
from simulator.planting import daytime, old_users
from simulator.trade import Trades
from simulator.world import SERVICES, World


class MegaCampaign(Trades):
    """One shop's best sellers carry a sponsored discount for ten days; strangers buy them."""

    name = "mega_campaign"
    detection = "INC-06"
    scenario = 7
    benign = True
    names = ("user",)
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw shop, articles and crowd."""
        sellers, products = world.sellers, world.products
        for _ in range(self.count(world)):
            fit = (sellers.category != SERVICES) & (sellers.onboarded_at < world.clock.start)
            shop = int(rng.choice(np.flatnonzero(fit & (sellers.terminated_at < 0))))
            shelf = np.flatnonzero(
                (products.seller == shop)
                & (products.listed_at < world.clock.start)
                & (products.limit < 0)
            )[:3]
            if not len(shelf):
                continue
            region = int(sellers.region[shop])
            start = drop_minute(world, rng, region, lead=3.0)
            off = float(rng.uniform(0.28, 0.42))
            for sku in shelf.tolist():
                world.add_drop(sku, start, 240.0, 2000, off, 3)
            people = old_users(world, rng, int(rng.integers(50, 130)), start, region)
            n = len(people)
            at = daytime(rng, world, region, start, 10, n)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", np.array([shop]))
            world.truth.add(number, "sku", shelf)
            self.trade(number, people, at, rng.choice(shelf, n), items=1)


PLANT = MegaCampaign
