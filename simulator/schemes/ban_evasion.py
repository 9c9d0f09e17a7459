"""Thrown out, and back under another name.

A shop that lived well is closed for good; the stock, the phone and the debts are still there. The
hurried reopen within days with the same bank account, laptop and number. The next find a relative
for the bank or for the papers, but keep working on the same things. The patient wait, buy a new
phone and leave only what is hard to change: the place they live in, or who they are.
"""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY
from simulator.planting import STRENGTHS, pick_start
from simulator.trade import Trades, open_shops, same_building, some_region, use_device
from simulator.world import World


class BanEvasion(Trades):
    """KYC-02: a newcomer who shares something hard to fake with a terminated shop."""

    name = "ban_evasion"
    detection = "KYC-02"
    scenario = 1
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The shop that was closed and the one that follows."""
        self.pairs: list[tuple[str, np.ndarray, np.ndarray]] = []
        for strength in STRENGTHS * self.count(world):
            wait = {"low": rng.gamma(2, 3), "medium": rng.gamma(2, 8), "high": rng.gamma(3, 12)}
            days = float(wait[strength]) + 1
            banned = pick_start(world, rng, days + 15, lead=8.0)
            region = some_region(rng)
            lived = int(rng.uniform(40, 400) * DAY)
            at = np.array([banned - lived, banned + int(days * DAY)])
            owners, shops = open_shops(world, rng, region, at, weight=float(rng.gamma(2.0, 0.5)))
            number = world.truth.open(self, strength, int(at[1]), region, rng)
            world.truth.add(number, "seller", shops)
            world.truth.add(number, "user", owners)
            self.pairs.append((strength, owners, shops))
            self.shops.append((number, shops[1:]))
            self.banned = [*getattr(self, "banned", []), banned]

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Close the first, and let the second keep what it cannot do without."""
        sellers, users = world.sellers, world.users
        for (strength, owners, shops), banned in zip(self.pairs, self.banned, strict=True):
            old, new = shops
            sellers.terminated_at[old] = banned
            users.suspended_at[owners[0]] = banned
            ways = {
                "low": [["account", "device", "phone"], ["account", "document", "face"]],
                "medium": [["account"], ["face"], ["device", "phone"], ["device", "street"]],
                "high": [["device", "street"], ["document"], ["phone"], ["tax"]],
            }[strength]
            for kept in ways[int(rng.integers(0, len(ways)))]:
                if kept == "device":
                    use_device(world, owners, int(users.device[owners[0]]))
                elif kept == "street":
                    same_building(world, sellers.address[[new]], int(sellers.address[old]), rng)
                else:
                    sellers.__dict__[kept][new] = sellers.__dict__[kept][old]


PLANT = BanEvasion
