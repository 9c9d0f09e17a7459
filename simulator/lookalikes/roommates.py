"""Students who move in together and all sign up in the same week."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, HOUR
from simulator.crews import goods_at, one_flat, one_line, register
from simulator.economy.items import NEW_USER
from simulator.planting import daytime, pick_start
from simulator.trade import Trades, inside, some_region
from simulator.world import World


class Roommates(Trades):
    """One door and one router; own phones, own cards, own mailboxes, and they stay."""

    name = "roommates"
    detection = "INC-01"
    scenario = 7
    benign = True
    names = ("device",)
    per_20k_users = 6.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the flats."""
        self.flats: list[tuple[int, int, np.ndarray]] = []
        for _ in range(self.count(world)):
            start, region = pick_start(world, rng, 16), some_region(rng)
            count = int(rng.integers(3, 6))
            people = register(world, rng, count, region, start + 8 * DAY, 8.0, activity=1.2)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", people)
            self.flats.append((number, start, people))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Their home, first and later orders."""
        users = world.users
        for number, start, people in self.flats:
            one_flat(world, people, rng)
            one_line(world, people)
            n, region = len(people), int(users.region[people[0]])
            shelf = goods_at(world, region, start, 16, 60)
            if not len(shelf):
                continue
            at = inside(
                world, users.created_at[people] + (rng.gamma(1.5, 20, n) * HOUR).astype(int)
            )
            address = users.address[people]
            self.trade(
                number, people, at, rng.choice(shelf, n), items=1, promo=NEW_USER, address=address
            )
            later = inside(world, daytime(rng, world, region, start + 12 * DAY, 40, n))
            self.trade(number, people, later, rng.choice(shelf, n), address=address)


PLANT = Roommates
