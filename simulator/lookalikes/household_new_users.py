"""A couple that discovers the marketplace: two new accounts, two welcome coupons, one sofa."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, HOUR
from simulator.crews import goods_at, one_flat, one_line, register, share_cards, share_devices
from simulator.economy.items import NEW_USER
from simulator.planting import daytime, pick_start
from simulator.trade import Trades, inside, some_region
from simulator.world import World


class HouseholdNewUsers(Trades):
    """They share everything but the mailbox, and stay as customers."""

    name = "household_new_users"
    detection = "INC-01"
    scenario = 7
    benign = True
    names = ("device",)
    per_20k_users = 10.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the couples."""
        self.couples: list[tuple[int, int, np.ndarray]] = []
        for _ in range(self.count(world)):
            start, region = pick_start(world, rng, 12), some_region(rng)
            people = register(world, rng, 2, region, start + 6 * DAY, 6.0, activity=1.0)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", people)
            self.couples.append((number, start, people))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """One home, half of them one tablet and one card."""
        users = world.users
        for number, start, people in self.couples:
            one_flat(world, people, rng)
            one_line(world, people)
            if rng.random() < 0.5:
                share_devices(world, people, 2)
                share_cards(world, people, 2)
            region = int(users.region[people[0]])
            shelf = goods_at(world, region, start, 16, 60)
            if not len(shelf):
                continue
            at = inside(world, users.created_at[people] + (rng.gamma(1.5, 8, 2) * HOUR).astype(int))
            address = users.address[people]
            self.trade(
                number, people, at, rng.choice(shelf, 2), items=1, promo=NEW_USER, address=address
            )
            later = inside(world, daytime(rng, world, region, start + 9 * DAY, 40, 2))
            self.trade(number, people, later, rng.choice(shelf, 2), address=address)


PLANT = HouseholdNewUsers
