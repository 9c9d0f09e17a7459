"""A fandom on the evening of the new song: everybody likes everything, again.

The call goes out in a group chat. Old accounts, from all over the town, go through the whole
channel of their idol within an hour or two. They stop to watch, to comment, to laugh, and they came
because of one person whom they all have followed for long.
"""

from __future__ import annotations

import numpy as np

from simulator.audience import acts, films_of, write_acts
from simulator.batch import Array, runs
from simulator.clock import DAY, HOUR, SECOND
from simulator.economy.traffic import COMMENT, LIKE, SHARE, VIEW
from simulator.landing import Landing
from simulator.planting import Plant, old_users, pick_start
from simulator.regions import REGIONS
from simulator.world import World


class FandomRaid(Plant):
    """Many accounts, the same films, the same evening: all of them people."""

    name = "fandom_raid"
    detection = "TRF-01"
    scenario = 6
    benign = True
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The idol, the evening, the fans."""
        self.raids: list[tuple[int, Array, Array]] = []
        content = world.content
        for _ in range(self.count(world)):
            start = pick_start(world, rng, 3)
            counts = np.bincount(content.creator[content.published_at < start])
            loved = np.flatnonzero(counts >= min(6, counts.max(initial=1)))
            idol = int(rng.choice(loved, p=counts[loved] / counts[loved].sum()))
            region = int(world.creators.region[idol])
            evening = start // DAY * DAY + (19 - REGIONS[region].utc_offset_hours) * HOUR
            fans = old_users(world, rng, int(rng.integers(25, 70)), start - 60 * DAY, region)
            number = world.truth.open(self, "", evening, region, rng)
            world.truth.add(number, "user", fans)
            world.truth.add(number, "creator", np.array([idol]))
            films = films_of(world, np.array([idol]), start)[-25:]
            self.raids.append((evening, fans, films))

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """Through the channel, each in an order and at a pace of their own."""
        parts = []
        for evening, fans, films in self.raids:
            who, step = runs(np.minimum(rng.integers(5, 22, len(fans)), 3 * len(films)))
            n = len(who)
            pause = rng.lognormal(3.6, 1.0, n) * SECOND
            total = np.cumsum(pause)
            begin = total[np.flatnonzero(step == 0)][who]
            late = rng.gamma(1.5, 0.6, len(fans)) * HOUR
            at = evening + (late[who] + total - begin).astype(np.int64)
            kind = rng.choice([VIEW, LIKE, COMMENT, SHARE], n, p=[0.3, 0.5, 0.13, 0.07])
            parts.append(acts(world, fans[who], rng.choice(films, n), kind, at))
        write_acts(world, landing, rng, parts)


PLANT = FandomRaid
