"""Commission on one's own shopping.

A creator's link pays a share of what is bought through it, and nothing says by whom. The naive
click it themselves, on the phone they film with. The next keep a second account at home, on the
same line and card. The careful let the family buy on their own phones and pay back, among many
sales to real viewers; now and then the link is still opened on the creator's device.
"""

from __future__ import annotations

import numpy as np

from simulator.affiliates import link, paying_content
from simulator.batch import NA, Batch
from simulator.clock import DAY, SECOND
from simulator.crews import one_flat, one_line, register, share_cards, share_devices
from simulator.planting import STRENGTHS, daytime, pick_start
from simulator.regions import to_usd
from simulator.trade import Trades
from simulator.world import World


class SelfPurchase(Trades):
    """INC-02: commissioned orders of the creator's own accounts."""

    name = "self_purchase"
    detection = "INC-02"
    scenario = 7
    names = ("device",)
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the creators, their second accounts and the weeks."""
        self.cases: list[tuple[str, int, int, float, np.ndarray, np.ndarray]] = []
        for strength in STRENGTHS * self.count(world):
            days = float(rng.uniform(15, 60))
            start = pick_start(world, rng, days + 10)
            shown = paying_content(world, start, 0.85)
            if not len(shown):
                continue
            creator = int(world.content.creator[rng.choice(shown)])
            world.engaged.add(creator)
            mine = shown[world.content.creator[shown] == creator]
            user = int(world.creators.user[creator])
            region = int(world.users.region[user])
            count = {"low": 0, "medium": 1 + int(rng.poisson(0.8)), "high": 2 + int(rng.poisson(2))}
            second = register(world, rng, count[strength], region, start, 60.0)
            people = np.append(user, second)
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "creator", np.array([creator]))
            world.truth.add(number, "user", people)
            self.cases.append((strength, number, start, days, people, mine))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Second accounts at home, and what they buy."""
        users = world.users
        for strength, number, start, days, people, mine in self.cases:
            own, second = int(people[0]), people[1:]
            region = int(users.region[own])
            if len(second):
                if strength == "medium":
                    share_devices(world, people, len(people))
                share_cards(world, people, len(people) if strength == "medium" else 2)
                one_line(world, people)
                one_flat(world, people, rng, 8)
            buyers = people if strength == "low" or not len(second) else second
            n = 4 + int(rng.gamma(2.0, 4.0))
            who = buyers[rng.integers(0, len(buyers), n)]
            shown = rng.choice(mine, n)
            since = np.maximum(start, users.created_at[who])
            at = np.maximum(daytime(rng, world, region, start, days, n), since + 600 * SECOND)
            at = np.minimum(at, world.clock.end - DAY)
            lazy = {"low": 1.0, "medium": 0.8, "high": 0.2}[strength]
            click = np.where(rng.random(n) < lazy, users.device[own], users.device[who])
            quick = rng.lognormal(1.6, 0.9, n) * SECOND
            hurry = rng.random(n) < {"low": 0.8, "medium": 0.5, "high": 0.1}[strength]
            self.trade(
                number, who, at, world.content.sku[shown], items=1, pay=1, keep=1,
                returned=(rng.random(n) < 0.15), disputed=0, device=users.device[who],
                address=users.address[who], click_device=click,
                click_lag=np.where(hurry, quick, NA), **link(world, shown),
            )  # fmt: skip

    def stakes(
        self, world: World, plan: Batch, items: Batch, refunds: Batch, disputes: Batch
    ) -> np.ndarray:
        """The commission."""
        paid = np.zeros(len(plan), dtype=np.int64)
        np.add.at(paid, items.order, items.affiliate)
        return to_usd(paid, plan.region)


PLANT = SelfPurchase
