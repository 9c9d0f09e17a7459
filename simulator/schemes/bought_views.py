"""Views by the thousand, bought for a film.

A provider promises a number by tomorrow. Its throwaway accounts open the film, stay a second or two
and go; nobody looks at the product. The crude deliver within a few hours from accounts made for the
order. Others use accounts of some weeks and stay longer now and then. The careful deliver over a
day, keep half of the film running and click here and there, and most of their accounts have aged.
"""

from __future__ import annotations

import numpy as np

from simulator.audience import acts, crowd_size, hired, hold, pick_film, surge, write_acts
from simulator.batch import Array
from simulator.clock import DAY, HOUR
from simulator.economy.traffic import CLICK, LIKE, VIEW
from simulator.landing import Landing
from simulator.planting import STRENGTHS, Plant
from simulator.world import World


class BoughtViews(Plant):
    """TRF-03: a burst of views of nothing."""

    name = "bought_views"
    detection = "TRF-03"
    scenario = 6
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """One provider per strength, its accounts, and its customers."""
        self.sold: list[tuple[str, int, int, Array, int]] = []
        for strength in STRENGTHS:
            films = [pick_film(world, rng, 3.0, quiet=0.7) for _ in range(self.count(world))]
            for film in [film for film in films if film >= 0]:
                region = int(world.content.region[film])
                published = int(world.content.published_at[film])
                start = published + int(rng.uniform(1, 30) * HOUR)
                age = {"low": 4.0, "medium": 25.0, "high": 160.0}[strength]
                viewers = hired(world, rng, crowd_size(world, rng, 100, 180), region, start, age)
                number = world.truth.open(self, strength, start, region, rng)
                world.truth.add(number, "content", np.array([film]))
                world.truth.add(number, "creator", world.content.creator[[film]])
                world.truth.add(number, "user", viewers)
                self.sold.append((strength, film, start, viewers, int(rng.integers(350, 1100))))

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """Views, a like for decoration, and hardly a click."""
        parts = []
        for strength, film, start, viewers, views in self.sold:
            hours, watch, click, like = {
                "low": (rng.uniform(1.5, 5), (1, 22), 0.0, 0.01),
                "medium": (rng.uniform(4, 12), (1.2, 10), 0.004, 0.04),
                "high": (rng.uniform(12, 30), (2, 5), 0.02, 0.08),
            }[strength]
            actor = rng.choice(viewers, views)
            seen = hold(world, rng, rng.beta(*watch, views), np.full(views, film))
            kind = rng.choice([VIEW, LIKE, CLICK], views, p=[1 - click - like, like, click])
            at = np.minimum(surge(rng, views, start, hours, 1.6), start + 2 * DAY)
            parts.append(acts(world, actor, np.full(views, film), kind, at, watched=seen))
        write_acts(world, landing, rng, parts)


PLANT = BoughtViews
