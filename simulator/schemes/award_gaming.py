"""Just over the line, and back again.

A bonus is paid for what was bought through a creator in four weeks. Whoever is short in the last
days lets friends buy the rest and send it back once the bonus is granted. The crude make up the
whole sum on two phones in three days and return nearly everything. The next ask a dozen friends
over a fortnight. The careful spread it over the whole period, keep half of the goods and aim with
a margin.
"""

from __future__ import annotations

import numpy as np

from simulator.affiliates import link, paying_content, stop_at_goal
from simulator.batch import Batch
from simulator.clock import DAY
from simulator.crews import register, share_devices
from simulator.economy.incentives import TIERS_USD, award_periods
from simulator.planting import STRENGTHS, daytime, old_users
from simulator.regions import to_usd
from simulator.trade import Trades
from simulator.world import World


class AwardGaming(Trades):
    """INC-04: sales that reach a tier and are undone after it."""

    name = "award_gaming"
    detection = "INC-04"
    scenario = 7
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw period, creator, tier and friends; word gets round, so periods repeat."""
        self.cases: list[tuple[str, int, int, np.ndarray, np.ndarray, float]] = []
        ends = [
            end
            for start, end in award_periods(world)
            if start >= world.clock.start and end < world.clock.end - 16 * DAY
        ]
        favourite = int(rng.choice(ends)) if ends else 0
        for strength in STRENGTHS * self.count(world):
            if not ends:
                continue
            end = favourite if rng.random() < 0.5 else int(rng.choice(ends))
            tier = float(TIERS_USD[rng.choice([1, 2, 3], p=[0.2, 0.6, 0.2])])
            shown = paying_content(world, end - 27 * DAY, 0.5)
            sku = world.content.sku[shown]
            usd = to_usd(world.products.price[sku], world.products.region[sku])
            shown = shown[(usd < tier * 0.06) & (usd > tier * 0.012)]
            if not len(shown):
                continue
            creator = int(world.content.creator[rng.choice(shown)])
            world.engaged.add(creator)
            mine = shown[world.content.creator[shown] == creator]
            region = int(world.creators.region[creator])
            count = {"low": 2 + int(rng.poisson(1)), "medium": 6 + int(rng.poisson(4)),
                     "high": 10 + int(rng.poisson(6))}[strength]  # fmt: skip
            if strength == "low":
                people = register(world, rng, count, region, end - 4 * DAY, 30.0)
            else:
                people = old_users(world, rng, count, end - 28 * DAY, region)
            number = world.truth.open(self, strength, end - 4 * DAY, region, rng)
            world.truth.add(number, "creator", np.array([creator]))
            world.truth.add(number, "user", np.append(world.creators.user[creator], people))
            world.contests.append((number, creator, end))
            self.cases.append((strength, number, end, people, mine, tier))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Orders that would add up to the tier and a little more on their own."""
        self.goals: list[tuple[int, int, int, float]] = []
        products = world.products
        for strength, number, end, people, mine, tier in self.cases:
            region = int(world.users.region[people[0]])
            if strength == "low":
                share_devices(world, people, 2)
            shown = int(rng.choice(mine))
            sku = int(world.content.sku[shown])
            over = {"low": rng.uniform(1.0, 1.03), "medium": rng.uniform(1.0, 1.05),
                    "high": rng.uniform(1.02, 1.25)}[strength]  # fmt: skip
            self.goals.append((number, int(world.content.creator[shown]), end, tier * over))
            price = to_usd(products.price[[sku]], products.region[[sku]])[0]
            units = int(np.ceil(tier * over / price))
            most = 1 if products.limit[sku] >= 0 else 3
            quantity = np.minimum(rng.integers(1, most + 1, units), most)
            quantity = quantity[: int(np.searchsorted(np.cumsum(quantity), units)) + 1]
            quantity[-1] -= int(quantity.sum()) - units
            n = len(quantity)
            days = {"low": 3, "medium": 12, "high": 26}[strength]
            at = daytime(rng, world, region, end - days * DAY, days, n)
            at = np.minimum(at, end - DAY // 12)
            share = {"low": rng.beta(20, 2), "medium": rng.beta(12, 4), "high": rng.beta(8, 8)}
            lag = rng.gamma(4.0, 1.2, n) * DAY + np.maximum(end + DAY - at - 5 * DAY, 0)
            self.trade(
                number, people[np.arange(n) % len(people)], at, np.full(n, sku), items=1,
                quantity=quantity, plain=1, pay=1, keep=1,
                returned=(rng.random(n) < share[strength]),
                reason=0, inspection=0, return_lag=np.minimum(lag, 28 * DAY), disputed=0,
                **link(world, np.full(n, shown)),
            )  # fmt: skip

    def shape(self, world: World, rng: np.random.Generator, plan: Batch) -> None:
        """They watch the creator's real sales and stop buying once the sum is reached."""
        surplus = np.zeros(len(plan), dtype=bool)
        for number, creator, end, goal in self.goals:
            surplus |= stop_at_goal(world, plan, number, creator, end, goal)
        plan.__dict__.update(plan.take(~surplus).__dict__)

    def stakes(
        self, world: World, plan: Batch, items: Batch, refunds: Batch, disputes: Batch
    ) -> np.ndarray:
        """Nothing by order: the award is added where it is granted."""
        return np.zeros(len(plan))


PLANT = AwardGaming
