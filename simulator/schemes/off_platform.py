"""Shops that lead buyers out of the house.

Whoever asks or orders gets a number and an offer: cancel, write me there, I make it cheaper. Some
pay by transfer to a stranger, and part of those never see a parcel; a few come back to report it.
The crude write the number into every answer and ask for the transfer in the chat. Others send a
link. The careful run a normal shop, put the number in a picture most of the time, and choose whom
to ask.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array, Batch
from simulator.chats import Chatters, converse, first_word
from simulator.clock import DAY, HOUR, MINUTE
from simulator.economy.traffic import OFF_PLATFORM, SCAM, write_reports
from simulator.landing import Landing
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.trade import open_shops, shelf_of, some_region
from simulator.world import World


class OffPlatform(Chatters):
    """SCM-04: contact details to many buyers, who then cancel."""

    name = "off_platform"
    detection = "SCM-04"
    scenario = 5
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The shop and its offers."""
        self.shops_: list[tuple[str, int, int, float, int, int, Array]] = []
        for strength in STRENGTHS * self.count(world):
            days = {"low": rng.uniform(4, 9), "medium": rng.uniform(7, 15),
                    "high": rng.uniform(14, 26)}[strength]  # fmt: skip
            start, region = pick_start(world, rng, days + 12, lead=3.0), some_region(rng)
            opened = np.array([start - int(rng.uniform(10, 400) * DAY)])
            real = {"low": 0.05, "medium": 0.3, "high": 0.9}[strength]
            owner, shop = open_shops(world, rng, region, opened, real, 0.2)
            callers = old_users(world, rng, int(rng.integers(3, 12)), start, region)
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            self.shops_.append((strength, number, start, days, region, int(shop[0]), callers))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Who orders, and who lets himself be led away."""
        for strength, number, start, days, region, shop, _ in self.shops_:
            crowd = old_users(world, rng, int(18 + rng.gamma(2.5, 12.0)), start, region)
            n = len(crowd)
            led = {"low": rng.beta(12, 8), "medium": rng.beta(9, 13), "high": rng.beta(6, 20)}
            goes = rng.random(n) < led[strength]
            lag = (rng.gamma(1.5, 3.0, n) * HOUR).astype(np.int64) + 20 * MINUTE
            at = daytime(rng, world, region, start, days, n)
            sku = rng.choice(shelf_of(world, shop, start), n)
            self.trade(
                number, crowd, at, sku, items=1, pay=1, keep=np.where(goes, -1, 1),
                cancel_lag=np.where(goes, lag, NA),
            )  # fmt: skip

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """The talk, and the regret."""
        for strength, number, start, days, _, shop, callers in self.shops_:
            talks = self.talks(number)
            asked = Batch(
                plant=np.full(len(callers), number), buyer=callers,
                seller=np.full(len(callers), shop), order=np.full(len(callers), -1),
                at=np.full(len(callers), world.clock.end), leaves=np.full(len(callers), NA),
            )  # fmt: skip
            quiet = (talks.leaves == NA) & (rng.random(len(talks)) < 0.5)
            talks = talks.take(~quiet)
            begins = first_word(rng, talks)
            calls = start + (rng.random(len(callers)) * days * DAY).astype(np.int64)
            talks, begins = Batch.concat([talks, asked]), np.append(begins, calls)
            contact, link, payment = {
                "low": (0.75, 0.1, 0.2), "medium": (0.4, 0.35, 0.06), "high": (0.2, 0.08, 0.01),
            }[strength]  # fmt: skip
            turns = 2 * (1 + rng.geometric(0.6, len(talks)))
            converse(world, landing, rng, talks, turns, begins, 6.0, contact, link, payment)
            outside = (talks.leaves != NA) | (talks.order < 0)
            sorry = talks.take(outside & (rng.random(len(talks)) < 0.15))
            m = len(sorry)
            since = np.minimum(sorry.at, start + int(days * DAY))
            at = since + ((3 + rng.gamma(2.0, 3.0, m)) * DAY).astype(np.int64)
            rows = Batch(
                reporter=sorry.buyer, target=np.full(m, 1), number=sorry.seller,
                ground=rng.choice([OFF_PLATFORM, SCAM], m), order=sorry.order, at=at,
            )  # fmt: skip
            write_reports(world, landing, rows.take(at < world.clock.end))


PLANT = OffPlatform
