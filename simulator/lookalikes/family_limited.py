"""A couple who both want the limited thing: two accounts, one door, one line, twice the limit."""

from __future__ import annotations

import numpy as np

from simulator.clock import MINUTE, SECOND
from simulator.crews import one_flat, one_line, pick_drops
from simulator.planting import old_users
from simulator.trade import Trades
from simulator.world import World


class FamilyLimited(Trades):
    """Each buys the limit, on a phone of their own."""

    name = "family_limited"
    detection = "RSL-01"
    scenario = 4
    benign = True
    names = ("device",)
    per_20k_users = 8.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw couples and dates."""
        self.couples: list[tuple[int, int, np.ndarray]] = []
        for _ in range(self.count(world)):
            for date in pick_drops(world, rng, 1, None, 1.0):
                drop = world.drops[date]
                region = int(world.products.region[drop.sku])
                people = old_users(world, rng, 2, drop.start, region)
                number = world.truth.open(self, "", drop.start, region, rng)
                world.truth.add(number, "user", people)
                world.truth.add(number, "sku", np.array([drop.sku]))
                self.couples.append((number, date, people))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """They live together and buy within minutes of each other."""
        for number, date, people in self.couples:
            drop, n = world.drops[date], len(people)
            one_flat(world, people, rng)
            one_line(world, people)
            at = drop.start + 25 * SECOND + (rng.gamma(1.5, 3, n) * MINUTE).astype(np.int64)
            self.trade(
                number, people, at, np.full(n, drop.sku), items=1, quantity=drop.limit, pay=1,
                keep=1, address=world.users.address[people],
            )  # fmt: skip


PLANT = FamilyLimited
