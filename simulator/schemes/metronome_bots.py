"""Bots that act by the clock.

A script sleeps a fixed time between actions. The cheap ones run day and night with almost no
noise. Better ones draw the pause from a narrow range and take breaks. The best add wide noise and
a short night, and do little per day.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY, HOUR, MINUTE, SECOND
from simulator.economy.demand import pick_content
from simulator.economy.traffic import FOLLOW, LIKE, VIEW, write_engagement
from simulator.landing import Landing
from simulator.planting import STRENGTHS, Plant, pick_start
from simulator.regions import REGIONS
from simulator.world import HOSTING, ISP, World


class MetronomeBots(Plant):
    """TRF-02: regular gaps around the clock."""

    name = "metronome_bots"
    detection = "TRF-02"
    scenario = 6
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Each instance is one operator with a few accounts on one machine."""
        self.bots: list[tuple[int, int, int, int, str, int, int]] = []
        for strength in STRENGTHS * self.count(world):
            region = int(rng.integers(len(REGIONS)))
            days = int(rng.integers(3, 9))
            start = pick_start(world, rng, days + 1) // DAY * DAY
            start = max(start, world.clock.start)
            count = int(rng.integers(1, 5))
            born = np.full(count, start) - (rng.uniform(1, 40, count) * DAY).astype(np.int64)
            bots = world.add_users(count, np.full(count, region), born, rng)
            kind = ISP if strength == "high" else HOSTING
            prefix = int(rng.choice(world.prefixes_of(kind, region)))
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "user", bots)
            for bot in bots.tolist():
                self.bots.append((number, bot, start, days, strength, prefix, region))

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """Their actions."""
        parts = [self._act(world, rng, *bot) for bot in self.bots]
        events = Batch.concat(parts)
        content = pick_content(world, rng, events.region, events.at)
        keep = (content >= 0) & (events.at < world.clock.end)
        events.content = content
        events = events.take(keep)
        events.creator = world.content.creator[events.content]
        events.device = world.users.device[events.actor]
        del events.__dict__["region"]
        write_engagement(world, landing, rng, events)

    def _act(
        self,
        world: World,
        rng: np.random.Generator,
        number: int,
        bot: int,
        start: int,
        days: int,
        strength: str,
        prefix: int,
        region: int,
    ) -> Batch:
        per_day = {
            "low": rng.lognormal(4.9, 0.35),
            "medium": rng.lognormal(4.4, 0.35),
            "high": rng.lognormal(4.0, 0.25),
        }[strength]
        noise = {
            "low": rng.uniform(0, 0.04),
            "medium": rng.uniform(0.06, 0.22),
            "high": rng.uniform(0.3, 0.7),
        }[strength]
        night = {"low": 0.0, "medium": rng.uniform(0, 2), "high": rng.uniform(3, 6)}[strength]
        gap = (DAY - night * HOUR) / per_day
        gap = round(gap / SECOND) * SECOND
        n = int(days * per_day)
        gaps = np.maximum(gap * (1 + noise * rng.standard_normal(n)), SECOND)
        at = start + rng.integers(0, 10 * MINUTE) + np.cumsum(gaps).astype(np.int64)
        asleep = (at % DAY) < night * HOUR
        stopped = world.users.suspended_at[bot]
        at = at[~asleep & ((stopped < 0) | (at < stopped))]
        m = len(at)
        kind = rng.choice([LIKE, FOLLOW, VIEW], m, p=[0.7, 0.1, 0.2])
        return Batch(
            actor=np.full(m, bot),
            at=at,
            kind=kind,
            region=np.full(m, region),
            ip=prefix * 256 + rng.integers(2, 5, m),
        )


PLANT = MetronomeBots
