"""The last stretch: a creator short of the next tier goes live every evening, and people buy."""

from __future__ import annotations

import numpy as np

from simulator.affiliates import link, paying_content, stop_at_goal
from simulator.batch import Batch
from simulator.clock import DAY
from simulator.economy.incentives import TIERS_USD, award_periods
from simulator.planting import daytime, old_users
from simulator.regions import to_usd
from simulator.trade import Trades
from simulator.world import World


class GoalGradient(Trades):
    """Just above the tier by honest effort: strangers who keep what they bought."""

    name = "goal_gradient"
    detection = "INC-04"
    scenario = 7
    benign = True
    per_20k_users = 6.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw creator, period and viewers."""
        self.goals: list[tuple[int, int, int, float]] = []
        ends = [end for start, end in award_periods(world)
                if start >= world.clock.start and end < world.clock.end - 4 * DAY]  # fmt: skip
        for _ in range(self.count(world) if ends else 0):
            end = int(rng.choice(ends))
            tier = float(TIERS_USD[rng.choice([1, 2, 3], p=[0.3, 0.5, 0.2])])
            shown = paying_content(world, end - 10 * DAY, 0.8)
            sku = world.content.sku[shown]
            usd = to_usd(world.products.price[sku], world.products.region[sku])
            shown = shown[(usd < tier * 0.08) & (usd > tier * 0.01)]
            if not len(shown):
                continue
            film = int(rng.choice(shown))
            creator, sku = int(world.content.creator[film]), int(world.content.sku[film])
            world.engaged.add(creator)
            region = int(world.creators.region[creator])
            price = float(to_usd(world.products.price[[sku]], np.array([region]))[0])
            goal = tier * float(rng.uniform(1.0, 1.06))
            people = old_users(world, rng, int(np.ceil(goal / price)), end - 9 * DAY, region)
            n = len(people)
            days = np.ceil(7 * (1 - rng.random(n) ** 1.5)).astype(np.int64)  # ever more at the end
            at = daytime(rng, world, region, end - 7 * DAY, 1, n) + (7 - days) * DAY
            number = world.truth.open(self, "", end - 7 * DAY, region, rng)
            world.truth.add(number, "creator", np.array([creator]))
            world.contests.append((number, creator, end))
            self.goals.append((number, creator, end, goal))
            self.trade(
                number, people, np.minimum(at, end - DAY // 24), np.full(n, sku), items=1,
                quantity=1, plain=1, keep=1, pay=1, **link(world, np.full(n, film)),
            )  # fmt: skip

    def shape(self, world: World, rng: np.random.Generator, plan: Batch) -> None:
        """The effort ends when the tier is reached."""
        surplus = np.zeros(len(plan), dtype=bool)
        for number, creator, end, goal in self.goals:
            surplus |= stop_at_goal(world, plan, number, creator, end, goal)
        plan.__dict__.update(plan.take(~surplus).__dict__)


PLANT = GoalGradient
