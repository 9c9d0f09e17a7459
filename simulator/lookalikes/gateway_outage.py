"""A payment gateway refuses for a while: declines everywhere, on everybody's own card."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY, HOUR, MINUTE
from simulator.planting import Plant, pick_start
from simulator.regions import CODES, REGIONS
from simulator.world import Outage, World


class GatewayOutage(Plant):
    """Evening outages of one region or of the whole gateway."""

    name = "gateway_outage"
    detection = "TXN-01"
    names = ("user", "device", "ip_prefix", "bin_asn")
    benign = True
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the outages."""
        self.outages: list[tuple[int, Outage]] = []
        for _ in range(self.count(world)):
            region = int(rng.integers(-1, len(REGIONS)))
            evening = rng.uniform(17, 21) - REGIONS[max(region, 0)].utc_offset_hours
            start = pick_start(world, rng, 2) // DAY * DAY + int(evening * HOUR)
            length = int((20 + rng.gamma(2.0, 35.0)) * MINUTE)
            outage = Outage(start, start + length, region, rng.uniform(0.8, 0.97))
            world.outages.append(outage)
            number = world.truth.open(self, "", start, max(region, 0), rng)
            world.truth.add(number, "region", [CODES[region]] if region >= 0 else CODES)
            self.outages.append((number, outage))

    def shape(self, world: World, rng: np.random.Generator, plan: Batch) -> None:
        """Whoever orders in these minutes takes part."""
        for number, outage in self.outages:
            hit = (plan.region == outage.region) | (outage.region < 0)
            hit &= (plan.placed_at >= outage.start) & (plan.placed_at < outage.end)
            plan.plant[hit & (plan.plant < 0)] = number


PLANT = GatewayOutage
