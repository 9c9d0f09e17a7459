"""The carrier gives a returned phone number to somebody else, who opens a shop."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY
from simulator.lookalikes.resold_device import ResoldDevice
from simulator.world import World


class RecycledNumber(ResoldDevice):
    """The number of a terminated shop, and nothing else."""

    name = "recycled_number"

    def pass_on(self, world: World, closed: int, owners: np.ndarray, shops: np.ndarray) -> None:
        """The number of the person; the first one has another by then."""
        users = world.users
        users.left_phone_at[owners[0]] = closed + DAY
        users.phone[owners[1]] = users.phone[owners[0]]


PLANT = RecycledNumber
