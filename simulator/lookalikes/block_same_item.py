"""One high-rise or dormitory, one fashion: neighbours order the same limited article."""

from __future__ import annotations

import numpy as np

from simulator.crews import pick_drops
from simulator.planting import daytime, old_users
from simulator.trade import Trades, same_building
from simulator.world import World


class BlockSameItem(Trades):
    """Own doors, own phones, own cards, and as many spellings of the street as people."""

    name = "block_same_item"
    detection = "RSL-03"
    scenario = 4
    benign = True
    names = ("device",)
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the buildings."""
        self.blocks: list[tuple[int, int, np.ndarray]] = []
        for _ in range(self.count(world)):
            for date in pick_drops(world, rng, 1, None, 6):
                drop = world.drops[date]
                region = int(world.products.region[drop.sku])
                people = old_users(world, rng, int(rng.integers(6, 22)), drop.start, region)
                number = world.truth.open(self, "", drop.start, region, rng)
                world.truth.add(number, "user", people)
                world.truth.add(number, "sku", np.array([drop.sku]))
                self.blocks.append((number, date, people))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Neighbours who heard of it from each other."""
        for number, date, people in self.blocks:
            drop, n = world.drops[date], len(people)
            places = world.users.address[people]
            same_building(world, places, int(places[0]), rng)
            world.addresses.kind[places] = 0
            if rng.random() < 0.5:  # a dormitory: one network too
                world.users.home[people] = world.users.home[people[0]]
            at = daytime(rng, world, int(world.users.region[people[0]]), drop.start, 24, n)
            self.trade(number, people, at, np.full(n, drop.sku), items=1, address=places)


PLANT = BlockSameItem
