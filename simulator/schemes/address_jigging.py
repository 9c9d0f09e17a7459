"""One door under many names.

A shop that counts by address sees as many homes as there are ways to write one. The crude add flat
numbers and shorten the street; the next write it in capitals, with commas and house numbers the
other way; the best add what a courier ignores: a floor, a rear house, stray letters. The accounts
need cards and phones too, and these run out: each serves several.
"""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, MINUTE, SECOND
from simulator.crews import one_flat, one_line, pick_drops, register, share_cards, share_devices
from simulator.planting import STRENGTHS, daytime
from simulator.trade import Trades
from simulator.world import World


class AddressJigging(Trades):
    """RSL-03: many spellings of one street, one restricted article."""

    name = "address_jigging"
    detection = "RSL-03"
    scenario = 4
    names = ("device",)
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the article, the accounts and the weeks."""
        self.doors: list[tuple[str, int, int, np.ndarray]] = []
        for strength in STRENGTHS * self.count(world):
            dates = pick_drops(world, rng, 1, None, 4)
            if not dates:
                continue
            drop = world.drops[dates[0]]
            region = int(world.products.region[drop.sku])
            people = register(
                world, rng, 5 + int(rng.gamma(2.0, 2.5)), region, drop.start,
                {"low": 3.0, "medium": 20.0, "high": 60.0}[strength],
            )  # fmt: skip
            number = world.truth.open(self, strength, drop.start, region, rng)
            world.truth.add(number, "user", people)
            world.truth.add(number, "sku", np.array([drop.sku]))
            self.doors.append((strength, number, dates[0], people))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Write the address anew for each, and order within some days."""
        homes = world.addresses
        for strength, number, date, people in self.doors:
            drop, n = world.drops[date], len(people)
            region = int(world.users.region[people[0]])
            share_devices(world, people, {"low": 6, "medium": 3, "high": 2}[strength])
            share_cards(world, people, {"low": 5, "medium": 3, "high": 2}[strength])
            one_flat(world, people, rng, {"low": 8, "medium": 16, "high": 32}[strength])
            places = world.users.address[people]
            homes.kind[places] = 0
            flats = {"low": 0.8, "medium": 0.5, "high": 0.25}[strength]
            made_up = places[rng.random(n) < flats]
            homes.unit[made_up] = rng.integers(1, 40, len(made_up))
            if strength == "low":
                one_line(world, people)
            rush = rng.random(n) < 0.6
            days = {"low": 2.0, "medium": 6.0, "high": 20.0}[strength]
            soon = drop.start + 20 * SECOND + (rng.gamma(1.5, 12, n) * MINUTE).astype(np.int64)
            later = daytime(rng, world, region, drop.start, days, n)
            at = np.minimum(np.where(rush, soon, later), world.clock.end - DAY)
            self.trade(
                number, people, at, np.full(n, drop.sku), items=1, quantity=drop.limit,
                pay=1, keep=1, returned=0, disputed=0,
                device=world.users.device[people], address=places,
            )  # fmt: skip


PLANT = AddressJigging
