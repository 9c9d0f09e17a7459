"""Samples: shops let creators order their goods to film them, coded as such."""

from __future__ import annotations

import numpy as np

from simulator.affiliates import link, paying_content
from simulator.clock import DAY
from simulator.planting import daytime, pick_start
from simulator.trade import Trades
from simulator.world import World


class CreatorSamples(Trades):
    """A creator's own orders through the creator's own link, of order type sample."""

    name = "creator_samples"
    detection = "INC-02"
    scenario = 7
    benign = True
    names = ("device",)
    per_20k_users = 20.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw creators and what they film."""
        content, creators = world.content, world.creators
        for _ in range(self.count(world)):
            start = pick_start(world, rng, 45)
            shown = paying_content(world, start)
            if not len(shown):
                continue
            creator = int(content.creator[rng.choice(shown)])
            mine = shown[content.creator[shown] == creator]
            user = int(creators.user[creator])
            region = int(world.users.region[user])
            n = int(rng.integers(2, 8))
            film = rng.choice(mine, n)
            at = np.minimum(daytime(rng, world, region, start, 40, n), world.clock.end - DAY)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "creator", np.array([creator]))
            world.truth.add(number, "user", np.array([user]))
            self.trade(
                number, np.full(n, user), at, content.sku[film], items=1, quantity=1, pay=1, keep=1,
                kind=1, returned=0, disputed=0, **link(world, film),
            )  # fmt: skip


PLANT = CreatorSamples
