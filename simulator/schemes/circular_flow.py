"""Money that goes round.

Sales are faked, or dirty money is turned into the income of a shop, and the payout buys the next
round. The crude pay for their orders from the very account the shop is paid to. Others cross over:
the payout of one shop buys at the other. The careful go round three or four shops, lose a part on
the way, and let some rounds start from elsewhere.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY, HOUR
from simulator.planting import STRENGTHS, daytime, pick_start
from simulator.trade import Trades, near_price, open_shops, shelf_of, some_region
from simulator.world import BANK, CARD, World


class CircularFlow(Trades):
    """COL-04: payouts that come back as purchases."""

    name = "circular_flow"
    detection = "COL-04"
    scenario = 3
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Rings of shops, each with a few buyers."""
        self.rings: list[tuple[str, int, int, float, Array, Array]] = []
        for strength in STRENGTHS * self.count(world):
            days = float(rng.uniform(28, 60))
            start, region = pick_start(world, rng, days + 3, lead=3.0), some_region(rng)
            size = {"low": 1, "medium": 2, "high": int(rng.integers(3, 5))}[strength]
            opened = start - (rng.uniform(10, 250, size) * DAY).astype(np.int64)
            owners, shops = open_shops(
                world,
                rng,
                region,
                opened,
                float(rng.gamma(2.0, 0.1)),
                settle_days=int(rng.choice([1, 3])),
                reserve=0.0,
                category=int(rng.choice([1, 6])),
            )
            each = int(rng.integers(2, 4))
            born = start - (rng.uniform(1, 90, each * size) * DAY).astype(np.int64)
            buyers = world.add_users(each * size, np.full(each * size, region), born, rng)
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", shops)
            world.truth.add(number, "user", np.append(buyers, owners))
            self.rings.append((strength, number, start, days, shops, buyers))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Every few days the last payout buys again."""
        for strength, number, start, days, shops, buyers in self.rings:
            region, size = int(world.sellers.region[shops[0]]), len(shops)
            usual = float(rng.uniform(90, 260))
            for turn, shop in enumerate(shops.tolist()):
                n = int(days / rng.uniform(2.0, 4.0))
                team = buyers[turn::size]
                source = int(world.sellers.account[shops[turn - 1]])
                inside_ring = {"low": 0.97, "medium": 0.85, "high": 0.65}[strength]
                own = rng.random(n) < inside_ring
                sku = near_price(world, shelf_of(world, shop, start), usual)
                spread = {"low": 1, "medium": 2, "high": 3}[strength]
                self.trade(
                    number,
                    team[rng.integers(0, len(team), n)],
                    daytime(rng, world, region, start, days, n) + HOUR,
                    np.full(n, sku),
                    method=np.where(own, BANK, CARD),
                    account=np.where(own, source, -1),
                    quantity=rng.integers(1, spread + 1, n),
                    items=1,
                    keep=1,
                    pay=np.where(own, -1, 1),
                    returned=0,
                    disputed=0,
                    slow=0.1,
                )


PLANT = CircularFlow
