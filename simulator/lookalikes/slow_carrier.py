"""Small sellers who use a cheap carrier: the first scan comes days after the label."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.planting import Plant, pick_start
from simulator.world import SERVICES, World


class SlowCarrier(Plant):
    """Late scans and long ways, but every parcel arrives."""

    name = "slow_carrier"
    detection = "SCM-02"
    scenario = 5
    benign = True
    per_20k_users = 8.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Light sellers and how slow their carrier is."""
        small = np.flatnonzero((world.sellers.weight < 1.5) & (world.sellers.category != SERVICES))
        chosen = rng.choice(small, min(self.count(world), len(small)), replace=False)
        self.sellers: list[tuple[int, int, float]] = []
        for seller in chosen.tolist():
            start = pick_start(world, rng, 30)
            number = world.truth.open(self, "", start, int(world.sellers.region[seller]), rng)
            world.truth.add(number, "seller", np.array([seller]))
            self.sellers.append((number, seller, float(rng.uniform(2.3, 4.5))))

    def shape(self, world: World, rng: np.random.Generator, plan: Batch) -> None:
        """Slow them down."""
        for number, seller, factor in self.sellers:
            hit = (plan.seller == seller) & (plan.plant < 0) & (plan.ship == 0)
            plan.slow[hit], plan.plant[hit] = factor, number


PLANT = SlowCarrier
