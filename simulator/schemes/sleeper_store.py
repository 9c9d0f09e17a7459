"""A shop that slept, bought for its age.

Forums sell abandoned shops: an old registration and a few good reviews. The buyer logs in from
another machine, changes the password, points the money elsewhere and fills the shelf with what
sells by itself, far below the price. The crude do it in an afternoon, in another trade altogether.
Others take a week. The best stay near the old trade and the going price, and change the bank last.
"""

from __future__ import annotations

import numpy as np

from simulator import people
from simulator.batch import Array
from simulator.clock import DAY, HOUR
from simulator.economy.demand import SHIP_NORMAL, SHIP_SILENT, write_sessions
from simulator.economy.onboarding import accounts, changes
from simulator.landing import Landing
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.trade import Trades, inside, log_in, open_shops, some_region
from simulator.world import ELECTRONICS, World


class SleeperStore(Trades):
    """KYC-06: new device, new bank, new cheap shelf after months of silence."""

    name = "sleeper_store"
    detection = "KYC-06"
    scenario = 1
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Old shops, how long they slept, and how they wake."""
        self.waking: list[tuple[str, int, int, Array, Array, Array, float, int]] = []
        for strength in STRENGTHS * self.count(world):
            start, region = pick_start(world, rng, 18, lead=3.0), some_region(rng)
            slept = int((60 + rng.gamma(2.0, 55.0)) * DAY)
            opened = start - slept - int(rng.uniform(60, 200) * DAY)
            category = int(rng.integers(0, 7))
            owner, shop = open_shops(
                world, rng, region, np.array([opened]), 0.0, 0.0, category=category
            )
            days, share, count = {
                "low": (1.0, rng.uniform(0.25, 0.5), int(rng.integers(15, 50))),
                "medium": (4.0, rng.uniform(0.35, 0.6), int(rng.integers(10, 30))),
                "high": (12.0, rng.uniform(0.55, 0.85), int(rng.integers(5, 16))),
            }[strength]
            listed = inside(world, start + HOUR + (rng.random(count) * days * DAY).astype(np.int64))
            kind = category if strength == "high" else ELECTRONICS
            skus = world.add_listings(
                np.full(count, shop[0]), np.full(count, region), np.full(count, kind), listed, rng,
                price=share,
            )  # fmt: skip
            device = world.add_devices(np.array([start - HOUR]), rng)
            bank_at = inside(world, start + int(rng.uniform(0.02, 1.0) * days * DAY))
            world.note(
                "accounts",
                accounts(
                    1,
                    owner=shop,
                    region=region,
                    account=10_000_000 + world.ids.take("bank account", 1),
                    holder=rng.integers(0, people.NAMES, 1),
                    added_at=bank_at,
                    device=device,
                ),
            )
            fields = [0, 1] if strength != "high" else [0]
            world.note(
                "changes",
                changes(len(fields), owner=owner[0], field=fields, at=start + HOUR // 2,
                        device=device[0]),
            )  # fmt: skip
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            self.waking.append((strength, number, start, owner, shop, skus, days, int(device[0])))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """A few customers long ago, and those whom the prices bring."""
        for strength, number, start, _, shop, skus, days, _ in self.waking:
            region = int(world.sellers.region[shop[0]])
            since = int(world.sellers.onboarded_at[shop[0]])
            early = old_users(world, rng, int(rng.integers(2, 9)), since, region)
            old = int(world.sellers.first_product[shop[0]])
            spread = (rng.random(len(early)) * 40 * DAY).astype(np.int64)
            self.trade(-1, early, since + DAY + spread, np.full(len(early), old))
            crowd = old_users(world, rng, int(12 + rng.gamma(2.0, 14.0)), start, region)
            at = daytime(rng, world, region, start + HOUR, days + 6, len(crowd))
            never = {"low": 0.95, "medium": 0.8, "high": 0.5}[strength]
            ship = np.where(rng.random(len(crowd)) < never, SHIP_SILENT, SHIP_NORMAL)
            self.trade(number, crowd, at, rng.choice(skus, len(crowd)), ship=ship)

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """The new hands log in."""
        for strength, _, start, owner, _, _, days, device in self.waking:
            n = int(rng.integers(3, 10))
            at = np.sort(inside(world, start + (rng.random(n) * days * DAY).astype(np.int64)))
            at[0] = start
            region = int(world.users.region[owner[0]])
            line = int(rng.choice(world.prefixes_of(3 if strength == "low" else 0, region)))
            ip = np.full(n, line * 256 + int(rng.integers(2, 250)))
            rows = log_in(world, np.repeat(owner, n), at, np.full(n, device), ip, rng)
            write_sessions(world, landing, rows)


PLANT = SleeperStore
