"""Staff buy at the shop they work for, and somebody tries the checkout after each change."""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY
from simulator.planting import daytime, pick_start
from simulator.trade import Trades, open_shops, shelf_of, some_region
from simulator.world import World


class EmployeeOrders(Trades):
    """Accounts marked as staff or test, on the office network and the office computer."""

    name = "employee_orders"
    detection = "COL-01"
    scenario = 3
    benign = True
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Offices and who works there."""
        self.offices: list[tuple[int, int, int, Array, Array]] = []
        for _ in range(self.count(world)):
            start, region = pick_start(world, rng, 30, lead=3.0), some_region(rng)
            opened = np.array([start - int(rng.uniform(90, 500) * DAY)])
            owner, shop = open_shops(world, rng, region, opened, float(1 + rng.gamma(2, 0.6)), 0.6)
            n = int(rng.integers(1, 4))
            born = np.full(n, start - 30 * DAY)
            kinds = rng.choice([2, 3], n, p=[0.5, 0.5])  # employee, test
            staff = world.add_users(n, np.full(n, region), born, rng, 0.3, account_type=kinds)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", np.append(staff, owner))
            self.offices.append((number, start, int(shop[0]), owner, staff))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """The office computer, and a purchase now and then."""
        for number, start, shop, owner, staff in self.offices:
            world.users.device_b[staff] = world.users.device[owner[0]]
            world.users.home[staff] = world.users.home[owner[0]]
            n = int(rng.integers(3, 9))
            region = int(world.sellers.region[shop])
            at = daytime(rng, world, region, start, 28, n)
            sku = rng.choice(shelf_of(world, shop, start), n)
            self.trade(number, rng.choice(staff, n), at, sku, items=1)


PLANT = EmployeeOrders
