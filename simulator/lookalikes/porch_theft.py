"""Somebody follows the van: in some streets what is left at the door is gone by the evening."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch
from simulator.clock import DAY, HOUR
from simulator.economy.aftersales import NOT_RECEIVED
from simulator.economy.demand import pick_product
from simulator.economy.fulfilment import GPS, NO_PROOF, PHOTO
from simulator.economy.identity import CITY_NAMES, city_number
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades
from simulator.world import World


class PorchTheft(Trades):
    """Everybody in one part of a town claims non-receipt, in spite of the photo of the door."""

    name = "porch_theft"
    detection = "RET-03"
    scenario = 2
    benign = True
    names = ("order", "return")
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw the district, the weeks, the share taken, and some who order often."""
        self.places: list[tuple[int, int, int, int, float, np.ndarray, int]] = []
        for _ in range(self.count(world)):
            days = float(rng.uniform(25, 70))
            start = pick_start(world, rng, days + 12)
            people = old_users(world, rng, int(rng.integers(6, 16)), start)
            region = int(world.users.region[people[0]])
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", people)
            share = float(rng.beta(5, 14))
            first = int(people[0])
            self.places.append(
                (number, first, start, start + int(days * DAY), share, people, region)
            )

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """They live in one district, door by door, and go on ordering."""
        homes, users = world.addresses, world.users
        for number, first, start, end, _, people, region in self.places:
            place = users.address[people]
            like = int(users.address[first])
            for name in ("region", "city", "zone"):
                homes.__dict__[name][place] = homes.__dict__[name][like]
            users.address_b[people] = -1
            world.truth.add(
                number, "city", [CITY_NAMES[int(city_number(homes.region[like], homes.city[like]))]]
            )
            often = np.repeat(people, rng.poisson(3.0, len(people)))
            at = daytime(rng, world, region, start, (end - start) / DAY, len(often))
            self.trade_any(world, rng, number, often, at)

    def trade_any(
        self, world: World, rng: np.random.Generator, number: int, who: np.ndarray, at: np.ndarray
    ) -> None:
        """Purchases of anything; what is taken of them is decided with all others (`shape`)."""
        if not len(who):
            return
        sku = pick_product(world, rng, world.users.region[who], at)
        self.trade(number, who[sku >= 0], at[sku >= 0], sku[sku >= 0], items=1, pay=1)

    def shape(self, world: World, rng: np.random.Generator, plan: Batch) -> None:
        """What is left at the door in the district is taken now and then."""
        homes = world.addresses
        town = city_number(homes.region[plan.address], homes.city[plan.address]) * 24
        town = town + homes.zone[plan.address]
        for number, first, start, end, share, _, _ in self.places:
            like = int(world.users.address[first])
            here = int(city_number(homes.region[like], homes.city[like])) * 24 + homes.zone[like]
            hit = (town == here) & (plan.placed_at >= start) & (plan.placed_at < end)
            hit &= (plan.plant < 0) | (plan.plant == number)
            hit &= rng.random(len(plan)) < share
            plan.plant[hit] = number
            plan.returned[hit], plan.reason[hit] = 1, NOT_RECEIVED
            plan.return_lag[hit] = 6 * HOUR + (rng.gamma(1.5, 1.0, len(plan)) * DAY)[hit]
            plan.proof[hit] = rng.choice([NO_PROOF, PHOTO, GPS], len(plan), p=[0.5, 0.38, 0.12])[
                hit
            ]


PLANT = PorchTheft
