"""A film the recommendation likes: hundreds of views overnight, from people who watch it.

The system shows a film to more and more people as long as they stay. They watch as long as people
watch, one in twelve taps the product, a few follow. Most have had their account for long.
"""

from __future__ import annotations

import numpy as np

from simulator.audience import acts, hold, pick_film, write_acts
from simulator.batch import Array
from simulator.clock import HOUR
from simulator.economy.traffic import CLICK, COMMENT, FOLLOW, LIKE, SHARE, VIEW
from simulator.landing import Landing
from simulator.planting import Plant, daytime, old_users
from simulator.world import World


class RecommendationBoost(Plant):
    """A burst of views that are views."""

    name = "recommendation_boost"
    detection = "TRF-03"
    scenario = 6
    benign = True
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The film and who is shown it."""
        self.boosts: list[tuple[int, Array, Array]] = []
        for _ in range(self.count(world)):
            film = pick_film(world, rng, 4.0)
            if film < 0:
                continue
            region = int(world.content.region[film])
            start = int(world.content.published_at[film]) + int(rng.uniform(2, 30) * HOUR)
            shown = old_users(world, rng, int(rng.integers(300, 900)), start, region)
            at = daytime(rng, world, region, start, 1.0, len(shown))
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "content", np.array([film]))
            world.truth.add(number, "creator", world.content.creator[[film]])
            world.truth.add(number, "user", shown)
            self.boosts.append((film, shown, at))

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """They watch, and some do more."""
        parts = []
        for film, shown, at in self.boosts:
            n = len(shown)
            what = np.full(n, film)
            seen = hold(world, rng, rng.beta(1.3, 1.6, n), what)
            parts.append(acts(world, shown, what, VIEW, at, watched=seen))
            for kind, share in ((LIKE, 0.16), (CLICK, 0.085), (COMMENT, 0.03), (SHARE, 0.02),
                                (FOLLOW, 0.03)):  # fmt: skip
                rows = np.flatnonzero(rng.random(n) < share)
                later = at[rows] + seen[rows] * 1000 + rng.integers(1, 20, len(rows)) * 10**6
                parts.append(acts(world, shown[rows], what[rows], kind, later))
        write_acts(world, landing, rng, parts)


PLANT = RecommendationBoost
