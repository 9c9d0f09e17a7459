"""A flat becomes free: the next tenant opens a shop where a closed one was registered."""

from __future__ import annotations

import numpy as np

from simulator.lookalikes.resold_device import ResoldDevice
from simulator.world import World


class NewTenant(ResoldDevice):
    """The address of a terminated shop, door and all, and nothing else."""

    name = "new_tenant"

    def pass_on(self, world: World, closed: int, owners: np.ndarray, shops: np.ndarray) -> None:
        """The flat, of the shop and of its owner."""
        places = world.addresses
        for old, new in (
            (world.sellers.address[shops[0]], world.sellers.address[shops[1]]),
            (world.users.address[owners[0]], world.users.address[owners[1]]),
        ):
            for name in ("region", "city", "zone", "street", "house", "unit", "cell"):
                places.__dict__[name][new] = places.__dict__[name][old]


PLANT = NewTenant
