"""A student dormitory: forty people, one street number, one network, forty cards."""

from __future__ import annotations

import numpy as np

from simulator.planting import Plant, old_users
from simulator.world import World


class Dormitory(Plant):
    """Many independent accounts at one address and behind one prefix."""

    name = "dormitory"
    detection = "TXN-01"
    benign = True
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Move them in."""
        users, homes = world.users, world.addresses
        for _ in range(self.count(world)):
            region = int(rng.choice(users.region))
            people = old_users(world, rng, int(rng.integers(14, 45)), world.clock.start, region)
            users.home[people] = users.home[people[0]]
            place = users.address[people]
            for name in ("city", "zone", "street", "house", "cell"):
                homes.__dict__[name][place] = homes.__dict__[name][place[0]]
            homes.unit[place] = rng.integers(1, 200, len(people))
            number = world.truth.open(self, "", int(users.created_at[people].max()), region, rng)
            world.truth.add(number, "user", people)


PLANT = Dormitory
