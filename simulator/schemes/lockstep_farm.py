"""A room of phones that works off lists.

Customers order likes and followers for films. The list goes to every account of the room, and each
works through it in the order in which it came. The crude do so within minutes, all of them, and
nothing else. Others let each account skip some of the list, take an hour or two and watch ordinary
films between. The careful work in shifts, spread a list over half a day, and let most accounts do a
third of it only.
"""

from __future__ import annotations

import numpy as np

from simulator.audience import acts, crowd_size, films_of, hired, hold, write_acts
from simulator.batch import Array, Batch
from simulator.clock import DAY, HOUR, MINUTE
from simulator.economy.demand import pick_content
from simulator.economy.traffic import COMMENT, FOLLOW, LIKE, SHARE, VIEW
from simulator.landing import Landing
from simulator.planting import STRENGTHS, Plant, pick_start
from simulator.trade import some_region
from simulator.world import World


class LockstepFarm(Plant):
    """TRF-01: many accounts, the same films, at the same times."""

    name = "lockstep_farm"
    detection = "TRF-01"
    scenario = 6
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The room, its customers, and what they ordered."""
        self.rooms: list[tuple[str, int, int, Array, Array, Array]] = []
        for strength in STRENGTHS * self.count(world):
            region = some_region(rng)
            days = float(rng.uniform(2, 7))
            start = pick_start(world, rng, days + 2)
            busy = np.unique(world.content.creator[world.content.published_at < start])
            local = busy[world.creators.region[busy] == region]
            paying = rng.choice(
                local if len(local) else busy, min(len(local) or 1, 6), replace=False
            )
            films = films_of(world, paying, start)
            room = hired(world, rng, crowd_size(world, rng, 20, 60), region, start, 90.0)
            count = min(int(rng.integers(10, 34)), len(films))
            films = rng.choice(films, count, replace=False)
            asked = np.sort(start + (rng.random(count) * days * DAY).astype(np.int64))
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "user", room)
            world.truth.add(number, "creator", np.unique(world.content.creator[films]))
            world.truth.add(number, "content", films)
            self.rooms.append((strength, number, region, room, films, asked))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """The phones stand in one room; cheap ones carry several accounts."""
        for strength, number, _, room, _, _ in self.rooms:
            users = world.users
            if strength != "high":
                users.nat[room] = users.nat[room[0]]
                users.home[room], users.host[room] = users.home[room[0]], users.host[room[0]]
            world.truth.add(number, "device", np.unique(users.device[room]))

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """The lists, and some ordinary watching between."""
        parts = []
        for strength, _, region, room, films, asked in self.rooms:
            share, spread, idle = {
                "low": (0.97, 12 * MINUTE, 0.0),
                "medium": (0.7, 80 * MINUTE, 0.5),
                "high": (0.33, 7 * HOUR, 1.5),
            }[strength]
            who, what = np.nonzero(rng.random((len(room), len(films))) < share)
            n = len(who)
            at = asked[what] + (rng.beta(1.5, 2.5, n) * spread).astype(np.int64)
            kind = rng.choice([LIKE, FOLLOW, SHARE, COMMENT], n, p=[0.6, 0.12, 0.13, 0.15])
            ip = world.users.nat[room] * 256 + rng.integers(1, 255, len(room))
            seen = hold(world, rng, rng.beta(2, 5, n), films[what])
            parts.append(acts(world, room[who], films[what], kind, at, ip=ip[who], watched=seen))
            parts.append(self._idle(world, rng, region, room, asked, int(n * idle)))
        write_acts(world, landing, rng, parts)

    def _idle(
        self, world: World, rng: np.random.Generator, region: int, room: Array, asked: Array, n: int
    ) -> Batch:
        span = int(asked[-1] - asked[0]) + DAY
        at = asked[0] - DAY // 2 + (rng.random(n) * span).astype(np.int64)
        film = pick_content(world, rng, np.full(n, region), at)
        fit = film >= 0
        return acts(world, rng.choice(room, n)[fit], film[fit], VIEW, at[fit])


PLANT = LockstepFarm
