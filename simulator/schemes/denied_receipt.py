"""It was signed for, and never came.

"I have not received it" costs nothing to say and needs no parcel back. The blunt say it of nearly
everything they buy. The patient say it of the dear half, where the carrier asks for a code or a
signature anyway, and let the rest arrive. The best share it out between two accounts at one home
and claim little more often than somebody on a bad route would.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY, HOUR
from simulator.crews import dear_goods, one_flat, one_line
from simulator.economy.aftersales import NOT_RECEIVED
from simulator.economy.fulfilment import GPS, NO_PROOF, OTP, PHOTO, SIGNATURE
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.trade import Refunded
from simulator.world import World


class DeniedReceipt(Refunded):
    """RET-03: several claims of non-receipt against the carrier's proof."""

    name = "denied_receipt"
    detection = "RET-03"
    scenario = 2
    names = ("order", "return")
    per_20k_users = 6.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """People, what they deny and what they admit."""
        self.homes: list[Array] = []
        for strength in STRENGTHS * self.count(world):
            days = {"low": 30.0, "medium": 55.0, "high": 75.0}[strength] * rng.uniform(0.7, 1.2)
            days = min(days, world.clock.nights * 0.6)
            start = pick_start(world, rng, days + 16)
            people = old_users(world, rng, 2 if strength == "high" else 1, start)
            region = int(world.users.region[people[0]])
            dear, any_ = (dear_goods(world, region, start, low, 900) for low in (45, 5))
            if not len(dear):
                continue
            self.homes.append(people)
            n, kept = {
                "low": (5 + int(rng.gamma(2, 1.5)), int(rng.integers(1, 4))),
                "medium": (4 + int(rng.gamma(2, 1)), int(rng.integers(6, 14))),
                "high": (4 + int(rng.integers(0, 3)), int(rng.integers(16, 28))),
            }[strength]
            at = np.sort(daytime(rng, world, region, start, days, n))
            # Nobody is found out before the third claim.
            number = world.truth.open(self, strength, int(at[2]), region, rng)
            world.truth.add(number, "user", people)
            # Dear parcels are handed over, cheap ones left at the door.
            proof = rng.choice(
                [NO_PROOF, PHOTO, SIGNATURE, OTP, GPS], n, p=[0.04, 0.2, 0.3, 0.3, 0.16]
            )
            self.trade(
                number, rng.choice(people, n), at,
                rng.choice(dear, n), items=1, method=0, pay=1, keep=1, returned=1,
                reason=NOT_RECEIVED, proof=proof, disputed=0, refunded=(rng.random(n) < 0.92),
                return_lag=(10 * HOUR + rng.gamma(1.5, 1.2, n) * DAY),
            )  # fmt: skip
            self.trade(
                -1, rng.choice(people, kept), daytime(rng, world, region, start, days, kept),
                rng.choice(any_, kept), items=1, pay=1, returned=0, disputed=0,
            )  # fmt: skip

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Two accounts live on one line and at one door."""
        for people in self.homes:
            if len(people) == 2:
                one_line(world, people)
                one_flat(world, people, rng)


PLANT = DeniedReceipt
