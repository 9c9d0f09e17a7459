"""Staff sign customers up on the tablet at the till; the customers shop later, on their phones."""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY, MINUTE
from simulator.planting import Plant, daytime, pick_start
from simulator.trade import inside, some_region
from simulator.world import BUSINESS, World


class ShopFloorTablet(Plant):
    """Dozens of sign-ups on one device over weeks of opening hours, no order on the spot."""

    name = "shop_floor_tablet"
    detection = "KYC-07"
    scenario = 1
    benign = True
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Customers and the day they came by."""
        self.tills: list[tuple[Array, Array, int]] = []
        for _ in range(self.count(world)):
            days = rng.uniform(10, 45)
            start, region = pick_start(world, rng, days + 5), some_region(rng)
            n = 12 + int(rng.gamma(2.0, 9.0))
            born = np.sort(inside(world, daytime(rng, world, region, start, days, n)))
            people = world.add_users(n, np.full(n, region), born, rng, float(rng.gamma(3, 0.3)))
            tablet = world.add_devices(np.array([start - 60 * DAY]), rng)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", people)
            world.truth.add(number, "device", tablet)
            line = int(rng.choice(world.prefixes_of(BUSINESS, region)))
            world.truth.add(number, "ip_prefix", world.prefix_names(np.array([line])))
            self.tills.append((people, tablet, line))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """The tablet for the sign-up, the own phone ever after."""
        users = world.users
        for people, tablet, line in self.tills:
            users.device_b[people] = users.device[people]
            users.device[people] = tablet
            users.left_device_at[people] = users.created_at[people] + MINUTE
            users.signup_ip[people] = line * 256 + int(rng.integers(2, 250))


PLANT = ShopFloorTablet
