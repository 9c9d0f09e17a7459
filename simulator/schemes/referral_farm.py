"""Friends that do not exist.

Both sides of a referral are paid once the friend has ordered for a small sum. The crude make the
friends on one phone in an evening and let each order once, for just enough. The next use a few
phones and a week. The careful buy the sign-ups from a click shop, with devices and homes of their
own, and pay some of them to order again.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY, HOUR, MINUTE
from simulator.crews import goods_at, one_flat, one_line, register, share_cards, share_devices
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.trade import Trades, inside
from simulator.world import World


class ReferralFarm(Trades):
    """INC-03: a burst of referred accounts that order once, for the least that counts."""

    name = "referral_farm"
    detection = "INC-03"
    scenario = 7
    names = ("device",)
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the referrer, the friends and the days."""
        self.stars: list[tuple[str, int, int, int, np.ndarray]] = []
        for strength in STRENGTHS * self.count(world):
            days = {"low": rng.uniform(0.3, 3), "medium": rng.uniform(2, 8),
                    "high": rng.uniform(6, 25)}[strength]  # fmt: skip
            start = pick_start(world, rng, days + 24)
            referrer = int(old_users(world, rng, 1, start)[0])
            region = int(world.users.region[referrer])
            end = int(inside(world, np.array([start + int(days * DAY)]))[0])
            count = 7 + int(rng.gamma(2.0, 5.0))
            people = register(world, rng, count, region, end, max((end - start) / DAY, 0.2))
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "user", np.append(referrer, people))
            self.stars.append((strength, number, start, referrer, people))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Who brought them, what they share, and the one order."""
        users = world.users
        for strength, number, start, referrer, people in self.stars:
            n, region = len(people), int(users.region[referrer])
            users.referred_by[people] = referrer
            users.referred_by[referrer] = -1
            if strength != "high":
                share_devices(world, people, {"low": n, "medium": 5}[strength])
                share_cards(world, people, {"low": 6, "medium": 3}[strength])
                one_flat(world, people, rng, {"low": 4, "medium": 12}[strength])
                one_line(world, people)
            shelf = goods_at(world, region, start, 15, 22)
            if not len(shelf):
                continue
            orders = people[rng.random(n) < {"low": 0.95, "medium": 0.9, "high": 0.8}[strength]]
            wait = {"low": HOUR, "medium": 10 * HOUR, "high": 2 * DAY}[strength]
            lag = (rng.gamma(1.5, 1, len(orders)) * wait).astype(np.int64) + 3 * MINUTE
            first = inside(world, users.created_at[orders] + lag)
            again = orders[
                rng.random(len(orders)) < {"low": 0.0, "medium": 0.08, "high": 0.3}[strength]
            ]
            later = daytime(rng, world, region, start + 14 * DAY, 30, len(again))
            who = np.concatenate([orders, again])
            at = inside(world, np.concatenate([first, later]))
            self.trade(
                number, who, at, rng.choice(shelf, len(who)), items=1, quantity=1, plain=1, keep=1,
                pay=1, returned=0, disputed=0, device=users.device[who], address=users.address[who],
            )  # fmt: skip

    def stakes(
        self, world: World, plan: Batch, items: Batch, refunds: Batch, disputes: Batch
    ) -> np.ndarray:
        """Eight dollars an order: five for the referrer, three for the friend."""
        return np.full(len(plan), 8.0)


PLANT = ReferralFarm
