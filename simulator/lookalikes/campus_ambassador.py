"""A student with a stand at the freshers' fair: thirty referred friends, who keep ordering."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, HOUR
from simulator.crews import goods_at, register
from simulator.planting import daytime, old_users, pick_start
from simulator.trade import Trades, inside, sit_at
from simulator.world import BUSINESS, World


class CampusAmbassador(Trades):
    """One network at sign-up, own phones and homes, and a life as customers afterwards."""

    name = "campus_ambassador"
    detection = "INC-03"
    scenario = 7
    benign = True
    names = ("device",)
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw ambassador and friends."""
        self.stands: list[tuple[int, int, int, np.ndarray]] = []
        for _ in range(self.count(world)):
            start = pick_start(world, rng, 40)
            ambassador = int(old_users(world, rng, 1, start)[0])
            region = int(world.users.region[ambassador])
            count = int(rng.integers(10, 35))
            friends = register(world, rng, count, region, start + 9 * DAY, 9.0, activity=2.0)
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "user", np.append(ambassador, friends))
            self.stands.append((number, start, ambassador, friends))

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """Half of them sign up on the campus network; most order twice or more."""
        users = world.users
        for number, start, ambassador, friends in self.stands:
            users.referred_by[friends] = ambassador
            users.referred_by[ambassador] = -1
            n, region = len(friends), int(users.region[ambassador])
            campus = friends[rng.random(n) < 0.5]
            line = int(rng.choice(world.prefixes_of(BUSINESS, region)))
            sit_at(world, campus, line, rng.integers(2, 250, len(campus)))
            shelf = goods_at(world, region, start, 11, 70)
            if not len(shelf):
                continue
            buyers = friends[rng.random(n) < 0.85]
            lag = (rng.gamma(1.2, 40, len(buyers)) * HOUR).astype(np.int64) + HOUR // 4
            first = inside(world, users.created_at[buyers] + lag)
            more = np.repeat(buyers, rng.poisson(1.6, len(buyers)))
            later = inside(world, daytime(rng, world, region, start + 10 * DAY, 45, len(more)))
            who = np.concatenate([buyers, more])
            at = np.concatenate([first, later])
            self.trade(number, who, at, rng.choice(shelf, len(who)))


PLANT = CampusAmbassador
