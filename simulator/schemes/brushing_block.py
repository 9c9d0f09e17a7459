"""An order farm: a crew of rented accounts works through a list of paying shops.

The crude do the whole list in a few days, send empty bags and praise at once. Others leave gaps,
buy at famous shops in between and put something into the parcel. The careful take a month, cover
only part of the list, and behave at least as often like anybody else.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array
from simulator.clock import DAY, HOUR, SECOND
from simulator.economy.demand import pick_product
from simulator.planting import STRENGTHS, daytime, pick_start
from simulator.trade import Trades, open_shops, shelf_of, some_region
from simulator.world import World


class BrushingBlock(Trades):
    """COL-02: the same buyers at the same few shops, far too often."""

    name = "brushing_block"
    detection = "COL-02"
    scenario = 3
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Crews and their customers."""
        self.crews: list[tuple[str, int, int, float, Array, Array]] = []
        for strength in STRENGTHS * self.count(world):
            days = {"low": rng.uniform(3, 8), "medium": rng.uniform(7, 18),
                    "high": rng.uniform(18, 32)}[strength]  # fmt: skip
            start, region = pick_start(world, rng, days + 6, lead=3.0), some_region(rng)
            shops, crew = 3 + int(rng.gamma(2.0, 1.5)), 9 + int(rng.gamma(2.5, 4.0))
            opened = start - (rng.uniform(10, 300, shops) * DAY).astype(np.int64)
            owners, sellers = open_shops(world, rng, region, opened, float(rng.gamma(2.0, 0.15)))
            born = start - (rng.gamma(1.5, 40.0, crew) * DAY).astype(np.int64) - DAY
            buyers = world.add_users(crew, np.full(crew, region), born, rng, 0.05)
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", sellers)
            world.truth.add(number, "user", np.append(buyers, owners))
            self.crews.append((strength, number, start, days, buyers, sellers))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Tick the list, and camouflage."""
        for strength, number, start, days, buyers, sellers in self.crews:
            fill, light, cover = {
                "low": (rng.beta(40, 9), 0.9, 0.1),
                "medium": (rng.beta(33, 24), 0.5, 0.5),
                "high": (rng.beta(22, 32), 0.15, 1.3),
            }[strength]
            grid = rng.random((len(buyers), len(sellers))) < fill
            row, column = np.nonzero(grid)
            again = 1 + rng.poisson(0.3, len(row))
            row, column = np.repeat(row, again), np.repeat(column, again)
            n, region = len(row), int(world.users.region[buyers[0]])
            at = daytime(rng, world, region, start, days, n)
            sku = np.array([rng.choice(shelf_of(world, int(s), start)) for s in sellers[column]])
            quick = rng.random(n) < {"low": 0.9, "medium": 0.6, "high": 0.3}[strength]
            praised = rng.random(n) < {"low": 0.8, "medium": 0.6, "high": 0.4}[strength]
            soon = {"low": 6.0, "medium": 16.0, "high": 40.0}[strength]
            self.trade(
                number,
                buyers[row],
                at,
                sku,
                keep=1,
                pay=1,
                returned=0,
                disputed=0,
                items=1,
                grams=np.where(rng.random(n) < light, rng.uniform(0.05, 0.4, n), 1.0),
                browse=np.where(quick, rng.gamma(2.0, 8.0, n) * SECOND + 4 * SECOND, NA),
                views=np.where(quick, 1, -1),
                praise_lag=np.where(praised, rng.gamma(1.5, soon, n) * HOUR, NA),
            )
            m = int(rng.poisson(cover * n))
            who = buyers[rng.integers(0, len(buyers), m)]
            at = daytime(rng, world, region, start, days, m)
            other = pick_product(world, rng, np.full(m, region), at)
            self.trade(-1, who[other >= 0], at[other >= 0], other[other >= 0])


PLANT = BrushingBlock
