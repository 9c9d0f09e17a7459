"""Buying a limited article many times over.

A flash sale or a restock sells at less than the street price, and a shop allows one or two a head.
Whoever wants twenty needs ten heads. The lazy register them on one phone the evening before, with
one card and one door. The next use a few old phones and cards and write the address differently
each time. The careful use the accounts of relatives and bought ones, aged for weeks, on devices
of their own, and share only the door and some of the cards.
"""

from __future__ import annotations

import numpy as np

from simulator.clock import HOUR, MINUTE, SECOND
from simulator.crews import one_flat, one_line, pick_drops, register, share_cards, share_devices
from simulator.planting import STRENGTHS
from simulator.trade import Trades
from simulator.world import World


class QuotaBreach(Trades):
    """RSL-01: one person's accounts buy the limit of one article each."""

    name = "quota_breach"
    detection = "RSL-01"
    scenario = 4
    names = ("device",)
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the date, the accounts and their age."""
        self.crews: list[tuple[str, int, int, np.ndarray]] = []
        for strength in STRENGTHS * self.count(world):
            dates = pick_drops(world, rng, 1, None if rng.random() < 0.3 else True, 1.5)
            if not dates:
                continue
            drop = world.drops[dates[0]]
            region = int(world.products.region[drop.sku])
            count = 4 + int(rng.gamma(2.0, 3.0))
            age = {"low": 1.0, "medium": rng.uniform(2, 12), "high": rng.uniform(20, 90)}[strength]
            people = register(world, rng, count, region, drop.start, age)
            number = world.truth.open(self, strength, drop.start, region, rng)
            world.truth.add(number, "user", people)
            world.truth.add(number, "sku", np.array([drop.sku]))
            self.crews.append((strength, number, dates[0], people))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """What they share, and one purchase each (some come back for another)."""
        for strength, number, drop_no, people in self.crews:
            drop, n = world.drops[drop_no], len(people)
            share_devices(world, people, {"low": n, "medium": 3, "high": 1}[strength])
            share_cards(world, people, {"low": n, "medium": 4, "high": 2}[strength])
            one_flat(world, people, rng, {"low": 2, "medium": 12, "high": 24}[strength])
            if strength != "high" or rng.random() < 0.5:
                one_line(world, people)
            wait = {"low": 2 * MINUTE, "medium": 20 * MINUTE, "high": 3 * HOUR}[strength]
            at = drop.start + 15 * SECOND + np.cumsum(rng.gamma(1.3, wait / n, n)).astype(np.int64)
            at = np.minimum(at, max(drop.end, drop.start + 10 * MINUTE) - SECOND)
            again = np.flatnonzero(rng.random(n) < 0.2)
            buyer = np.concatenate([people, people[again]])
            at = np.concatenate([at, at[again] + rng.integers(30, 90, len(again)) * SECOND])
            look = (8 + rng.gamma(2.0, 12.0, len(buyer))) * SECOND
            self.trade(
                number, buyer, at, np.full(len(buyer), drop.sku), items=1, quantity=drop.limit,
                pay=1, keep=1, returned=0, disputed=0, view_lag=look,
                device=world.users.device[buyer], address=world.users.address[buyer],
            )  # fmt: skip


PLANT = QuotaBreach
