"""Somebody else's account, somebody else's card.

A password from a leak opens an account with a saved card. The hasty come from abroad, try several
passwords, lock the owner out and buy at once, dear and much. Others rent a line in the owner's
country and wait some hours after they changed where the messages go. The best sit on a home line,
change one thing only, come back the next day and buy once, not much dearer than the owner would.
The goods go to an address that the account has never used, and the owner finds it on the bill.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY, HOUR, MINUTE, SECOND
from simulator.crews import dear_goods
from simulator.economy.demand import write_sessions
from simulator.economy.disputes import FRAUD
from simulator.economy.onboarding import FIELDS, changes
from simulator.landing import Landing
from simulator.people import STREETS
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.regions import REGIONS, to_usd
from simulator.trade import Trades, log_in
from simulator.world import HOSTING, ISP, MOBILE, World

_CHANGED = {
    "low": ["password", "email", "address"],
    "medium": ["phone", "address"],
    "high": ["password"],
}


class Takeover(Trades):
    """TXN-02: a new device and a strange line, a change, then the saved card."""

    name = "takeover_cash_out"
    detection = "TXN-02"
    scenario = 0
    names = ("order", "payment")
    per_20k_users = 8.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw owners, what they bought before, and what the thief does in one night."""
        self.doors: list[int] = []
        self.logins: list[tuple[Array, Array, Array, int, int]] = []
        for strength in STRENGTHS * self.count(world):
            start = pick_start(world, rng, 35)
            user = old_users(world, rng, 1, start - 150 * DAY)
            region = int(world.users.region[user[0]])
            usual = dear_goods(world, region, start - 150 * DAY, 12, 60)
            low, high = {"low": (150, 900), "medium": (110, 500), "high": (80, 220)}[strength]
            loot = dear_goods(world, region, start, low, high)
            if not len(usual) or not len(loot):
                continue
            n = int(rng.integers(4, 8))
            self.trade(
                -1, np.repeat(user, n), daytime(rng, world, region, start - 140 * DAY, 110, n),
                rng.choice(usual, n), items=1, quantity=1, method=0, pay=1, keep=1, returned=0,
                disputed=0, address=world.users.address[user[0]],
            )  # fmt: skip
            self._steal(world, rng, strength, int(user[0]), start, loot, low)

    def _steal(
        self,
        world: World,
        rng: np.random.Generator,
        strength: str,
        user: int,
        start: int,
        loot: Array,
        worth: float,
    ) -> None:
        region = int(world.users.region[user])
        at = int(daytime(rng, world, region, start, 1, 1)[0])
        device = int(world.add_devices(np.array([at - 5 * MINUTE]), rng, 0.25)[0])
        far = (region + int(rng.integers(1, len(REGIONS)))) % len(REGIONS)
        where, kind = {
            "low": (far, int(rng.choice([MOBILE, HOSTING]))),
            "medium": (region, HOSTING),
            "high": (region, ISP),
        }[strength]
        ip = int(rng.choice(world.prefixes_of(kind, where))) * 256 + int(rng.integers(2, 250))
        number = world.truth.open(self, strength, at, region, rng)
        world.truth.add(number, "user", np.array([user]))
        world.truth.add(number, "device", np.array([device]))
        fails = {"low": int(rng.integers(2, 9)), "medium": int(rng.integers(0, 3))}.get(strength, 0)
        tries = at - np.sort(rng.integers(20, 900, fails))[::-1] * SECOND
        moments = np.append(tries, at)
        login = np.append(np.ones(fails, dtype=np.int64), 0)
        self.logins.append((moments, login, np.full(len(moments), user), device, ip))
        fields = _CHANGED[strength]
        changed = at + MINUTE + np.sort(rng.integers(1, 25, len(fields))) * MINUTE
        world.note(
            "changes",
            changes(
                len(fields), party=0, owner=user, field=[FIELDS.index(f) for f in fields],
                at=changed, device=device,
            ),
        )  # fmt: skip
        wait = {
            "low": rng.uniform(0.1, 1.5),
            "medium": rng.uniform(2, 9),
            "high": rng.uniform(12, 20),
        }[strength]
        n = {"low": int(rng.integers(2, 6)), "medium": int(rng.integers(1, 4)), "high": 1}[strength]
        first = int(changed[-1]) + int(wait * HOUR)
        when = first + np.sort((rng.random(n) * 100 * MINUTE).astype(np.int64))
        drop = world.users.address[user]
        door = int(world.add_addresses(np.array([user]), 0, np.array([drop]), changed[-1:], rng)[0])
        self.doors.append(door)
        world.truth.add(number, "address", np.array([door]))
        skus = rng.choice(loot, n)
        price = to_usd(world.products.price[skus], world.products.region[skus])
        self.trade(
            number, np.full(n, user), np.minimum(when, world.clock.end - HOUR),
            skus, items=1, quantity=np.clip(worth // price + 1, 1, 6),
            method=0, pay=1, keep=1, returned=0,
            device=device, ip=ip, address=door, disputed=(rng.random(n) < 0.85),
            dispute_group=FRAUD, dispute_lag=(7 + rng.gamma(2.0, 8.0, n)) * DAY,
            browse=rng.uniform(1, 6, n) * MINUTE,
        )  # fmt: skip

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """The goods go to a house in the country that the account has nothing to do with."""
        homes = world.addresses
        for door in self.doors:
            cities = len(REGIONS[int(homes.region[door])].cities)
            homes.city[door] = int(rng.integers(0, cities))
            homes.zone[door], homes.cell[door] = rng.integers(0, 24), rng.integers(0, 32_768)
            homes.street[door], homes.house[door] = rng.integers(0, STREETS), rng.integers(1, 160)
            homes.unit[door], homes.kind[door] = 0, int(rng.choice([0, 2, 5]))

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """The thief's sessions before the order: wrong passwords, then the right one."""
        for at, login, user, device, ip in self.logins:
            n = len(at)
            sessions = log_in(world, user, at, np.full(n, device), np.full(n, ip), rng)
            sessions.login = login
            sessions.until = np.where(login == 1, at + 2 * SECOND, sessions.until)
            write_sessions(world, landing, sessions)


PLANT = Takeover
