"""An agency signs a class of creators: one tablet for the papers, one account for the money."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, HOUR
from simulator.planting import Plant, daytime, old_users, pick_start
from simulator.trade import inside, some_region
from simulator.world import World


class CreatorAgency(Plant):
    """A dozen creators in two weeks, known to the marketplace as one agency."""

    name = "creator_agency"
    detection = "KYC-03"
    scenario = 1
    benign = True
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Ordinary users who are signed."""
        for _ in range(self.count(world)):
            start, region = pick_start(world, rng, 18), some_region(rng)
            talents = old_users(world, rng, 5 + int(rng.gamma(2.0, 3.0)), start, region)
            talents = talents[~np.isin(talents, world.creators.user)]
            n = len(talents)
            if not n:
                continue
            at = np.sort(daytime(rng, world, region, start, rng.uniform(2, 12), n))
            tablet = world.add_devices(np.array([start - 30 * DAY]), rng)
            creators = world.add_creators(
                talents,
                np.full(n, region),
                inside(world, at) + HOUR,
                rng,
                agency=10_000 + world.ids.take("agency", 1),
                device=tablet,
                account=30_000_000 + world.ids.take("agency account", 1),
                holder=int(rng.integers(0, 1000)),
            )
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "creator", creators)
            world.truth.add(number, "user", talents)


PLANT = CreatorAgency
