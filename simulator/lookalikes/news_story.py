"""A shop in the evening news.

A reporter finds out how it treats its people. Within two days dozens of readers who never bought
there leave one star or report it. They are nobody's crew: accounts of all ages from all over the
market, each with words and a phone of their own, and this is the one shop they are angry with.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array, Batch
from simulator.clock import DAY
from simulator.economy.feedback import write_reviews
from simulator.economy.traffic import COUNTERFEIT, SCAM, write_reports
from simulator.landing import Landing
from simulator.planting import Plant, daytime, old_users, pick_start
from simulator.trade import shelf_of
from simulator.world import SERVICES, World


class NewsStory(Plant):
    """A burst of bad stars without a purchase, by people who do not know each other."""

    name = "news_story"
    detection = "TRF-06"
    scenario = 6
    benign = True
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The shop, the day, the readers."""
        self.stories: list[tuple[int, Array, Array, Array]] = []
        sellers = world.sellers
        for _ in range(self.count(world)):
            start = pick_start(world, rng, 5, lead=3.0)
            fit = (sellers.category != SERVICES) & (sellers.terminated_at == NA)
            fit &= sellers.onboarded_at < start - 60 * DAY
            shop = int(rng.choice(np.flatnonzero(fit)))
            region = int(sellers.region[shop])
            readers = old_users(world, rng, int(rng.integers(25, 70)), start - DAY, region)
            at = daytime(rng, world, region, start, 3.0, len(readers))
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", np.array([shop]))
            world.truth.add(number, "user", readers)
            self.stories.append((shop, shelf_of(world, shop, start)[:3], readers, at))

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """Two in three leave a star, the others report."""
        for shop, skus, readers, at in self.stories:
            n = len(readers)
            stars = rng.random(n) < 0.65
            starred = Batch(
                item=np.full(n, -1), sku=rng.choice(skus, n), user=readers,
                stars=rng.choice([1, 2], n, p=[0.8, 0.2]), words=np.full(n, -1), at=at,
            )  # fmt: skip
            write_reviews(world, landing, rng, starred.take(stars))
            told = Batch(
                reporter=readers, target=np.full(n, 1), number=np.full(n, shop),
                ground=rng.choice([SCAM, COUNTERFEIT], n, p=[0.8, 0.2]), order=np.full(n, -1),
                at=at,
            )  # fmt: skip
            write_reports(world, landing, told.take(~stars))


PLANT = NewsStory
