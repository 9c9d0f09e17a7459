""" "I do not know this purchase", says who made it.

The goods came, the card is the same as always, and so are the phone and the door; the bank asks few
questions. The bold dispute one purchase after the other within weeks. Others take the dear ones
and leave the rest. The best do it once or twice, late, after a year as a good customer.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY
from simulator.crews import dear_goods
from simulator.economy.disputes import FRAUD
from simulator.economy.fulfilment import GPS, OTP, PHOTO, SIGNATURE
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.regions import to_usd
from simulator.trade import Trades
from simulator.world import World


class FirstPartyMisuse(Trades):
    """TXN-06: disputed as fraud by the hand that bought, as it bought before."""

    name = "first_party_misuse"
    detection = "TXN-06"
    scenario = 0
    names = ("order", "payment", "dispute")
    per_20k_users = 8.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw people, a year of ordinary purchases, and what they disown."""
        users = world.users
        for strength in STRENGTHS * self.count(world):
            lag = {"low": 8.0, "medium": 14.0, "high": 20.0}[strength]
            days = {"low": 20.0, "medium": 25.0, "high": 12.0}[strength]
            start = pick_start(world, rng, days + 2.2 * lag)
            user = int(old_users(world, rng, 1, start - 340 * DAY)[0])
            region = int(users.region[user])
            usual = dear_goods(world, region, start - 340 * DAY, 12, 120)
            dear = dear_goods(world, region, start, 60 if strength == "low" else 90, 700)
            if not len(usual) or not len(dear):
                continue
            same = {
                "device": users.device[user], "address": users.address[user],
                "ip": users.home[user] * 256 + users.host[user], "method": 0, "items": 1,
                "pay": 1, "keep": 1, "returned": 0,
            }  # fmt: skip
            before = int(rng.integers(4, 10))
            self.trade(
                -1, np.full(before, user),
                daytime(rng, world, region, start - 330 * DAY, 300, before),
                rng.choice(usual, before), disputed=0, **same,
            )  # fmt: skip
            n = {"low": 3 + int(rng.gamma(2, 1)), "medium": 2 + int(rng.integers(0, 3))}.get(
                strength, 1 + int(rng.integers(0, 2))
            )
            at = np.sort(daytime(rng, world, region, start, days, n))
            found = int(at[-1]) + int(lag * DAY)
            number = world.truth.open(self, strength, found, region, rng)
            world.truth.add(number, "user", np.array([user]))
            self.trade(
                number, np.full(n, user), at, rng.choice(dear, n), disputed=1,
                dispute_group=FRAUD, dispute_lag=lag * rng.uniform(0.7, 1.6, n) * DAY,
                proof=rng.choice([PHOTO, SIGNATURE, OTP, GPS], n, p=[0.2, 0.3, 0.3, 0.2]), **same,
            )  # fmt: skip

    def stakes(
        self, world: World, plan: Batch, items: Batch, refunds: Batch, disputes: Batch
    ) -> np.ndarray:
        """What is disputed."""
        back = np.zeros(len(plan), dtype=np.int64)
        np.add.at(back, disputes.order, disputes.amount)
        return to_usd(back, plan.region)


PLANT = FirstPartyMisuse
