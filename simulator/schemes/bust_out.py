"""A shop built to be burnt.

For some weeks it sells a little and sends everything, so that the limits rise. Then the shelf fills
with what everybody wants at half the price, the orders of a year come in within days, and nothing
is sent, or an empty envelope to any address, because what arrives is paid out. The crude choose
daily payouts, change the bank the day before and send next to nothing. Others sell for two thirds
of the price and send a part. The careful build for longer, undercut by a fifth, keep the bank, and
send every other parcel.
"""

from __future__ import annotations

import numpy as np

from simulator import people
from simulator.batch import NA, Array
from simulator.clock import DAY, HOUR
from simulator.economy.aftersales import NOT_RECEIVED
from simulator.economy.demand import SHIP_ELSEWHERE, SHIP_NORMAL, SHIP_SILENT
from simulator.economy.onboarding import accounts
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.trade import Trades, inside, open_shops, some_region
from simulator.world import ELECTRONICS, World


class BustOut(Trades):
    """SCM-01: young, suddenly huge, cheap, and nothing on its way."""

    name = "bust_out"
    detection = "SCM-01"
    scenario = 5
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The shop, its quiet weeks and its last days."""
        self.shops_: list[tuple[str, int, int, int, float, Array]] = []
        for strength in STRENGTHS * self.count(world):
            quiet, spree, price = {
                "low": (rng.uniform(18, 40), rng.uniform(2, 4), rng.uniform(0.3, 0.55)),
                "medium": (rng.uniform(25, 60), rng.uniform(4, 7), rng.uniform(0.5, 0.7)),
                "high": (rng.uniform(40, 85), rng.uniform(6, 11), rng.uniform(0.7, 0.88)),
            }[strength]
            start, region = pick_start(world, rng, spree + 16, lead=6.0), some_region(rng)
            opened = start - int(quiet * DAY)
            owner, shop = open_shops(
                world, rng, region, np.array([opened]), 0.02, 0.0, category=ELECTRONICS,
                settle_days={"low": 1, "medium": 3, "high": 7}[strength],
            )  # fmt: skip
            count = int(rng.integers(4, 14))
            listed = inside(world, start - (rng.random(count) * 2 * DAY).astype(np.int64))
            skus = world.add_listings(
                np.repeat(shop, count), np.full(count, region), np.full(count, ELECTRONICS),
                listed, rng, price=price,
            )  # fmt: skip
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            world.truth.add(number, "sku", skus)
            if strength != "high":
                bank = accounts(
                    1, owner=shop, region=region, holder=rng.integers(0, people.NAMES, 1),
                    account=10_000_000 + world.ids.take("bank account", 1),
                    added_at=start - int(rng.uniform(0.2, 3) * DAY),
                )  # fmt: skip
                world.note("accounts", bank)
            self.shops_.append((strength, number, start, int(shop[0]), spree, skus))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """A few honest sales, then the flood."""
        for strength, number, start, shop, spree, skus in self.shops_:
            region = int(world.sellers.region[shop])
            opened = int(world.sellers.onboarded_at[shop])
            first = int(world.sellers.first_product[shop])
            early = old_users(world, rng, 5 + int(rng.gamma(2.0, 6.0)), opened, region)
            quiet = max((start - opened) / DAY - 1.5, 1.0)
            at = opened + DAY + (rng.random(len(early)) * quiet * DAY).astype(np.int64)
            self.trade(-1, early, np.maximum(at, opened + 2 * HOUR), np.full(len(early), first))
            crowd = old_users(world, rng, int(45 + rng.gamma(2.5, 28.0)), start, region)
            n = len(crowd)
            ways = {"low": (17, 2.5, 0.5), "medium": (9, 2, 3), "high": (5, 1, 7)}[strength]
            ship = rng.choice([SHIP_SILENT, SHIP_ELSEWHERE, SHIP_NORMAL], n, p=rng.dirichlet(ways))
            away = ship == SHIP_ELSEWHERE
            self.trade(
                number, crowd, daytime(rng, world, region, start + HOUR, spree, n),
                rng.choice(skus, n), items=1, ship=ship, slow=np.where(away, 0.6, 1.1),
                returned=np.where(away, rng.random(n) < 0.6, -1),
                reason=np.where(away, NOT_RECEIVED, -1),
                return_lag=np.where(away, rng.integers(2, 12, n) * DAY, NA),
            )  # fmt: skip


PLANT = BustOut
