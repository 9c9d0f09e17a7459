"""Buyer accounts made by the dozen.

Each new account brings a coupon, a clean history or a place for a stolen card. A script makes them
on one emulated phone, minutes apart, and orders at once. Better ones rotate a few phones behind one
rented line and pause irregularly. The best use real phones on mobile lines, two or three accounts
each, and let most accounts rest before the first order.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import HOUR, MINUTE
from simulator.economy.demand import pick_product
from simulator.planting import STRENGTHS, daytime, pick_start
from simulator.trade import Trades, inside, same_building, sit_at, some_region, use_device
from simulator.world import HOSTING, ISP, MOBILE, World


class AccountFactory(Trades):
    """KYC-07: many sign-ups on a device or a line, regular or spent at once."""

    name = "account_factory"
    detection = "KYC-07"
    scenario = 1
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Accounts and the moments they are made."""
        self.batches: list[tuple[str, int, int, Array, Array, Array]] = []
        for strength in STRENGTHS * self.count(world):
            n = 8 + int(rng.gamma(2.0, 5.0))
            days = {"low": 1.0, "medium": 2.0, "high": rng.uniform(5, 20)}[strength]
            start, region = pick_start(world, rng, days + 8), some_region(rng)
            if strength == "low":
                pause = rng.uniform(2, 12) * MINUTE
                born = start + np.cumsum(pause * rng.normal(1, 0.15, n).clip(0.4)).astype(np.int64)
            elif strength == "medium":
                born = start + np.cumsum(rng.gamma(1.6, 14.0, n) * MINUTE).astype(np.int64)
            else:
                born = np.sort(daytime(rng, world, region, start, days, n))
            born = inside(world, born)
            people = world.add_users(n, np.full(n, region), born, rng)
            phones = {"low": 1, "medium": -(-n // 5), "high": -(-n // 3)}[strength]
            fake = {"low": 0.9, "medium": 0.5, "high": 0.1}[strength]
            devices = world.add_devices(np.full(phones, start - HOUR), rng, fake)
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "user", people)
            world.truth.add(number, "device", devices)
            self.batches.append((strength, number, region, people, born, devices))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Phones, lines, drop addresses and first orders."""
        for strength, number, region, people, born, devices in self.batches:
            n = len(people)
            use_device(world, people, devices[np.arange(n) * len(devices) // n])
            kind = {"low": ISP, "medium": HOSTING, "high": MOBILE}[strength]
            pool = world.prefixes_of(kind, region)
            lines = rng.choice(pool, 1 if strength != "high" else min(3, len(pool)), replace=False)
            sit_at(world, people, lines[rng.integers(0, len(lines), n)], rng.integers(2, 250, n))
            if strength != "high":
                world.users.nat[people] = world.users.home[people]
                world.truth.add(number, "ip_prefix", world.prefix_names(lines))
            homes = world.users.address[people]
            same_building(world, homes[: -(-n // 2)], int(homes[0]), rng)
            buys, wait = {
                "low": (0.95, rng.gamma(2.0, 3.0, n) * MINUTE),
                "medium": (0.85, rng.gamma(1.5, 25.0, n) * MINUTE),
                "high": (0.7, rng.gamma(1.2, 20.0, n) * HOUR),
            }[strength]
            soon = np.flatnonzero(rng.random(n) < buys)
            at = born[soon] + wait[soon].astype(np.int64) + MINUTE
            sku = pick_product(world, rng, np.full(len(soon), region), at)
            good = sku >= 0
            self.trade(
                number, people[soon][good], at[good], sku[good], views=1,
                browse=(rng.gamma(2.0, 9.0, int(good.sum())) * 10**6).astype(np.int64) + 3 * 10**6,
            )  # fmt: skip


PLANT = AccountFactory
