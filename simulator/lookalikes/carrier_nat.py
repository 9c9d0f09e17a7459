"""One mobile carrier address in front of a whole town: many people, one card each."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY, HOUR
from simulator.economy.demand import plan_orders
from simulator.planting import Plant, old_users, pick_start
from simulator.regions import REGIONS
from simulator.world import MOBILE, World


class CarrierNat(Plant):
    """A concert or a match: two hours of orders from behind the same prefix."""

    name = "carrier_nat"
    detection = "TXN-01"
    names = ("user", "device", "bin_asn")
    benign = True
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the crowds."""
        parts = []
        for _ in range(self.count(world)):
            region = int(rng.choice(world.users.region))
            evening = rng.uniform(16, 21) - REGIONS[region].utc_offset_hours
            start = pick_start(world, rng, 2) // DAY * DAY + int(evening * HOUR)
            people = old_users(world, rng, int(rng.integers(18, 60)), start, region)
            prefix = int(rng.choice(world.prefixes_of(MOBILE, region)))
            at = start + (rng.beta(2, 2, len(people)) * 2 * HOUR).astype(np.int64)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "ip_prefix", [world.prefix_text[prefix].as_py()[:-1]])
            parts.append(
                np.stack(
                    [np.full(len(people), number), people, at, np.full(len(people), prefix)], axis=1
                )
            )
        self.rows = np.concatenate(parts)

    def orders(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch | None:
        """One order each."""
        mine = self.rows[(self.rows[:, 1] >= first) & (self.rows[:, 1] < last)]
        plan = plan_orders(world, rng, mine[:, 1], mine[:, 2])
        plan.plant = mine[:, 0]
        plan.ip = mine[:, 3] * 256 + rng.integers(1, 255, len(plan))
        return plan


PLANT = CarrierNat
