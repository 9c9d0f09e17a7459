"""Parcels for the statistics.

A fake sale needs a real tracking number. The crude post an empty bag round the corner, it arrives
the next morning, and the praise follows within hours. Others put a trinket inside and mix with real
customers. The careful ship something of the right weight to a few flats where helpers sign, and
praise when praise is due.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array
from simulator.clock import DAY, HOUR
from simulator.planting import STRENGTHS, daytime, pick_start
from simulator.trade import Trades, open_shops, same_building, shelf_of, some_region
from simulator.world import World


class GhostLogistics(Trades):
    """COL-03: too light, too fast, to the same few doors, praised at once."""

    name = "ghost_logistics"
    detection = "COL-03"
    scenario = 3
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Shops and the accounts that receive."""
        self.cases: list[tuple[str, int, int, float, int, Array, int]] = []
        for strength in STRENGTHS * self.count(world):
            days = float(rng.uniform(10, 28))
            start, region = pick_start(world, rng, days + 6, lead=3.0), some_region(rng)
            opened = np.array([start - int(rng.uniform(10, 250) * DAY)])
            real = {"low": 0.1, "medium": 0.6, "high": 1.2}[strength]
            owner, shop = open_shops(
                world, rng, region, opened, real, category=int(rng.integers(0, 7))
            )
            orders = 22 + int(rng.gamma(2.5, 14.0))
            crew = max(5, int(orders / rng.uniform(1.3, 4.0)))
            born = start - (rng.gamma(1.2, 30.0, crew) * DAY).astype(np.int64) - DAY
            ghosts = world.add_users(crew, np.full(crew, region), born, rng)
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", np.append(ghosts, owner))
            self.cases.append((strength, number, start, days, int(shop[0]), ghosts, orders))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Doors, parcels and praise."""
        for strength, number, start, days, shop, ghosts, n in self.cases:
            region = int(world.sellers.region[shop])
            homes = world.users.address[ghosts]
            doors = {"low": 4, "medium": len(ghosts), "high": 3}[strength]
            if strength != "medium":
                for door in range(doors):
                    mine = homes[door::doors]
                    same_building(world, mine, int(mine[0]), rng)
            grams, pace, soon, praised = {
                "low": (rng.uniform(0.03, 0.2, n), 0.03, 5.0, 0.85),
                "medium": (rng.uniform(0.2, 0.7, n), 0.25, 14.0, 0.65),
                "high": (rng.normal(1, 0.05, n), 0.6, 30.0, 0.45),
            }[strength]
            self.trade(
                number,
                ghosts[rng.integers(0, len(ghosts), n)],
                daytime(rng, world, region, start, days, n),
                rng.choice(shelf_of(world, shop, start), n),
                keep=1,
                pay=1,
                returned=0,
                disputed=0,
                items=1,
                quantity=1,
                address=-1,  # at home
                grams=grams,
                slow=pace,
                praise_lag=np.where(rng.random(n) < praised, rng.gamma(1.5, soon, n) * HOUR, NA),
            )
            last = self.planned[-1]
            last.address = world.users.address[last.buyer]


PLANT = GhostLogistics
