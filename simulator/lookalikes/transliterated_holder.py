"""A name from another script: the bank spells it differently from the passport."""

from __future__ import annotations

import numpy as np

from simulator import people
from simulator.clock import DAY
from simulator.economy.onboarding import accounts
from simulator.planting import pick_start
from simulator.trade import Trades, open_shops, some_region
from simulator.world import World


class TransliteratedHolder(Trades):
    """The same person, a new account, a few letters apart."""

    name = "transliterated_holder"
    detection = "KYC-04"
    scenario = 1
    benign = True
    per_20k_users = 6.0
    spelling = 1

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Shops that change banks in the middle of a good trade."""
        for _ in range(self.count(world)):
            moved, region = pick_start(world, rng, 14, lead=4.0), some_region(rng)
            name = int(rng.integers(0, people.NAMES))
            owner, shop = open_shops(
                world,
                rng,
                region,
                np.array([moved - int(rng.uniform(30, 500) * DAY)]),
                weight=float(0.7 + rng.gamma(2.0, 0.5)),
                name=name,
            )
            number = world.truth.open(self, "", moved, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            world.note(
                "accounts",
                accounts(
                    1,
                    owner=shop,
                    region=region,
                    account=10_000_000 + world.ids.take("bank account", 1),
                    holder=self.holder(rng, name),
                    spelling=self.spelling,
                    added_at=moved,
                    device=world.add_devices(np.array([moved - DAY]), rng),
                ),
            )
            self.shops.append((number, shop))

    def holder(self, rng: np.random.Generator, name: int) -> int:
        """Whose name is on the account."""
        return name


PLANT = TransliteratedHolder
