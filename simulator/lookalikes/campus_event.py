"""Freshers' week: a stand, one afternoon, fifty sign-ups behind the campus network."""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY, HOUR
from simulator.planting import Plant, pick_start
from simulator.regions import REGIONS
from simulator.trade import inside, some_region
from simulator.world import BUSINESS, World


class CampusEvent(Plant):
    """A burst on a prefix: each on an own phone, and orders come when something is needed."""

    name = "campus_event"
    detection = "KYC-07"
    scenario = 1
    benign = True
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Students of one afternoon."""
        self.stands: list[tuple[Array, int]] = []
        for _ in range(self.count(world)):
            region = some_region(rng)
            noon = int((11 - REGIONS[region].utc_offset_hours) * HOUR)
            start = pick_start(world, rng, 6) // DAY * DAY + noon
            n = 20 + int(rng.gamma(2.0, 12.0))
            born = np.sort(inside(world, start + (rng.beta(2, 2, n) * 6 * HOUR).astype(np.int64)))
            people = world.add_users(n, np.full(n, region), born, rng, float(rng.gamma(3, 0.3)))
            line = int(rng.choice(world.prefixes_of(BUSINESS, region)))
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", people)
            world.truth.add(number, "ip_prefix", world.prefix_names(np.array([line])))
            self.stands.append((people, line))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Everybody is on the campus network."""
        for people, line in self.stands:
            world.users.signup_ip[people] = line * 256 + rng.integers(2, 250, len(people))


PLANT = CampusEvent
