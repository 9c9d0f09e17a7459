"""One identity, several shops.

Somebody rents or steals papers and wears them out. The crude open shop after shop within days,
with the same card, the same face and the same laptop. Others get a forged card per name but hold
their own face into the camera, or keep the one good document and let others pose. The careful
share a single thing between two shops that open months apart.
"""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY
from simulator.planting import STRENGTHS, pick_start
from simulator.trade import Trades, open_shops, some_region, use_device
from simulator.world import World


class IdentityReuse(Trades):
    """KYC-01: document, face or tax number behind several legal names."""

    name = "identity_reuse"
    detection = "KYC-01"
    scenario = 1
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Rings of shops and the pace at which they open."""
        self.rings: list[tuple[str, np.ndarray, np.ndarray]] = []
        for strength in STRENGTHS * self.count(world):
            size, days = {
                "low": (int(rng.integers(3, 7)), rng.uniform(3, 14)),
                "medium": (int(rng.integers(2, 5)), rng.uniform(10, 45)),
                "high": (int(rng.integers(2, 4)), rng.uniform(30, 90)),
            }[strength]
            start = pick_start(world, rng, days + 12)
            at = start + (np.sort(rng.random(size)) * days * DAY).astype(np.int64)
            region = some_region(rng)
            owners, shops = open_shops(world, rng, region, at, weight=float(rng.gamma(2.0, 0.3)))
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", shops)
            world.truth.add(number, "user", owners)
            self.rings.append((strength, owners, shops))
            self.shops.append((number, shops))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Hand in the same papers."""
        for strength, owners, shops in self.rings:
            shared = {"low": ["document", "face"]}.get(strength)
            if shared is None:
                shared = [str(rng.choice(["document", "face", "tax"], p=[0.45, 0.4, 0.15]))]
            who = shops if strength != "high" else shops[:2]
            for name in shared:
                world.sellers.__dict__[name][who] = world.sellers.__dict__[name][shops[0]]
            if strength == "low":
                use_device(world, owners, int(world.users.device[owners[0]]))


PLANT = IdentityReuse
