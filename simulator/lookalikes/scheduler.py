"""A brand's social team: replies on schedule through the working day, and sleeps."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY, HOUR, MINUTE, SECOND
from simulator.economy.traffic import COMMENT, LIKE, write_engagement
from simulator.landing import Landing
from simulator.planting import Plant, pick_start
from simulator.regions import REGIONS
from simulator.world import World


class Scheduler(Plant):
    """Regular gaps, but only in office hours."""

    name = "scheduler"
    detection = "TRF-02"
    scenario = 6
    benign = True
    per_20k_users = 6.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Creators who run a scheduling tool."""
        self.teams: list[tuple[int, int, int, int]] = []
        busy = np.unique(world.content.creator)
        for creator in rng.choice(busy, min(self.count(world), len(busy)), replace=False).tolist():
            days = int(rng.integers(6, 30))
            own = world.content.published_at[world.content.creator == creator].min()
            start = max(pick_start(world, rng, days), int(own) + DAY) // DAY * DAY
            number = world.truth.open(self, "", start, int(world.creators.region[creator]), rng)
            world.truth.add(number, "user", world.creators.user[[creator]])
            self.teams.append((number, creator, start, days))

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """Comments and likes under their own content."""
        parts = []
        for _, creator, start, days in self.teams:
            region = REGIONS[int(world.creators.region[creator])]
            gap, hours = rng.uniform(6, 14) * MINUTE, rng.uniform(7, 10)
            each = int(hours * HOUR / gap)
            for day in range(days):
                opening = start + day * DAY + (8 - region.utc_offset_hours) * HOUR
                at = opening + np.cumsum(gap * (1 + 0.06 * rng.standard_normal(each)))
                own = np.flatnonzero(
                    (world.content.creator == creator) & (world.content.published_at < opening)
                )
                n = len(at)
                user = int(world.creators.user[creator])
                parts.append(
                    Batch(
                        actor=np.full(n, user),
                        content=own[rng.integers(max(len(own) - 5, 0), len(own), n)],
                        creator=np.full(n, creator),
                        kind=rng.choice([COMMENT, LIKE], n),
                        device=np.full(n, world.users.device[user]),
                        ip=np.full(n, world.users.home[user] * 256 + world.users.host[user]),
                        at=at.astype(np.int64),
                    )
                )
        events = Batch.concat(parts)
        write_engagement(world, landing, rng, events.take(events.at < world.clock.end - SECOND))


PLANT = Scheduler
