"""Engagement from rented machines.

A farm runs hundreds of aged accounts on whatever is cheap. The crude run emulators on rented
servers, twenty accounts each. The next put half of the traffic through lines of real homes and
fewer accounts on a machine. The careful own real phones, three or four accounts each, and only what
overflows goes through servers. The accounts were made long ago, elsewhere, each on a phone of its
own, and the films play to the end: this is not about a burst, it goes on for days.
"""

from __future__ import annotations

import numpy as np

from simulator.audience import acts, crowd_size, films_of, hired, hold, pick_film, write_acts
from simulator.batch import Array
from simulator.clock import DAY, HOUR
from simulator.economy.traffic import FOLLOW, LIKE, SHARE, VIEW
from simulator.landing import Landing
from simulator.planting import STRENGTHS, Plant
from simulator.world import HOSTING, ISP, World


class PhoneFarm(Plant):
    """TRF-04: hosting networks, emulators, many accounts on a device."""

    name = "phone_farm"
    detection = "TRF-04"
    scenario = 6
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The customer, the machines, the accounts."""
        self.farms: list[tuple[str, int, int, float, Array, Array, Array, Array, int]] = []
        for strength in STRENGTHS * self.count(world):
            days = float(rng.uniform(1.0, 2.6))
            film = pick_film(world, rng, days + 2, quiet=0.85)
            if film < 0:
                continue
            region = int(world.content.region[film])
            start = int(world.content.published_at[film]) + int(rng.uniform(0.2, 8) * HOUR)
            each, emulated, served = {
                "low": (rng.uniform(14, 26), 0.9, 0.95),
                "medium": (rng.uniform(6, 11), 0.4, 0.5),
                "high": (rng.uniform(3, 5), 0.06, 0.15),
            }[strength]
            accounts = hired(world, rng, crowd_size(world, rng, 60, 120), region, start, 300.0)
            boxes = max(2, round(len(accounts) / each))
            seen = np.full(boxes, start) - (rng.uniform(1, 90, boxes) * DAY).astype(np.int64)
            machines = world.add_devices(seen, rng, emulator=emulated)
            servers = rng.choice(world.prefixes_of(HOSTING, region), int(rng.integers(1, 4)))
            homes = rng.choice(world.prefixes_of(ISP, region), 12)
            lines = np.where(
                rng.random(boxes) < served, rng.choice(servers, boxes), rng.choice(homes, boxes)
            )
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "user", accounts)
            world.truth.add(number, "device", machines)
            world.truth.add(number, "creator", world.content.creator[[film]])
            world.truth.add(number, "content", np.array([film]))
            world.truth.add(number, "ip_prefix", world.prefix_names(lines))
            volume = int(rng.uniform(650, 1300) * days**0.5)
            self.farms.append(
                (strength, film, start, days, accounts, machines, lines, servers, volume)
            )

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """Most of it on the film that was paid for, the rest on others of the same creator."""
        parts = []
        for strength, film, start, days, accounts, machines, lines, servers, n in self.farms:
            box = rng.permutation(len(accounts)) % len(machines)
            turn = rng.integers(0, len(accounts), n)
            others = films_of(world, world.content.creator[[film]], start)
            what = np.full(n, film)
            if len(others):
                what = np.where(rng.random(n) < 0.85, film, rng.choice(others, n))
            at = start + (rng.random(n) * days * DAY).astype(np.int64)
            kind = rng.choice([VIEW, LIKE, SHARE, FOLLOW], n, p=[0.62, 0.3, 0.05, 0.03])
            line = lines[box[turn]]
            if strength == "high":  # what overflows
                line = np.where(rng.random(n) < 0.2, rng.choice(servers, n), line)
            ip = line * 256 + 2 + box[turn] % 250
            full = hold(world, rng, rng.beta(9, 1.5, n), what)
            parts.append(acts(world, accounts[turn], what, kind, at, machines[box[turn]], ip, full))
        write_acts(world, landing, rng, parts)


PLANT = PhoneFarm
