"""First weeks of term: a house full of new students, cards from home, and nothing to cook in."""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY, HOUR
from simulator.crews import dear_goods, register
from simulator.economy.demand import ISSUER_COUNTRIES
from simulator.planting import daytime, pick_start
from simulator.trade import Trades, same_building, sit_at, some_region
from simulator.world import World


class StudentArrivals(Trades):
    """New accounts, first uses of foreign cards, one street number; they stay and buy again."""

    name = "student_arrivals"
    detection = "TXN-03"
    scenario = 0
    benign = True
    names = ("device", "order", "payment", "address")
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw houses and who moves in."""
        self.houses: list[tuple[int, int, Array]] = []
        for _ in range(self.count(world)):
            start, region = pick_start(world, rng, 45), some_region(rng)
            people = register(world, rng, 10 + int(rng.gamma(2.0, 4.0)), region, start, 16, 1.5)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", people)
            self.houses.append((number, start, people))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """A room and a card each, one line for the house."""
        users = world.users
        for number, start, people in self.houses:
            region, n = int(users.region[people[0]]), len(people)
            same_building(world, users.address[people], int(users.address[people[0]]), rng)
            world.addresses.kind[users.address[people]] = 0
            users.address_b[people] = -1
            sit_at(world, people, int(users.home[people[0]]), rng.integers(2, 250, n))
            foreign = rng.random(n) < 0.5
            users.issuer[people] = np.where(foreign, rng.integers(0, ISSUER_COUNTRIES, n), region)
            shelf = dear_goods(world, region, start - 20 * DAY, 8, 90)
            if not len(shelf):
                continue
            # A pan and a lamp in the first days, then now and then what students need.
            again = np.repeat(np.arange(n), 1 + rng.poisson(1.5, n))
            first = np.append(True, again[1:] != again[:-1])
            soon = users.created_at[people][again] + HOUR
            soon = soon + (rng.gamma(1.2, 30, len(again)) * HOUR).astype(np.int64)
            later = daytime(rng, world, region, start + 2 * DAY, 40, len(again))
            self.trade(
                number, people[again], np.where(first, soon, later),
                rng.choice(shelf, len(again)), items=1, method=0,
                disputed=0, device=users.device[people][again],
            )  # fmt: skip


PLANT = StudentArrivals
