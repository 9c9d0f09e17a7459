"""Fans in a live room: hundreds of likes in an hour from people who all know each other."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch, runs
from simulator.clock import SECOND
from simulator.economy.traffic import COMMENT, GIFT, LIKE, LIVE_JOIN, write_engagement
from simulator.landing import Landing
from simulator.planting import Plant, old_users
from simulator.world import World


class FanRoom(Plant):
    """Dense, simultaneous, excited: but with human pauses, for one evening."""

    name = "fan_room"
    detection = "TRF-02"
    scenario = 6
    benign = True
    per_20k_users = 5.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Live rooms of the nights and their regulars."""
        live = np.flatnonzero(
            world.content.live
            & (world.content.published_at > world.clock.start)
            & (world.content.published_at < world.clock.end)
        )
        self.rooms: list[tuple[int, int, np.ndarray]] = []
        for content in rng.choice(live, min(self.count(world), len(live)), replace=False).tolist():
            start, region = (
                int(world.content.published_at[content]),
                int(world.content.region[content]),
            )
            fans = old_users(world, rng, int(rng.integers(12, 50)), start, region)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", fans)
            world.truth.add(number, "content", np.array([content]))
            self.rooms.append((number, content, fans))

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """Joins, likes, comments and gifts."""
        parts = []
        for _, content, fans in self.rooms:
            row, step = runs(rng.integers(15, 70, len(fans)))
            n = len(row)
            gap = rng.lognormal(2.2, 1.3, n) * SECOND
            total = np.cumsum(gap)
            begin = np.flatnonzero(step == 0)
            late = rng.random(len(fans)) * 900 * SECOND
            at = world.content.published_at[content] + late[row] + total - total[begin][row]
            user = fans[row]
            kind = np.where(
                step == 0, LIVE_JOIN, rng.choice([LIKE, COMMENT, GIFT], n, p=[0.85, 0.12, 0.03])
            )
            parts.append(
                Batch(
                    actor=user,
                    content=np.full(n, content),
                    creator=np.full(n, world.content.creator[content]),
                    kind=kind,
                    device=world.users.device[user],
                    ip=world.users.home[user] * 256 + world.users.host[user],
                    at=at.astype(np.int64),
                )
            )
        if parts:
            events = Batch.concat(parts)
            write_engagement(world, landing, rng, events.take(events.at < world.clock.end - SECOND))


PLANT = FanRoom
