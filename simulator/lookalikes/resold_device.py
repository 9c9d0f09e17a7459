"""A laptop from the closing sale: the honest buyer opens a shop on it."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY
from simulator.planting import pick_start
from simulator.trade import Trades, open_shops, some_region
from simulator.world import World


class ResoldDevice(Trades):
    """One thing in common with a terminated shop, and nothing else."""

    name = "resold_device"
    detection = "KYC-02"
    scenario = 1
    benign = True
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """A shop that was closed, and somebody who comes later."""
        self.pairs: list[tuple[int, np.ndarray, np.ndarray]] = []
        for _ in range(self.count(world)):
            closed, region = pick_start(world, rng, 40, lead=5.0), some_region(rng)
            at = np.array([closed - int(rng.uniform(60, 400) * DAY),
                           closed + int(rng.gamma(2.0, 15.0) * DAY)])  # fmt: skip
            owners, shops = open_shops(world, rng, region, at, 0.6, 0.4)
            number = world.truth.open(self, "", int(at[1]), region, rng)
            world.truth.add(number, "seller", shops)
            world.truth.add(number, "user", owners)
            self.pairs.append((closed, owners, shops))
            self.shops.append((number, shops[1:]))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """The first is closed; what it leaves goes to the second."""
        for closed, owners, shops in self.pairs:
            world.sellers.terminated_at[shops[0]] = closed
            world.users.left_device_at[owners[0]] = closed
            self.pass_on(world, closed, owners, shops)

    def pass_on(self, world: World, closed: int, owners: np.ndarray, shops: np.ndarray) -> None:
        """The device."""
        world.users.device[owners[1]] = world.users.device[owners[0]]
        world.sellers.device[shops[1]] = world.users.device[owners[0]]
        spare = world.users.device_b[owners[0]]
        if spare < 0:  # no more at work here
            world.users.suspended_at[owners[0]] = closed


PLANT = ResoldDevice
