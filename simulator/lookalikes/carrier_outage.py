"""A carrier's scanners are down in one market: nothing is scanned, everything arrives."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY
from simulator.economy.demand import SHIP_UNSCANNED
from simulator.planting import Plant, pick_start
from simulator.regions import CODES, REGIONS
from simulator.world import CARRIERS, World


class CarrierOutage(Plant):
    """Some days without acceptance and transit scans on a lane."""

    name = "carrier_outage"
    detection = "SCM-02"
    scenario = 5
    names = ("user",)
    benign = True
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the lanes and days."""
        self.lanes: list[tuple[int, int, int, int, int]] = []
        for _ in range(self.count(world)):
            days = float(2 + rng.gamma(2.0, 1.6))
            start = pick_start(world, rng, days + 12)
            region = int(rng.integers(len(REGIONS)))
            carrier = int((region + rng.integers(0, 2)) % 5)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "lane", [f"{CARRIERS[carrier]}:{CODES[region]}"])
            hit = (world.sellers.region == region) & (world.sellers.carrier == carrier)
            world.truth.add(number, "seller", np.flatnonzero(hit))
            self.lanes.append((number, region, carrier, start, start + int(days * DAY)))

    def shape(self, world: World, rng: np.random.Generator, plan: Batch) -> None:
        """No scans for what is ordered in these days."""
        for number, region, carrier, start, end in self.lanes:
            hit = (plan.region == region) & (world.sellers.carrier[plan.seller] == carrier)
            hit &= (plan.placed_at >= start) & (plan.placed_at < end) & (plan.plant < 0)
            hit &= plan.ship == 0
            plan.ship[hit], plan.plant[hit] = SHIP_UNSCANNED, number


PLANT = CarrierOutage
