"""A maker of things to order: every ring is talked about.

Name or date, gold or silver, may I see a sketch? Ten messages an order are nothing, sometimes with
a link to the sketch, sometimes with the number for the engraving. The order stays here, and it is
paid here.
"""

from __future__ import annotations

import numpy as np

from simulator.chats import Chatters, converse, first_word
from simulator.clock import DAY
from simulator.landing import Landing
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import open_shops, shelf_of, some_region
from simulator.world import World


class CustomMaker(Chatters):
    """Many chats, contact details now and then, and nobody cancels for it."""

    name = "custom_maker"
    detection = "SCM-04"
    scenario = 5
    benign = True
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The workshop."""
        self.makers: list[tuple[int, int, float, int, int]] = []
        for _ in range(self.count(world)):
            days = float(rng.uniform(20, 50))
            start, region = pick_start(world, rng, days + 5, lead=3.0), some_region(rng)
            opened = np.array([start - int(rng.uniform(60, 600) * DAY)])
            owner, shop = open_shops(world, rng, region, opened, 0.2, 0.3, handling=3.0)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            self.makers.append((number, start, days, region, int(shop[0])))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """The customers."""
        for number, start, days, region, shop in self.makers:
            crowd = old_users(world, rng, int(20 + rng.gamma(2.5, 10.0)), start, region)
            n = len(crowd)
            at = daytime(rng, world, region, start, days, n)
            self.trade(number, crowd, at, rng.choice(shelf_of(world, shop, start), n), items=1)

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """The talk."""
        for number, *_ in self.makers:
            talks = self.talks(number)
            turns = 3 + rng.poisson(6.0, len(talks))
            begins = first_word(rng, talks)
            converse(world, landing, rng, talks, turns, begins, 90.0, 0.05, 0.08, 0.0)


PLANT = CustomMaker
