"""Everything at once, before the card is blocked.

An account that bought a small thing now and then, and then, within the hour, phones, shoes and
perfume from one shop after the other. It was grown or bought for that; a card or a credit line is
emptied that nobody is going to pay. The hasty order a dozen things as fast as the basket loads.
Others keep to what one basket could hold. The best use two accounts and come back the next day.
"""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, MINUTE
from simulator.crews import dear_goods, goods_of_shops, shop_by_shop
from simulator.economy.disputes import FRAUD
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.trade import Trades
from simulator.world import BNPL, CARD, World


class SpendingSpree(Trades):
    """TXN-04: far more in an hour than the account ever did, from several shops."""

    name = "spending_spree"
    detection = "TXN-04"
    scenario = 0
    names = ("device", "order", "payment")
    per_20k_users = 6.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the accounts and the hour."""
        for strength in STRENGTHS * self.count(world):
            start = pick_start(world, rng, 30)
            people = old_users(world, rng, 2 if strength == "high" else 1, start - 90 * DAY)
            region = int(world.users.region[people[0]])
            low, high = {"low": (120, 1500), "medium": (90, 900), "high": (70, 600)}[strength]
            loot = goods_of_shops(world, region, start, low, high, 4)
            small = dear_goods(world, region, start - 90 * DAY, 5, 30)
            if not len(loot) or not len(small):
                continue
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "user", people)
            grown = int(rng.integers(2, 6))
            self.trade(
                -1, rng.choice(people, grown),
                daytime(rng, world, region, start - 80 * DAY, 75, grown),
                rng.choice(small, grown), items=1, pay=1, returned=0, disputed=0,
            )  # fmt: skip
            method = int(rng.choice([CARD, CARD, BNPL]))
            for part, user in enumerate(people.tolist()):
                n, minutes = {
                    "low": (8 + int(rng.gamma(2.0, 2.0)), rng.uniform(12, 40)),
                    "medium": (6 + int(rng.integers(0, 4)), rng.uniform(25, 55)),
                    "high": (4 + int(rng.integers(0, 3)), rng.uniform(30, 58)),
                }[strength]
                begin = int(daytime(rng, world, region, start + part * DAY, 1, 1)[0])
                at = begin + np.sort((rng.random(n) * minutes * MINUTE).astype(np.int64))
                self.trade(
                    number, np.full(n, user), at, shop_by_shop(world, rng, loot, n), items=1,
                    quantity=rng.integers(1, 3, n), method=method, pay=1, keep=1, returned=0,
                    device=world.users.device[user], disputed=(rng.random(n) < 0.8),
                    dispute_group=FRAUD, dispute_lag=(8 + rng.gamma(2.0, 8.0, n)) * DAY,
                    browse=rng.uniform(0.5, 4, n) * MINUTE,
                )  # fmt: skip


PLANT = SpendingSpree
