"""A shop that lives on the platform's campaigns.

The platform pays nearly the whole price of a trial offer; the shop receives it in full. Whoever is
both shop and customers earns the subsidy with every parcel, full or empty. The crude run the
accounts on the shop's own phone and buy out the offer in an hour. The next keep a dozen accounts on
old phones and repeat it every week. The careful let real bargain hunters have a part of it, and
their accounts share only cards and a line here and there.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY, HOUR, MINUTE
from simulator.crews import one_flat, one_line, register, share_cards, share_devices
from simulator.economy.drops import crowd
from simulator.planting import STRENGTHS, pick_start
from simulator.regions import shelf_price, to_usd
from simulator.trade import Trades, open_shops, some_region
from simulator.world import World


class SubsidyHarvesting(Trades):
    """INC-06: orders for next to nothing between a shop and its own accounts."""

    name = "subsidy_harvesting"
    detection = "INC-06"
    scenario = 7
    names = ("device",)
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the shop, its offers and its customers."""
        self.cases: list[tuple[str, int, list[int], int, np.ndarray, int]] = []
        for strength in STRENGTHS * self.count(world):
            rounds = {"low": 2, "medium": 4, "high": 5}[strength]
            pause = {"low": 4.0, "medium": 6.0, "high": 8.0}[strength]
            start = pick_start(world, rng, rounds * pause + 3)
            last = world.clock.end - DAY
            dates = [
                start + int((turn * pause + rng.uniform(0, 1)) * DAY) for turn in range(rounds)
            ]
            dates = [date for date in dates if date < last]
            if not dates:
                continue
            region = some_region(rng)
            opened = start - (rng.uniform(15, 150, 1) * DAY).astype(np.int64)
            owner, shop = open_shops(
                world,
                rng,
                region,
                opened,
                float(rng.gamma(2.0, 0.05)),
                category=int(rng.choice([2, 5])),
            )
            count = {"low": 8, "medium": 14, "high": 20}[strength] + int(rng.poisson(4))
            people = register(world, rng, count, region, start, 40.0)
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", np.append(owner, people))
            self.cases.append((strength, number, dates, int(shop[0]), people, int(owner[0])))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Put the offers up and buy them."""
        products = world.products
        for strength, number, dates, shop, people, owner in self.cases:
            n, region = len(people), int(world.sellers.region[shop])
            if strength == "low":
                share_devices(world, np.append(owner, people), n + 1)
                one_line(world, np.append(owner, people))
            else:
                share_devices(world, people, {"medium": 5, "high": 2}[strength])
            share_cards(world, people, {"low": n, "medium": 5, "high": 3}[strength])
            if strength != "high":
                one_flat(world, people, rng, 16)
            sku = int(world.sellers.first_product[shop])
            products.price[sku] = shelf_price(np.array([rng.uniform(5, 11)]), np.array([region]))[0]
            products.listed_at[sku] = min(products.listed_at[sku], min(dates) - DAY)
            world.truth.add(number, "sku", np.array([sku]))
            for date in dates:
                off = float(rng.uniform(0.9, 0.97))
                drop = world.add_drop(sku, date, 30.0, 2 * n, off, 1)
                take = {"low": 0.95, "medium": 0.8, "high": 0.6}[strength]
                who = people[rng.random(n) < take]
                wait = {"low": HOUR, "medium": 8 * HOUR, "high": 20 * HOUR}[strength]
                at = date + 2 * MINUTE + (rng.random(len(who)) * wait).astype(np.int64)
                self.trade(
                    number, who, at, np.full(len(who), sku), items=1, quantity=1, plain=1, pay=1,
                    keep=1, returned=0, disputed=0, device=world.users.device[who],
                    address=world.users.address[who],
                )  # fmt: skip
                real = {"low": 0, "medium": int(n * 0.15), "high": int(n * 0.5)}[strength]
                world.crowds = np.concatenate([world.crowds, crowd(world, rng, drop, real)])

    def stakes(
        self, world: World, plan: Batch, items: Batch, refunds: Batch, disputes: Batch
    ) -> np.ndarray:
        """What the platform paid."""
        given = np.zeros(len(plan), dtype=np.int64)
        np.add.at(given, items.order, items.platform_discount + items.shipping_subsidy)
        return to_usd(given, plan.region)


PLANT = SubsidyHarvesting
