"""Scripts that buy a restock before people can.

The script asks the shop for the stock several times a second and orders within a second or two of
the first yes. The crude run all accounts on one rented server and one emulated phone. The next
rent a handful of virtual phones and spread over some seconds. The best route each account through
a home line and a device of its own and wait as long as a fast person would; they still come first,
every time, with several orders.
"""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, HOUR, MINUTE, SECOND
from simulator.crews import one_flat, pick_drops, register, share_cards
from simulator.planting import STRENGTHS
from simulator.trade import Trades, use_device
from simulator.world import HOSTING, ISP, VPN, World


class DropBot(Trades):
    """RSL-02: several orders in the first seconds of a drop, faster than a person."""

    name = "drop_bot"
    detection = "RSL-02"
    scenario = 4
    names = ("ip_prefix",)
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the dates it goes for and the accounts it drives."""
        self.crews: list[tuple[str, int, list[int], np.ndarray, np.ndarray]] = []
        for strength in STRENGTHS * self.count(world):
            dates = pick_drops(world, rng, 1 + int(rng.geometric(0.4)), None, 1.0)
            if not dates:
                continue
            first = min(world.drops[d].start for d in dates)
            region = int(world.products.region[world.drops[dates[0]].sku])
            count = 3 + int(rng.gamma(2.0, 2.5))
            days = {"low": 3.0, "medium": 15.0, "high": 120.0}[strength]
            people = register(world, rng, count, region, first, days)
            phones = {"low": 1, "medium": max(1, count // 4), "high": count}[strength]
            fake = {"low": 1.0, "medium": 0.7, "high": 0.15}[strength]
            born = np.full(phones, first - int(days * DAY) - 3 * HOUR)
            devices = world.add_devices(born, rng, fake)
            number = world.truth.open(self, strength, first, region, rng)
            world.truth.add(number, "user", people)
            world.truth.add(number, "device", devices)
            world.truth.add(number, "sku", np.array([world.drops[d].sku for d in dates]))
            self.crews.append((strength, number, dates, people, devices))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Equip them and let them fire."""
        for strength, number, dates, people, devices in self.crews:
            n = len(people)
            region = int(world.users.region[people[0]])
            use_device(world, people, devices[np.arange(n) * len(devices) // n])
            share_cards(world, people, {"low": n, "medium": 3, "high": 2}[strength])
            one_flat(world, people, rng, {"low": 2, "medium": 8, "high": 24}[strength])
            kind = {"low": HOSTING, "medium": HOSTING if rng.random() < 0.6 else VPN, "high": ISP}
            pool = world.prefixes_of(kind[strength], region)
            lines = rng.choice(pool, min(n if strength == "high" else 1, len(pool)), replace=False)
            delay = {"low": (0.4, 0.5), "medium": (1.2, 0.9), "high": (2.8, 0.45)}[strength]
            for date in dates:
                drop = world.drops[date]
                tries = {"low": 1 + rng.poisson(1.5, n), "medium": 1 + rng.poisson(0.7, n),
                         "high": rng.random(n) < 0.75}[strength]  # fmt: skip
                who = np.repeat(np.arange(n), tries)
                m = len(who)
                wait = rng.lognormal(*delay, m) * SECOND
                at = drop.start + np.minimum(wait, 3 * MINUTE).astype(np.int64) + SECOND // 4
                paced = delay[0] if strength == "high" else delay[0] - 0.4
                look = rng.lognormal(paced, 0.5, m) * SECOND
                look = np.minimum(look, (at - drop.start) * 0.9)
                self.trade(
                    number, people[who], at, np.full(m, drop.sku), items=1, quantity=drop.limit,
                    pay=1, keep=1, returned=0, disputed=0, view_lag=look, views=1,
                    browse=look + 2 * SECOND,
                    device=world.users.device[people[who]],
                    address=world.users.address[people[who]],
                    ip=lines[who % len(lines)] * 256 + 2 + who % 250,
                )  # fmt: skip


PLANT = DropBot
