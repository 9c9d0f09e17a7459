"""A shop that buys from itself.

Sales and reviews lift a shop, and the platform's coupons pay part of the bill. The crude order from
the account that owns the shop. Others keep a few side accounts on the same phone and card. The
careful put each side account on a line of its own, let the shop's bank pay for some of them, and
buy elsewhere in between.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array
from simulator.clock import DAY, HOUR
from simulator.economy.demand import pick_product
from simulator.planting import STRENGTHS, daytime, pick_start
from simulator.trade import Trades, near_price, open_shops, shelf_of, some_region
from simulator.world import BANK, CARD, World


class CommonControl(Trades):
    """COL-01: buyer and seller are the same people."""

    name = "common_control"
    detection = "COL-01"
    scenario = 3
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Shop owners and their side accounts."""
        self.cases: list[tuple[str, int, int, float, int, Array, Array]] = []
        for strength in STRENGTHS * self.count(world):
            days = float(rng.uniform(12, 45))
            start, region = pick_start(world, rng, days + 5, lead=3.0), some_region(rng)
            opened = np.array([start - int(rng.uniform(15, 400) * DAY)])
            weight = float(0.3 + rng.gamma(2.0, 0.4))
            owner, shop = open_shops(world, rng, region, opened, weight)
            side = {"low": int(rng.integers(0, 2)), "medium": int(rng.integers(2, 5)),
                    "high": int(rng.integers(3, 6))}[strength]  # fmt: skip
            born = start - (rng.uniform(0.1, 20, side) * DAY).astype(np.int64)
            helpers = world.add_users(side, np.full(side, region), born, rng)
            buyers = np.append(owner, helpers) if strength == "low" else helpers
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", np.append(owner, helpers))
            self.cases.append((strength, number, start, days, int(shop[0]), owner, buyers))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """What the accounts share, and what they buy."""
        users = world.users
        for strength, number, start, days, shop, owner, buyers in self.cases:
            boss, region = int(owner[0]), int(world.sellers.region[shop])
            if strength != "high":
                users.device[buyers], users.card[buyers] = users.device[boss], users.card[boss]
                users.bin[buyers], users.home[buyers] = users.bin[boss], users.home[boss]
            else:  # the second phone goes round
                users.device_b[buyers] = users.device[boss]
            orders = 5 + int(rng.gamma(2.5, 4.0))
            who = buyers[rng.integers(0, len(buyers), orders)]
            at = daytime(rng, world, region, start, days, orders)
            shelf = shelf_of(world, shop, start)
            sku = near_price(world, shelf, float(rng.uniform(15, 90)))
            own = rng.random(orders) < {"low": 0.0, "medium": 0.1, "high": 0.35}[strength]
            self.trade(
                number,
                who,
                at,
                np.full(orders, sku),
                method=np.where(own, BANK, CARD),
                account=np.where(own, world.sellers.account[shop], -1),
                keep=1,
                returned=0,
                praise_lag=np.where(rng.random(orders) < 0.5, rng.gamma(2, 14, orders) * HOUR, NA),
            )
            if strength == "high":
                at = daytime(rng, world, region, start, days, orders)
                sku_else = pick_product(world, rng, np.full(orders, region), at)
                self.trade(-1, who[sku_else >= 0], at[sku_else >= 0], sku_else[sku_else >= 0])


PLANT = CommonControl
