"""An old phone and bad light: refused again and again, always the same person."""

from __future__ import annotations

import numpy as np

from simulator import people
from simulator.clock import DAY, HOUR
from simulator.economy.onboarding import CAMERA, submissions
from simulator.planting import pick_start
from simulator.trade import Trades, open_shops, some_region
from simulator.world import SELLER_BASE, World


class PoorCamera(Trades):
    """Many attempts, low scores, one name, one document, a camera."""

    name = "poor_camera"
    detection = "KYC-05"
    scenario = 1
    benign = True
    per_20k_users = 5.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Applicants who do not give up."""
        for _ in range(self.count(world)):
            tries, hours = 2 + int(rng.poisson(2.0)), rng.gamma(2.0, 14.0) + 0.5
            start, region = pick_start(world, rng, hours / 24 + 5), some_region(rng)
            name = int(rng.integers(0, people.NAMES))
            owner, shop = open_shops(
                world,
                rng,
                region,
                np.array([start + int((hours + 1) * HOUR)]),
                name=name,
                verified=False,
            )
            paper = SELLER_BASE + int(shop[0])
            at = start + np.append(np.sort(rng.random(tries)) * hours, hours) * HOUR
            number = world.truth.open(self, "", start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            world.note(
                "submissions",
                submissions(
                    tries + 1,
                    owner=shop[0],
                    attempt=np.arange(1, tries + 2),
                    at=np.minimum(at.astype(np.int64), world.clock.end - DAY),
                    region=region,
                    name=name,
                    tax=shop[0],
                    document=paper,
                    face=paper,
                    device=world.add_devices(np.array([start - 300 * DAY]), rng)[0],
                    failed=np.append(rng.choice([0, 1, 2], tries, p=[0.4, 0.5, 0.1]), -1),
                    capture=CAMERA,
                    liveness=rng.beta(6, 4, tries + 1),
                    quality=rng.beta(6, 4, tries + 1),
                ),
            )
            self.shops.append((number, shop))


PLANT = PoorCamera
