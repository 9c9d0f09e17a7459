"""Task buyers.

A channel posts a link and a refund; strangers click, pay and close the window. New accounts made
for the task do nothing else. Older rented ones look at a page or two first. A drilled crew scrolls
for some minutes as it was told, and serves all clients of the channel on the same day.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY, SECOND
from simulator.planting import STRENGTHS, daytime, pick_start
from simulator.trade import Trades, open_shops, shelf_of, some_region
from simulator.world import World


class ScriptedDemand(Trades):
    """COL-05: buyers who arrive with the link and know no other shop."""

    name = "scripted_demand"
    detection = "COL-05"
    scenario = 3
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Clients of the channel and its people."""
        self.tasks: list[tuple[str, int, int, float, Array, Array]] = []
        for strength in STRENGTHS * self.count(world):
            days = float(rng.uniform(4, 24))
            start, region = pick_start(world, rng, days + 3, lead=3.0), some_region(rng)
            size = {"low": 1, "medium": int(rng.integers(1, 3)), "high": 3}[strength]
            opened = start - (rng.uniform(10, 200, size) * DAY).astype(np.int64)
            owners, shops = open_shops(world, rng, region, opened, float(rng.gamma(2.0, 0.3)))
            crowd = 16 + int(rng.gamma(2.0, 12.0))
            day = start + (rng.random(crowd) * days).astype(np.int64) * DAY
            age = {"low": rng.uniform(0.02, 5, crowd), "medium": rng.gamma(1.0, 40.0, crowd) + 0.2,
                   "high": rng.gamma(2.0, 45.0, crowd) + 1}[strength]  # fmt: skip
            born = day - (age * DAY).astype(np.int64)
            people = world.add_users(crowd, np.full(crowd, region), born, rng, 0.0)
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", shops)
            world.truth.add(number, "user", np.append(people, owners))
            self.tasks.append((strength, number, start, days, shops, people))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Click, pay, close."""
        for strength, number, start, days, shops, people in self.tasks:
            region, n = int(world.users.region[people[0]]), len(people)
            day = world.users.created_at[people]
            first = (
                np.maximum(day, start)
                + (rng.random(n) * days * (strength != "low") * 0.8).astype(np.int64) * DAY
            )
            for shop in shops.tolist():
                does = rng.random(n) < (1.0 if len(shops) == 1 else 0.8)
                at = np.array([daytime(rng, world, region, int(t), 1, 1)[0] for t in first[does]])
                m = len(at)
                pause, views = {
                    "low": (rng.gamma(2.0, 5.0, m) + 3, rng.integers(0, 2, m)),
                    "medium": (rng.gamma(2.0, 13.0, m) + 4, rng.integers(1, 3, m)),
                    "high": (rng.gamma(3.0, 50.0, m) + 15, rng.integers(1, 6, m)),
                }[strength]
                self.trade(
                    number,
                    people[does],
                    at,
                    rng.choice(shelf_of(world, shop, start), m),
                    keep=1,
                    pay=1,
                    returned=0,
                    items=1,
                    channel=4,
                    content=-1,
                    creator=-1,
                    browse=pause * SECOND,
                    views=views,
                )


PLANT = ScriptedDemand
