"""The money goes to somebody else.

Whoever must not be found has the sales paid to a recruited account. The crude collect from several
shops in one account abroad. Others switch two shops to a stranger at home. The careful recruit
within the family, so that at least the surname fits, and change months before it matters.
"""

from __future__ import annotations

import numpy as np

from simulator import people
from simulator.clock import DAY
from simulator.economy.onboarding import accounts
from simulator.planting import STRENGTHS, pick_start
from simulator.regions import REGIONS
from simulator.trade import Trades, open_shops, some_region
from simulator.world import World


class MulePayout(Trades):
    """KYC-04: a bank account whose holder is not the seller."""

    name = "mule_payout"
    detection = "KYC-04"
    scenario = 1
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Shops with a living trade, and the account they switch to."""
        for strength in STRENGTHS * self.count(world):
            start, region = pick_start(world, rng, 16, lead=5.0), some_region(rng)
            size = {"low": int(rng.integers(2, 5)), "medium": int(rng.integers(1, 3)), "high": 1}
            n = size[strength]
            opened = start - (rng.uniform(20, 300, n) * DAY).astype(np.int64)
            names = rng.integers(0, people.NAMES, n)
            owners, shops = open_shops(
                world, rng, region, opened, weight=float(1 + rng.gamma(2.0, 0.5)), name=names
            )
            lag = {"low": 3, "medium": 12, "high": 1}[strength]
            moved = start + (rng.random(n) * lag * DAY).astype(np.int64)
            mule = np.full(n, rng.integers(0, people.NAMES))
            if strength == "high":  # a relative: another first name
                heads = len(people.FIRST)
                mule = names // heads * heads + (names + rng.integers(1, heads)) % heads
            abroad = strength == "low" or (strength == "medium" and rng.random() < 0.4)
            country = (region + 1 + rng.integers(0, len(REGIONS) - 1)) % len(REGIONS)
            number = world.truth.open(self, strength, int(moved.min()), region, rng)
            world.truth.add(number, "seller", shops)
            world.truth.add(number, "user", owners)
            world.note(
                "accounts",
                accounts(
                    n,
                    owner=shops,
                    region=int(country) if abroad else region,
                    account=10_000_000 + int(world.ids.take("bank account", 1)[0]),
                    holder=mule,
                    added_at=moved,
                    device=world.add_devices(moved - DAY, rng),
                ),
            )
            self.shops.append((number, shops))


PLANT = MulePayout
