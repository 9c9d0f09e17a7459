"""A giveaway: follow to win.

Hundreds follow within two days, some of them with accounts made for it. The draw comes, a fifth
leave again in the weeks after, the others have found somebody they like to watch.
"""

from __future__ import annotations

import numpy as np

from simulator.audience import acts, films_of, pick_film, surge, write_acts
from simulator.batch import Array
from simulator.clock import DAY, HOUR
from simulator.economy.traffic import COMMENT, FOLLOW, UNFOLLOW, VIEW
from simulator.landing import Landing
from simulator.planting import Plant, old_users
from simulator.world import World


class Giveaway(Plant):
    """Many followers at once; most stay."""

    name = "giveaway"
    detection = "TRF-05"
    scenario = 6
    benign = True
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The creator, those who were here, and those who came for it."""
        self.draws: list[tuple[int, int, Array]] = []
        for _ in range(self.count(world)):
            film = pick_film(world, rng, 14.0)
            if film < 0:
                continue
            region = int(world.content.region[film])
            start = int(world.content.published_at[film]) + HOUR
            old = old_users(world, rng, int(rng.integers(90, 220)), start, region)
            count = max(3, len(old) // 6)
            born = surge(rng, count, start, 40.0, 1.8)
            fresh = world.add_users(count, np.full(count, region), born, rng, 0.6)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "creator", world.content.creator[[film]])
            world.truth.add(number, "user", np.concatenate([old, fresh]))
            self.draws.append((film, start, np.concatenate([old, fresh])))

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """Follow, comment, watch the channel for weeks."""
        parts = []
        for film, start, crowd in self.draws:
            n = len(crowd)
            what = np.full(n, film)
            at = np.maximum(
                surge(rng, n, start, 48.0, 1.8), world.users.created_at[crowd] + HOUR // 6
            )
            leaves = np.flatnonzero(rng.random(n) < 0.2)
            away = at[leaves] + 2 * DAY + (rng.exponential(10, len(leaves)) * DAY).astype(np.int64)
            fans = rng.choice(n, n)
            own = films_of(world, world.content.creator[[film]], world.clock.end)
            later = at[fans] + (rng.exponential(9, n) * DAY).astype(np.int64)
            parts += [
                acts(world, crowd, what, VIEW, at - HOUR // 60),
                acts(world, crowd, what, FOLLOW, at),
                acts(world, crowd[::2], what[::2], COMMENT, at[::2] + HOUR // 40),
                acts(world, crowd[leaves], what[leaves], UNFOLLOW, away),
                acts(world, crowd[fans], rng.choice(own, n), VIEW, later),
            ]
        write_acts(world, landing, rng, parts)


PLANT = Giveaway
