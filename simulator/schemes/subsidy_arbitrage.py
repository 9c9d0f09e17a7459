"""Buying with the platform's money and selling on.

When the platform pays a third of the price, a shopkeeper buys at the sale instead of from a
wholesaler and lists the article again near its usual price. The open do it with their own account
and relist within days. The next buy with a few accounts on the family's phones. The careful buy
through helpers on their own devices who ship to the shop or a forwarder, relist late, and mix the
goods with honest stock.
"""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, HOUR, MINUTE, SECOND
from simulator.crews import one_line, pick_drops, register, share_cards, share_devices
from simulator.planting import STRENGTHS, daytime, old_users
from simulator.regions import to_usd
from simulator.trade import Trades, inside, open_shops
from simulator.world import World


class SubsidyArbitrage(Trades):
    """RSL-04: units bought at a subsidised price are listed again by the same people."""

    name = "subsidy_arbitrage"
    detection = "RSL-04"
    scenario = 4
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the sale (the deepest of a few), the shop and the buyers."""
        self.cases: list[tuple[str, int, int, np.ndarray, int, int, int]] = []
        products = world.products
        for strength in STRENGTHS * self.count(world):
            dates = pick_drops(world, rng, 4, True, 9, deepest=0.5)
            if not dates:
                continue
            deep = [world.drops[d].off / products.price[world.drops[d].sku] for d in dates]
            date = dates[int(np.argmax(deep))]
            drop = world.drops[date]
            region = int(products.region[drop.sku])
            if products.gtin[drop.sku] < 0:  # the most similar article of the trade
                usd = to_usd(products.price[[drop.sku]], products.region[[drop.sku]])[0]
                alike = world.goods.category == products.category[drop.sku]
                gap = np.abs(np.log(world.goods.usd / usd)) + np.where(alike, 0, 1e9)
                products.gtin[drop.sku] = int(np.argmin(gap))
            opened = drop.start - (rng.uniform(20, 300, 1) * DAY).astype(np.int64)
            owner, shop = open_shops(
                world, rng, region, opened, float(rng.gamma(2.0, 0.2)),
                category=int(products.category[drop.sku]),
            )  # fmt: skip
            count = {"low": 2, "medium": 3 + int(rng.poisson(2)), "high": 4 + int(rng.poisson(4))}
            helpers = register(world, rng, count[strength], region, drop.start, 40.0)
            wait = {"low": rng.uniform(0.5, 4), "medium": rng.uniform(3, 10),
                    "high": rng.uniform(7, 24)}[strength]  # fmt: skip
            listed = int(inside(world, np.array([drop.start + int(wait * DAY)]))[0])
            listing = world.add_listings(
                shop, np.array([region]), products.category[[drop.sku]], np.array([listed]), rng,
                gtin=products.gtin[drop.sku], brand=products.brand[drop.sku],
                sub=products.sub[drop.sku], grams=products.grams[drop.sku],
            )  # fmt: skip
            number = world.truth.open(self, strength, drop.start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", np.append(owner, helpers))
            world.truth.add(number, "sku", np.array([drop.sku, listing[0]]))
            buyers = np.append(owner, helpers)
            self.cases.append(
                (strength, number, date, buyers, int(shop[0]), int(listing[0]), listed)
            )

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Buy at the sale, list, sell."""
        products = world.products
        for strength, number, date, buyers, shop, listing, listed in self.cases:
            drop = world.drops[date]
            region = int(world.users.region[buyers[0]])
            n = len(buyers)
            if strength != "high":
                share_devices(world, buyers, {"low": n, "medium": 3}[strength])
                one_line(world, buyers)
            share_cards(world, buyers, {"low": n, "medium": n, "high": 3}[strength])
            depot = int(world.sellers.address[shop])
            for name in ("city", "zone", "street", "house", "unit", "cell"):
                world.addresses.__dict__[name][world.users.address[buyers]] = (
                    world.addresses.__dict__[name][depot]
                )
            if strength == "high":
                world.addresses.kind[world.users.address[buyers]] = 3
            again = 1 + rng.poisson(0.6, n)
            who = np.repeat(buyers, again)
            window = max(drop.end - drop.start, HOUR)
            at = drop.start + MINUTE + (rng.beta(1.2, 3, len(who)) * 0.9 * window).astype(np.int64)
            self.trade(
                number, who, at, np.full(len(who), drop.sku), items=1, quantity=drop.limit,
                pay=1, keep=1, returned=0, disputed=0,
                device=world.users.device[who], address=world.users.address[who],
            )  # fmt: skip
            margin = rng.uniform(0.85, 1.05)
            products.price[listing] = max(int(products.price[drop.sku] * margin), 1)
            sold = int(rng.integers(4, 15))
            crowd = old_users(world, rng, sold, listed, region)
            at = daytime(rng, world, region, listed + HOUR, 12, len(crowd))
            at = np.minimum(at, world.clock.end - 30 * SECOND)
            self.trade(number, crowd, at, np.full(len(crowd), listing))


PLANT = SubsidyArbitrage
