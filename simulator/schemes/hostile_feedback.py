"""Feedback as a weapon.

Three trades of one kind of crew. Bombers are paid by a rival to drag a shop down: one star for what
they never bought. Blackmailers buy something cheap, give one star and ask for the money back, first
from one shop, then from the next. Denouncers report a shop until somebody looks into it. The crude
use accounts of the week, a few phones, one text, one day. Others have a phone for every two or
three accounts, a handful of texts, several victims and some days. The careful take aged accounts,
words of their own and a week, but they too work through the list of victims together.
"""

from __future__ import annotations

import numpy as np

from simulator.audience import hired
from simulator.batch import NA, Array, Batch
from simulator.clock import DAY, HOUR
from simulator.crews import share_devices
from simulator.economy.aftersales import DEFECTIVE, NOT_AS_DESCRIBED
from simulator.economy.feedback import write_reviews
from simulator.economy.traffic import COUNTERFEIT, SCAM, write_reports
from simulator.landing import Landing
from simulator.planting import STRENGTHS, pick_start
from simulator.trade import Trades, near_price, shelf_of
from simulator.world import SERVICES, World

BOMBS, BLACKMAIL, REPORTS = range(3)


class HostileFeedback(Trades):
    """TRF-06: bad stars, or reports, by people who act together."""

    name = "hostile_feedback"
    detection = "TRF-06"
    scenario = 6
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The victims and the crew; each crew has one trade."""
        self.crews: list[tuple[int, str, int, int, float, Array, Array, Array]] = []
        products, sellers = world.products, world.sellers
        open_ = (
            (sellers.category != SERVICES) & (sellers.terminated_at == NA) & (sellers.weight > 0)
        )
        for turn, strength in enumerate(STRENGTHS * self.count(world)):
            trade = (turn + turn // 3) % 3
            days = {"low": rng.uniform(0.5, 1.2), "medium": rng.uniform(2, 4),
                    "high": rng.uniform(5, 8)}[strength]  # fmt: skip
            start = pick_start(world, rng, days + 14, lead=4.0)
            pool = np.flatnonzero(open_ & (sellers.onboarded_at < start - 20 * DAY))
            first = int(rng.choice(pool))
            rivals = pool[sellers.region[pool] == sellers.region[first]]
            more = {"low": 0, "medium": 2, "high": 3}[strength] if trade != BLACKMAIL else 2
            victims = np.unique(np.append(rng.choice(rivals, min(more, len(rivals))), first))
            shelves = [shelf_of(world, int(shop), start) for shop in victims]
            if trade == BLACKMAIL:
                skus = np.array([near_price(world, shelf, 15.0) for shelf in shelves])
            else:
                skus = np.concatenate([shelf[:2] for shelf in shelves])
            age = {"low": 7.0, "medium": 60.0, "high": 300.0}[strength]
            region = int(sellers.region[first])
            crew = hired(world, rng, int(rng.integers(12, 36)), region, start, age)
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", victims)
            world.truth.add(number, "sku", skus[products.listed_at[skus] < start])
            world.truth.add(number, "user", crew)
            self.crews.append((trade, strength, number, start, days, victims, skus, crew))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Phones, and what the blackmailers buy."""
        for trade, strength, number, start, days, _, skus, crew in self.crews:
            each = {"low": 6, "medium": 3, "high": 1}[strength]
            world.truth.add(number, "device", share_devices(world, crew, each))
            if trade != BLACKMAIL:
                continue
            users, victims = np.meshgrid(crew, skus, indexing="ij")
            n = users.size
            picked = rng.random(n) < 0.75
            at = start + (rng.random(n) * days * DAY).astype(np.int64)
            soon = (rng.gamma(2.0, 5.0, n) * HOUR).astype(np.int64) + HOUR
            self.trade(
                number, users.ravel()[picked], at[picked], victims.ravel()[picked], items=1,
                quantity=1, keep=1, pay=1, returned=1, praise_lag=soon[picked],
                stars=1, words=self._script(rng, strength, n)[picked],
                return_lag=soon[picked] + rng.integers(2, 40, n)[picked] * HOUR,
                reason=rng.choice([NOT_AS_DESCRIBED, DEFECTIVE], n)[picked],
            )  # fmt: skip

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """What the others write and report."""
        for trade, strength, _, start, days, victims, skus, crew in self.crews:
            goals = skus if trade == BOMBS else victims
            users, goal = np.meshgrid(crew, goals, indexing="ij")
            n = users.size
            share = {"low": 0.95, "medium": 0.75, "high": 0.6}[strength]
            at = start + (rng.beta(1.3, 1.8, n) * days * DAY).astype(np.int64)
            closed = world.users.suspended_at[users.ravel()]
            fit = (rng.random(n) < share) & ((closed == NA) | (at < closed))
            if trade == BOMBS:
                stars = np.where(rng.random(n) < 0.15, 2, 1)
                rows = Batch(
                    item=np.full(n, -1), sku=goal.ravel(), user=users.ravel(), stars=stars,
                    words=self._script(rng, strength, n), at=at,
                )  # fmt: skip
                write_reviews(world, landing, rng, rows.take(fit))
            elif trade == REPORTS:
                rows = Batch(
                    reporter=users.ravel(), target=np.full(n, 1), number=goal.ravel(),
                    ground=rng.choice([SCAM, COUNTERFEIT], n, p=[0.6, 0.4]),
                    order=np.full(n, -1), at=at,
                )  # fmt: skip
                write_reports(world, landing, rows.take(fit))

    def _script(self, rng: np.random.Generator, strength: str, n: int) -> Array:
        """What they write: one text, a few, or words of their own."""
        if strength == "high":
            return rng.integers(0, 2**40, n)
        texts = rng.integers(0, 2**38, {"low": 1, "medium": 3}[strength]) * 4
        return rng.choice(texts, n) + rng.integers(0, 4, n)


PLANT = HostileFeedback
