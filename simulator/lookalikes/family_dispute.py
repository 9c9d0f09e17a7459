"""The child's order on the father's card: the bank is told of a fraud, and there was none."""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY
from simulator.crews import dear_goods, one_flat, one_line, share_cards
from simulator.economy.disputes import FRAUD, WITHDRAWN
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades
from simulator.world import World


class FamilyDispute(Trades):
    """Two accounts, one card, one door; one purchase not recognised, and mostly taken back."""

    name = "family_dispute"
    detection = "TXN-06"
    scenario = 0
    benign = True
    names = ("order", "payment", "dispute")
    per_20k_users = 6.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw families."""
        self.homes: list[tuple[int, int, Array]] = []
        for _ in range(self.count(world)):
            start = pick_start(world, rng, 40)
            people = old_users(world, rng, 2, start - 240 * DAY)
            if len(people) < 2:
                continue
            number = world.truth.open(self, "", start, int(world.users.region[people[0]]), rng)
            world.truth.add(number, "user", people)
            self.homes.append((number, start, people))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """They share what they share; the child buys a game or a pair of shoes."""
        users = world.users
        for number, start, people in self.homes:
            one_flat(world, people, rng)
            one_line(world, people)
            share_cards(world, people, 2)
            region = int(users.region[people[0]])
            shelf = dear_goods(world, region, start - 240 * DAY, 10, 120)
            if not len(shelf):
                continue
            n = int(rng.integers(4, 12))
            self.trade(
                -1, np.full(n, people[0]), daytime(rng, world, region, start - 230 * DAY, 225, n),
                rng.choice(shelf, n), items=1, method=0, pay=1, disputed=0,
            )  # fmt: skip
            m = int(rng.integers(1, 3))
            self.trade(
                number, np.full(m, people[1]), daytime(rng, world, region, start, 10, m),
                rng.choice(shelf, m), items=1, method=0, pay=1, keep=1, returned=0,
                device=users.device[people[1]], address=users.address[people[1]], disputed=1,
                dispute_group=FRAUD, dispute_path=rng.choice([WITHDRAWN, 0], m, p=[0.8, 0.2]),
                dispute_lag=rng.uniform(6, 25, m) * DAY,
            )  # fmt: skip


PLANT = FamilyDispute
