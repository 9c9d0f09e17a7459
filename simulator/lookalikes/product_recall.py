"""A safety notice: within days everybody who has the thing asks for the money, in its words."""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Batch
from simulator.clock import DAY, HOUR
from simulator.crews import dear_goods
from simulator.economy.aftersales import DEFECTIVE, OK, USED
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades, some_region
from simulator.world import World

_NOTICE = (
    "{0} i have the {1} with a serial number of the recalled batch. your notice says that the"
    " battery may overheat, that it must no longer be used, and that the full price is refunded."
    " {2}"
)
_HELLO = ["hello,", "good morning,", "hi,", "dear sir or madam,", "recall:"]
_THING = ["product", "article", "device", "item"]
_END = ["please tell me how to send it back", "mine gets hot too", "mine was fine so far", "thanks"]


class ProductRecall(Trades):
    """Claims alike in text, reason and time, of one dear product, and all of them true."""

    name = "product_recall"
    detection = "RET-04"
    scenario = 2
    benign = True
    names = ("user", "order", "return")
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the product, who bought it in the weeks before, and the day of the notice."""
        self.notices: list[tuple[int, int, int]] = []
        for _ in range(self.count(world)):
            days = float(rng.uniform(12, 25))
            start, region = pick_start(world, rng, days + 15), some_region(rng)
            shelf = dear_goods(world, region, start - 10 * DAY, 120, 900)
            if not len(shelf):
                continue
            sku = int(rng.choice(shelf))
            day = start + int(days * DAY)
            people = old_users(world, rng, 14 + int(rng.gamma(2.0, 8.0)), start, region)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "sku", np.array([sku]))
            world.truth.add(number, "seller", world.products.seller[[sku]])
            world.truth.add(number, "user", people)
            self.notices.append((number, sku, day))
            n = len(people)
            self.trade(
                number, people, daytime(rng, world, region, start, days - 6, n),
                np.full(n, sku), items=1, quantity=1, pay=1, keep=1,
            )  # fmt: skip
        self.texts = world.add_stories(
            [_NOTICE.format(a, b, c) for a in _HELLO for b in _THING for c in _END]
        )

    def shape(self, world: World, rng: np.random.Generator, plan: Batch) -> None:
        """Whoever has it reads the notice sooner or later; three in four act on it."""
        for number, sku, day in self.notices:
            hit = (plan.sku == sku) & (plan.placed_at < day) & (plan.placed_at > day - 60 * DAY)
            hit &= ((plan.plant < 0) | (plan.plant == number)) & (rng.random(len(plan)) < 0.75)
            rows = np.flatnonzero(hit)
            n = len(rows)
            plan.plant[rows], plan.returned[rows], plan.reason[rows] = number, 1, DEFECTIVE
            plan.claim_at[rows] = day + ((4 + rng.gamma(1.3, 22, n)) * HOUR).astype(np.int64)
            plan.story[rows] = np.where(rng.random(n) < 0.6, rng.choice(self.texts, n), -1)
            plan.inspection[rows] = rng.choice([OK, USED], n, p=[0.15, 0.85])
            plan.return_lag[rows], plan.disputed[rows] = NA, 0


PLANT = ProductRecall
