"""A family of four: one home line, one tablet, one card."""

from __future__ import annotations

import numpy as np

from simulator.planting import Plant, old_users
from simulator.world import World


class Household(Plant):
    """Four accounts that share address, network, a device and sometimes the card."""

    name = "household"
    detection = "TXN-05"
    benign = True
    per_20k_users = 20.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Move four people in together."""
        users, homes = world.users, world.addresses
        for _ in range(self.count(world)):
            region = int(rng.choice(users.region))
            family = old_users(world, rng, 4, world.clock.start, region)
            head = family[0]
            for name in ("home", "host", "nat"):
                users.__dict__[name][family] = users.__dict__[name][head]
            oldest = family[np.argmin(users.created_at[family])]
            users.device_b[family] = users.device[oldest]
            for name in ("city", "zone", "street", "house", "unit", "cell"):
                homes.__dict__[name][users.address[family]] = homes.__dict__[name][
                    users.address[head]
                ]
            if rng.random() < 0.25:  # a child signed up with the parent's number
                users.phone[family[-1]] = users.phone[head]
            sharing = family[rng.random(len(family)) < 0.6]
            users.card[sharing], users.bin[sharing] = users.card[head], users.bin[head]
            number = world.truth.open(self, "", int(users.created_at[family].max()), region, rng)
            world.truth.add(number, "user", family)


PLANT = Household
