"""Goods that come back once the commission is paid.

Commission is settled some days after delivery, and goods may be returned for a month. A ring that
knows both dates buys through its creator, waits for the money and sends everything back. The crude
return nearly all within two days of the settlement. The next vary the delay and keep a part. The
careful hide a few dozen such orders among the creator's real sales.
"""

from __future__ import annotations

import numpy as np

from simulator.affiliates import link, paying_content
from simulator.batch import Batch
from simulator.clock import DAY
from simulator.crews import register, share_devices
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.regions import to_usd
from simulator.trade import Trades
from simulator.world import CARD, World


class CommissionReturns(Trades):
    """INC-05: returns that wait for the settlement."""

    name = "commission_returns"
    detection = "INC-05"
    scenario = 7
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the creators, the buyers and the weeks."""
        self.cases: list[tuple[str, int, int, float, np.ndarray, np.ndarray]] = []
        for strength in STRENGTHS * self.count(world):
            days = {"low": rng.uniform(10, 25), "medium": rng.uniform(20, 40),
                    "high": rng.uniform(30, 60)}[strength]  # fmt: skip
            start = pick_start(world, rng, days + 30)
            quiet = {"low": 0.5, "medium": 0.7, "high": 0.95}[strength]
            shown = paying_content(world, start, quiet)
            if not len(shown):
                continue
            creator = int(world.content.creator[rng.choice(shown)])
            world.engaged.add(creator)
            mine = shown[world.content.creator[shown] == creator]
            region = int(world.creators.region[creator])
            count = 4 + int(rng.gamma(2.0, 3.0))
            if strength == "low":
                people = register(world, rng, count, region, start, 30.0)
            else:
                people = old_users(world, rng, count, start, region)
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "creator", np.array([creator]))
            world.truth.add(number, "user", np.append(world.creators.user[creator], people))
            self.cases.append((strength, number, start, days, people, mine))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Buy, wait, return."""
        for strength, number, start, days, people, mine in self.cases:
            if strength == "low":
                share_devices(world, people, 3)
            n = 14 + int(rng.gamma(2.0, 9.0))
            at = daytime(rng, world, int(world.users.region[people[0]]), start, days, n)
            shown = rng.choice(mine, n)
            share = {"low": rng.beta(18, 2), "medium": rng.beta(11, 4), "high": rng.beta(8, 6)}
            wait = {"low": rng.gamma(2.0, 0.7, n), "medium": rng.gamma(2.0, 2.2, n),
                    "high": rng.gamma(2.0, 3.5, n) - rng.integers(0, 2, n) * 5}  # fmt: skip
            lag = np.clip(10.2 + wait[strength], 0.5, 28.5) * DAY
            self.trade(
                number, people[rng.integers(0, len(people), n)], at, world.content.sku[shown],
                items=1, method=CARD, pay=1, keep=1, returned=(rng.random(n) < share[strength]),
                reason=rng.choice([0, 1], n, p=[0.8, 0.2]), inspection=0, return_lag=lag,
                disputed=0, **link(world, shown),
            )  # fmt: skip

    def stakes(
        self, world: World, plan: Batch, items: Batch, refunds: Batch, disputes: Batch
    ) -> np.ndarray:
        """The commission of what came back."""
        back = np.zeros(len(plan), dtype=bool)
        back[refunds.order] = True
        paid = np.zeros(len(plan), dtype=np.int64)
        np.add.at(paid, items.order, items.affiliate)
        return to_usd(paid * back, plan.region)


PLANT = CommissionReturns
