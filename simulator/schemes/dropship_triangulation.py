"""Selling what one does not have, and having another shop send it.

A shop lists an article it never stocked, a little dearer or cheaper than the original. Each sale
is bought, hours later, from the shop that has it: with the platform's coupon, to the customer's
door, by an account of the same people. Some pay with stolen cards, so that the whole price is
profit. The crude use one account for all. The next use a few and wait a day. The careful send part
of the orders from a small stock of their own and buy the rest through accounts that share only a
card.
"""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, HOUR, MINUTE
from simulator.crews import goods_at, one_line, register, share_cards, share_devices
from simulator.economy.items import COUPON
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.trade import Trades, open_shops, some_region
from simulator.world import CARD, World


class DropshipTriangulation(Trades):
    """RSL-05: every sale is bought again elsewhere, to the same door."""

    name = "dropship_triangulation"
    detection = "RSL-05"
    scenario = 4
    names = ("device",)
    per_20k_users = 2.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw shop, articles, customers and when each sale is passed on."""
        self.cases: list[dict[str, np.ndarray | str | int]] = []
        products, users = world.products, world.users
        for strength in STRENGTHS * self.count(world):
            days = float(rng.uniform(12, 35))
            start, region = pick_start(world, rng, days + 4), some_region(rng)
            stock = goods_at(world, region, start, 15, 90)
            stock = stock[products.gtin[stock] >= 0]
            if not len(stock):
                continue
            source = rng.choice(stock, min(int(rng.integers(1, 5)), len(stock)), replace=False)
            opened = start - (rng.uniform(3, 60, 1) * DAY).astype(np.int64)
            owner, shop = open_shops(world, rng, region, opened, 0.0)
            k = len(source)
            copies = world.add_listings(
                np.repeat(shop, k), np.full(k, region), products.category[source],
                np.full(k, start - DAY), rng, gtin=products.gtin[source], sub=products.sub[source],
                brand=products.brand[source], grams=products.grams[source],
            )  # fmt: skip
            count = {"low": 1, "medium": 2, "high": 4}[strength]
            agents = np.append(owner, register(world, rng, count, region, start, 30.0))
            n = 8 + int(rng.gamma(2.5, 6.0))
            customers = old_users(world, rng, n, start, region)
            n = len(customers)
            at = daytime(rng, world, region, start, days, n)
            wait = {"low": rng.gamma(2, 2, n), "medium": rng.gamma(3, 8, n),
                    "high": rng.gamma(3, 11, n)}[strength] * HOUR  # fmt: skip
            passed = {"low": 0.95, "medium": 0.8, "high": rng.uniform(0.35, 0.6)}[strength]
            passed_on = np.flatnonzero(rng.random(n) < passed)
            agent = agents[rng.integers(0, len(agents), len(passed_on))]
            again = at[passed_on] + wait[passed_on].astype(np.int64) + 10 * MINUTE
            doors = world.add_addresses(
                agent, 0, users.address[customers[passed_on]], again - 3 * MINUTE, rng
            )
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", agents)
            world.truth.add(number, "sku", copies)
            self.cases.append(
                {"strength": strength, "number": number, "agents": agents, "copies": copies,
                 "source": source, "customers": customers, "at": at, "passed": passed_on,
                 "agent": agent, "again": again, "doors": doors,
                 "article": rng.integers(0, k, n)}
            )  # fmt: skip

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """The sale, and the purchase behind it."""
        for case in self.cases:
            strength, number, agents = case["strength"], case["number"], case["agents"]
            if strength != "high":
                share_devices(world, agents, len(agents))
                one_line(world, agents)
            share_cards(world, agents, len(agents))
            cheaper = rng.uniform(0.92, 1.12)
            price = world.products.price
            price[case["copies"]] = np.maximum((price[case["source"]] * cheaper).astype(int), 1)
            customers, article, passed = case["customers"], case["article"], case["passed"]
            self.trade(
                number, customers, case["at"], case["copies"][article], items=1, quantity=1,
                keep=1, pay=1, address=world.users.address[customers],
            )  # fmt: skip
            agent = case["agent"]
            self.trade(
                number, agent, case["again"], case["source"][article[passed]], items=1, quantity=1,
                keep=1, pay=1, returned=0, promo=COUPON, address=case["doors"],
                device=world.users.device[agent], **self._paid(world, rng, strength, agent),
            )  # fmt: skip

    @staticmethod
    def _paid(
        world: World, rng: np.random.Generator, strength: str, agent: np.ndarray
    ) -> dict[str, np.ndarray]:
        """Their own card; or a stolen one each, whose owners complain weeks later."""
        n = len(agent)
        if strength == "high" or rng.random() < 0.6:
            return {"card": world.users.card[agent], "method": np.full(n, CARD)}
        return {
            "card": 4 * 10**7 + world.ids.take("stolen card", n),
            "bin": 20 + rng.integers(0, 80, n),
            "method": np.full(n, CARD),
            "disputed": (rng.random(n) < 0.7).astype(np.int64),
            "dispute_group": np.zeros(n, dtype=np.int64),
            "dispute_lag": ((6 + rng.gamma(2.0, 10.0, n)) * DAY).astype(np.int64),
        }


PLANT = DropshipTriangulation
