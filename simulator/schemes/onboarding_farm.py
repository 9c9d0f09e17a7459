"""A row of shops or creators, opened for what newcomers are given.

Somebody opens a dozen accounts to sell them, or to collect what new sellers and creators get. A
script does it in an hour on one machine with one bank account. People on a rota do it over some
evenings, a few accounts per phone and from one flat. An organised group spreads it over weeks and
lines, yet the same few people must be paid in the end.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import MINUTE
from simulator.planting import STRENGTHS, daytime, pick_start
from simulator.trade import (
    Trades,
    inside,
    open_shops,
    same_building,
    sit_at,
    some_region,
    use_device,
)
from simulator.world import World


class OnboardingFarm(Trades):
    """KYC-03: many sellers or creators in few days behind few devices, lines and banks."""

    name = "onboarding_farm"
    detection = "KYC-03"
    scenario = 1
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Who is opened, and at what pace."""
        self.farms: list[tuple[str, Array, Array | None, Array | None]] = []
        for turn, strength in enumerate(STRENGTHS * self.count(world)):
            size = 4 + int(rng.gamma(2.0, 2.5))
            days = {"low": 1.0, "medium": rng.uniform(2, 7), "high": rng.uniform(8, 24)}[strength]
            start, region = pick_start(world, rng, days + 8), some_region(rng)
            if strength == "low":  # a script: the same pause each time, more or less
                pause = rng.uniform(4, 40) * MINUTE
                at = start + np.cumsum(pause * rng.normal(1, 0.12, size).clip(0.5)).astype(np.int64)
            else:
                at = np.sort(daytime(rng, world, region, start, days, size))
            number = world.truth.open(self, strength, start, region, rng)
            if turn % 2 == 0:
                owners, shops = open_shops(world, rng, region, at, 0.15, 0.0, 0.005)
                world.truth.add(number, "seller", shops)
                self.shops.append((number, shops))
                self.farms.append((strength, owners, shops, None))
            else:
                at = inside(world, at)
                born = at - (rng.uniform(0.5, 3.0, size) * 20 * MINUTE).astype(np.int64)
                owners = world.add_users(size, np.full(size, region), born, rng)
                creators = world.add_creators(owners, np.full(size, region), at, rng)
                world.truth.add(number, "creator", creators)
                self.farms.append((strength, owners, None, creators))
            world.truth.add(number, "user", owners)

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Deal out devices, lines and bank accounts."""
        users = world.users
        for strength, owners, shops, creators in self.farms:
            n = len(owners)
            devices = {"low": 1, "medium": -(-n // 3), "high": -(-n * 2 // 3)}[strength]
            hand = rng.integers(0, devices, n)
            use_device(world, owners, users.device[owners[hand]])
            if strength != "high":
                line = int(users.home[owners[0]])
                sit_at(world, owners, line, int(rng.integers(2, 250)) if strength == "low" else
                       rng.integers(2, 250, n))  # fmt: skip
            else:
                same_building(world, users.address[owners], int(users.address[owners[0]]), rng)
            banks = {"low": 1, "medium": 2, "high": -(-n // 3)}[strength]
            hand = np.arange(n) % banks
            party = (world.sellers, shops) if shops is not None else (world.creators, creators)
            party[0].account[party[1]] = party[0].account[party[1][hand]]


PLANT = OnboardingFarm
