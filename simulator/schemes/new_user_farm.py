"""One person, many first orders.

The welcome coupon is worth more than an account costs. The crude sign up again and again on their
own phone, with a tag behind the same mailbox, one card and one door. The next reset a few old
phones and borrow cards from the family. The careful use a phone and a card for each account or two
and spread them over weeks; the door stays, written differently.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY, HOUR, MINUTE
from simulator.crews import goods_at, one_flat, one_line, register, share_cards, share_devices
from simulator.economy.items import NEW_USER
from simulator.planting import STRENGTHS, daytime, pick_start
from simulator.regions import to_usd
from simulator.trade import Trades, inside, some_region
from simulator.world import World


class NewUserFarm(Trades):
    """INC-01: welcome coupons of accounts that are one person."""

    name = "new_user_farm"
    detection = "INC-01"
    scenario = 7
    names = ("device",)
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the accounts and the weeks."""
        self.farms: list[tuple[str, int, int, np.ndarray]] = []
        for strength in STRENGTHS * self.count(world):
            days = {"low": rng.uniform(1, 6), "medium": rng.uniform(5, 25),
                    "high": rng.uniform(20, 70)}[strength]  # fmt: skip
            start, region = pick_start(world, rng, days + 4), some_region(rng)
            end = int(inside(world, np.array([start + int(days * DAY)]))[0])
            span = max((end - start) / DAY, 0.2)
            people = register(world, rng, 3 + int(rng.gamma(1.8, 3.2)), region, end, span)
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "user", people)
            self.farms.append((strength, number, start, people))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """What they share; one small order each, and a few more to look alive."""
        users = world.users
        for strength, number, start, people in self.farms:
            n, region = len(people), int(users.region[people[0]])
            share_devices(world, people, {"low": n, "medium": 4, "high": 2}[strength])
            share_cards(world, people, {"low": n, "medium": 5, "high": 2}[strength])
            one_flat(world, people, rng, {"low": 4, "medium": 12, "high": 28}[strength])
            if strength != "high":
                one_line(world, people)
            if strength == "low":
                for name in ("name", "number"):
                    users.__dict__[name][people] = users.__dict__[name][people[0]]
                users.alias[people] = 1 + np.arange(n)
            shelf = goods_at(world, region, start, 11, 30)
            if not len(shelf):
                continue
            wait = {"low": 20 * MINUTE, "medium": 5 * HOUR, "high": 2 * DAY}[strength]
            at = users.created_at[people] + MINUTE + (rng.gamma(1.3, 1, n) * wait).astype(np.int64)
            sku = rng.choice(shelf, n)
            self.trade(
                number, people, inside(world, at), sku, items=1, quantity=1, plain=1, pay=1, keep=1,
                promo=NEW_USER, returned=0, disputed=0, device=users.device[people],
                address=users.address[people],
            )  # fmt: skip
            alive = people[rng.random(n) < {"low": 0.0, "medium": 0.15, "high": 0.4}[strength]]
            later = daytime(rng, world, region, start, 20, len(alive))
            later = inside(world, np.maximum(later, users.created_at[alive] + 4 * DAY))
            self.trade(
                number, alive, later, rng.choice(shelf, len(alive)), items=1, pay=1, keep=1,
                device=users.device[alive], address=users.address[alive],
            )  # fmt: skip

    def stakes(
        self, world: World, plan: Batch, items: Batch, refunds: Batch, disputes: Batch
    ) -> np.ndarray:
        """The coupons."""
        given = np.zeros(len(plan), dtype=np.int64)
        coupon = items.promo_kind == NEW_USER
        np.add.at(given, items.order[coupon], items.platform_discount[coupon])
        return to_usd(given, plan.region)


PLANT = NewUserFarm
