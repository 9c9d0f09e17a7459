"""Followers for rent.

A creator who needs a number by the end of the week buys it. The accounts follow within a night and
leave when the next customer pays. The crude send accounts of the same week and take most of them
away within days. Others drip over two or three days and keep half. The careful let them come over
ten days, mix in older accounts, and lose only some.
"""

from __future__ import annotations

import numpy as np

from simulator.audience import acts, crowd_size, films_of, hired, pick_film, surge, write_acts
from simulator.batch import Array
from simulator.clock import DAY, HOUR
from simulator.economy.traffic import FOLLOW, UNFOLLOW, VIEW
from simulator.landing import Landing
from simulator.planting import STRENGTHS, Plant
from simulator.world import World


class RentedFollowers(Plant):
    """TRF-05: young accounts follow at once and leave within days."""

    name = "rented_followers"
    detection = "TRF-05"
    scenario = 6
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The creator and the followers."""
        self.sold: list[tuple[str, int, int, Array]] = []
        for strength in STRENGTHS * self.count(world):
            film = pick_film(world, rng, 12.0, quiet=0.6)
            if film < 0:
                continue
            region = int(world.content.region[film])
            start = int(world.content.published_at[film]) + int(rng.uniform(1, 48) * HOUR)
            age = {"low": 6.0, "medium": 20.0, "high": 45.0}[strength]
            crowd = hired(world, rng, crowd_size(world, rng, 80, 200), region, start, age)
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "creator", world.content.creator[[film]])
            world.truth.add(number, "user", crowd)
            self.sold.append((strength, film, start, crowd))

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """They come, some look at something, they go."""
        parts = []
        for strength, film, start, crowd in self.sold:
            hours, gone, soon = {
                "low": (rng.uniform(3, 10), rng.beta(14, 4), 2.5),
                "medium": (rng.uniform(24, 70), rng.beta(9, 7), 4.0),
                "high": (rng.uniform(160, 260), rng.beta(6, 16), 9.0),
            }[strength]
            n = len(crowd)
            at = surge(rng, n, start, hours, 1.3)
            at = np.maximum(at, world.users.created_at[crowd] + HOUR // 6)
            what = rng.choice(films_of(world, world.content.creator[[film]], start), n)
            leaves = np.flatnonzero(rng.random(n) < gone)
            away = (
                at[leaves] + HOUR + (rng.gamma(2.0, soon / 2, len(leaves)) * DAY).astype(np.int64)
            )
            looks = np.flatnonzero(rng.random(n) < 0.2)
            parts += [
                acts(world, crowd, what, FOLLOW, at),
                acts(world, crowd[leaves], what[leaves], UNFOLLOW, away),
                acts(world, crowd[looks], what[looks], VIEW, at[looks] - HOUR // 60),
            ]
        write_acts(world, landing, rng, parts)


PLANT = RentedFollowers
