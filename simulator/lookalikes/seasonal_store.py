"""A shop that opens for the season: months of silence, then a full shelf at the usual price."""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY, HOUR
from simulator.economy.demand import write_sessions
from simulator.landing import Landing
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades, inside, log_in, open_shops, some_region
from simulator.world import World


class SeasonalStore(Trades):
    """New phone since last year, new goods, the same bank."""

    name = "seasonal_store"
    detection = "KYC-06"
    scenario = 1
    benign = True
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The season before, and this one."""
        self.seasons: list[tuple[int, int, Array, Array, Array, Array]] = []
        for _ in range(self.count(world)):
            start, region = pick_start(world, rng, 20, lead=3.0), some_region(rng)
            last = start - int(rng.uniform(200, 330) * DAY)
            owner, shop = open_shops(world, rng, region, np.array([last - 20 * DAY]), 0.0, 0.0)
            n = int(rng.integers(6, 26))
            category = np.full(n, int(rng.integers(0, 7)))
            listed = inside(world, start + (rng.random(n) * 5 * DAY).astype(np.int64))
            skus = world.add_listings(
                np.repeat(shop, n),
                np.full(n, region),
                category,
                listed,
                rng,
                price=float(rng.uniform(0.85, 1.1)),
            )
            phone = world.add_devices(np.array([start - 3 * HOUR]), rng)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            self.seasons.append((number, start, owner, shop, skus, phone))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Last year's customers, and this year's."""
        for number, start, _, shop, skus, _ in self.seasons:
            region, since = (
                int(world.sellers.region[shop[0]]),
                int(world.sellers.onboarded_at[shop[0]]),
            )
            early = old_users(world, rng, int(rng.integers(5, 20)), since, region)
            first = int(world.sellers.first_product[shop[0]])
            at = since + DAY + (rng.random(len(early)) * 30 * DAY).astype(np.int64)
            self.trade(-1, early, at, np.full(len(early), first))
            crowd = old_users(world, rng, int(10 + rng.gamma(2.0, 12.0)), start, region)
            at = daytime(rng, world, region, start + DAY, 15, len(crowd))
            self.trade(number, crowd, at, rng.choice(skus, len(crowd)))

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """The owner is back, from home."""
        for _, start, owner, _, _, phone in self.seasons:
            n = int(rng.integers(4, 14))
            at = np.sort(inside(world, start + (rng.random(n) * 15 * DAY).astype(np.int64)))
            ip = world.users.home[owner] * 256 + world.users.host[owner]
            rows = log_in(
                world, np.repeat(owner, n), at, np.repeat(phone, n), np.repeat(ip, n), rng
            )
            write_sessions(world, landing, rows)


PLANT = SeasonalStore
