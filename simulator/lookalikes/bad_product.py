"""A shoe that falls apart: everybody returns it, whoever recommended it."""

from __future__ import annotations

import numpy as np

from simulator.affiliates import link, paying_content
from simulator.clock import DAY
from simulator.economy.aftersales import DEFECTIVE, NOT_AS_DESCRIBED
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades
from simulator.world import World


class BadProduct(Trades):
    """Many returns on the commissions of several creators, of one product, at all delays."""

    name = "bad_product"
    detection = "INC-05"
    scenario = 7
    benign = True
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the product and the creators who praised it."""
        content = world.content
        for _ in range(self.count(world)):
            days = float(rng.uniform(15, 40))
            start = pick_start(world, rng, days + 25)
            shown = paying_content(world, start)
            if not len(shown):
                continue
            sku = int(content.sku[rng.choice(shown)])
            region = int(world.products.region[sku])
            films = shown[(content.region[shown] == region)]
            creators = np.unique(content.creator[films])
            creators = rng.choice(creators, min(4, len(creators)), replace=False)
            films = np.array([films[content.creator[films] == c][0] for c in creators])
            content.sku[films] = sku
            people = old_users(world, rng, int(rng.integers(30, 80)), start, region)
            n = len(people)
            film = rng.choice(films, n)
            at = daytime(rng, world, region, start, days, n)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "creator", creators)
            world.truth.add(number, "sku", np.array([sku]))
            world.truth.add(number, "seller", world.products.seller[[sku]])
            world.truth.add(number, "user", people)
            self.trade(
                number, people, at, np.full(n, sku), items=1, keep=1,
                returned=(rng.random(n) < rng.beta(9, 9)),
                reason=rng.choice([DEFECTIVE, NOT_AS_DESCRIBED], n, p=[0.75, 0.25]),
                inspection=1, return_lag=np.minimum(rng.gamma(1.6, 5.5, n), 28) * DAY,
                **link(world, film),
            )  # fmt: skip


PLANT = BadProduct
