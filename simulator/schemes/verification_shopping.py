"""Trying papers until some are accepted.

A forged identity is cheap, so the crude try one name after the other within hours and upload what
they were sold. The next keep to two names, learn from each refusal, and feed a prepared film into
the camera. The best come with a good synthetic face: one or two refusals, then a film that moves
nearly like a person.
"""

from __future__ import annotations

import numpy as np

from simulator import people
from simulator.clock import DAY, HOUR
from simulator.economy.onboarding import CAMERA, UPLOAD, VIRTUAL, submissions
from simulator.planting import STRENGTHS, pick_start
from simulator.trade import Trades, open_shops, some_region
from simulator.world import SELLER_BASE, World


class VerificationShopping(Trades):
    """KYC-05: refusals under several names, then a pass that looks injected."""

    name = "verification_shopping"
    detection = "KYC-05"
    scenario = 1
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Every attempt of every applicant."""
        for strength in STRENGTHS * self.count(world):
            tries, names, hours = {
                "low": (3 + int(rng.poisson(2.5)), 2 + int(rng.poisson(1.5)), rng.uniform(1, 12)),
                "medium": (2 + int(rng.poisson(1.8)), 2, rng.uniform(18, 100)),
                "high": (1 + int(rng.poisson(0.7)), int(rng.integers(1, 3)), rng.uniform(40, 200)),
            }[strength]
            start, region = pick_start(world, rng, hours / 24 + 8), some_region(rng)
            passed = start + int(hours * HOUR)
            person = rng.integers(0, people.NAMES, names)
            papers = world.ids.take("forged papers", names)
            owner, shop = open_shops(
                world,
                rng,
                region,
                np.array([passed + HOUR]),
                weight=float(rng.gamma(2.0, 0.3)),
                name=int(person[-1]),
                verified=False,
            )
            who = np.append(np.sort(rng.integers(0, names, tries)), names - 1)
            at = start + np.append(np.sort(rng.random(tries)) * hours, hours) * HOUR
            way = {"low": [0.1, 0.8, 0.1], "medium": [0.3, 0.4, 0.3], "high": [0.4, 0.1, 0.5]}
            capture = rng.choice([CAMERA, UPLOAD, VIRTUAL], tries + 1, p=way[strength])
            capture[-1] = UPLOAD if strength == "low" and rng.random() < 0.5 else VIRTUAL
            film = {"low": (4, 5), "medium": (6, 4.5), "high": (8, 3)}[strength]
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", shop)
            world.truth.add(number, "user", owner)
            gone = rng.choice([0, 1, 2], tries, p=[0.45, 0.4, 0.15])
            image = rng.integers(0, 2**62, names)[who] ^ (1 << rng.integers(0, 60, tries + 1))
            world.note(
                "submissions",
                submissions(
                    tries + 1,
                    owner=shop[0],
                    attempt=np.arange(1, tries + 2),
                    at=np.minimum(at.astype(np.int64), world.clock.end - DAY),
                    region=region,
                    name=person[who],
                    tax=2_000_000 + papers[who],
                    document=2_000_000 + papers[who],
                    face=SELLER_BASE + shop[0],
                    device=world.add_devices(np.full(1, start - HOUR), rng, 0.5)[0],
                    ip=rng.choice(world.prefixes_of(2)) * 256 + rng.integers(2, 250),
                    failed=np.append(gone, -1),
                    capture=capture,
                    liveness=rng.beta(*film, tries + 1),
                    image=image,
                ),
            )
            self.shops.append((number, shop))


PLANT = VerificationShopping
