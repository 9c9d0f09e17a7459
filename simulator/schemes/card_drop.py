"""An empty house where parcels arrive.

Stolen cards from anywhere, one address that somebody watches: a flat for rent, an absent
neighbour. The crude make some accounts in a week and run the whole list through one door. Others
give each card an account and a phone of its own and write the street another way. The best keep
accounts for months beforehand, use cards of the country and two flats of one house, and space the
parcels so that the courier does not wonder.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY
from simulator.crews import dear_goods, one_flat, register, share_devices
from simulator.economy.demand import ISSUER_COUNTRIES
from simulator.economy.disputes import FRAUD
from simulator.planting import STRENGTHS, daytime, pick_start
from simulator.trade import Trades, some_region
from simulator.world import World


class CardDrop(Trades):
    """TXN-03: many people's cards, each used for the first time, at one door."""

    name = "card_drop"
    detection = "TXN-03"
    scenario = 0
    names = ("device", "order", "payment")
    per_20k_users = 5.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw houses, accounts and the list of cards."""
        self.houses: list[tuple[str, int, int, float, Array, Array]] = []
        for strength in STRENGTHS * self.count(world):
            days = {"low": 8.0, "medium": 18.0, "high": 28.0}[strength] * rng.uniform(0.7, 1.1)
            start, region = pick_start(world, rng, days + 12), some_region(rng)
            loot = dear_goods(world, region, start, 80, 900)
            if not len(loot):
                continue
            n = {"low": 6, "medium": 5, "high": 4}[strength] + int(rng.gamma(2.0, 1.5))
            age = {"low": 2.0, "medium": 15.0, "high": 120.0}[strength]
            people = register(world, rng, n, region, start, age)
            number = world.truth.open(self, strength, start + int(days * DAY / 2), region, rng)
            world.truth.add(number, "user", people)
            self.houses.append((strength, number, start, days, people, loot))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """One door, a card a parcel."""
        homes = world.addresses
        for strength, number, start, days, people, loot in self.houses:
            region = int(world.users.region[people[0]])
            one_flat(world, people, rng, {"low": 2, "medium": 8, "high": 16}[strength])
            places = world.users.address[people]
            homes.kind[places] = int(rng.choice([0, 0, 5]))
            if strength == "high":
                homes.unit[places] = rng.choice(rng.integers(1, 60, 2), len(places))
            share_devices(world, people, {"low": 3, "medium": 1, "high": 1}[strength])
            world.truth.add(number, "address", places)
            each = 1 + int(strength == "low")
            buyer = np.repeat(people, each)
            n = len(buyer)
            abroad = {"low": 0.8, "medium": 0.6, "high": 0.35}[strength]
            issuer = np.where(
                rng.random(n) < np.where(np.arange(n) == n // 2, 1.0, abroad),
                rng.integers(0, ISSUER_COUNTRIES, n),
                region,
            )
            self.trade(
                number, buyer, daytime(rng, world, region, start, days, n), rng.choice(loot, n),
                items=1, quantity=rng.integers(1, 3, n), method=0, pay=1, keep=1, returned=0,
                card=4 * 10**7 + 4 * world.ids.take("dropped card", n) + 2 * 10**7,
                bin=rng.integers(20, 90, n), issuer=issuer,
                address=np.repeat(places, each), disputed=(rng.random(n) < 0.75),
                dispute_group=FRAUD, dispute_lag=(9 + rng.gamma(2.0, 10.0, n)) * DAY,
            )  # fmt: skip


PLANT = CardDrop
