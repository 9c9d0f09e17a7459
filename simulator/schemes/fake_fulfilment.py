"""Sellers who sell what they never send.

The money comes out some days after delivery, so a fake seller needs tracking that looks alive for
as long as possible. The crude print labels and vanish. Others paste numbers of parcels that do
move, or post an empty envelope to any address in another town. The careful keep a real business
running and fake a small part of it.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Batch
from simulator.clock import DAY
from simulator.economy.demand import SHIP_ELSEWHERE, SHIP_REUSED, SHIP_SILENT, plan_orders
from simulator.planting import STRENGTHS, Plant, daytime, old_users, pick_start
from simulator.world import SERVICES, World


class FakeFulfilment(Plant):
    """SCM-02: labels nobody scanned, tracking used twice, deliveries in the wrong town."""

    name = "fake_fulfilment"
    detection = "SCM-02"
    scenario = 5
    per_20k_users = 4.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Small sellers who suddenly sell well; their share of fake parcels is drawn."""
        taken: set[int] = set()
        self.cases: list[tuple[int, int, int, int, float, np.ndarray]] = []
        rows = []
        ways = {"low": (9, 1.5, 1), "medium": (2, 2, 2), "high": (0.4, 1.5, 3)}
        for strength in STRENGTHS * self.count(world):
            days = float(rng.uniform(22, 55))
            start = pick_start(world, rng, days + 12)
            fit = (world.sellers.category != SERVICES) & (world.sellers.onboarded_at < start - DAY)
            pool = [s for s in np.flatnonzero(fit) if s not in taken]
            if not pool:
                continue
            light = 1 / world.sellers.weight[pool]
            seller = int(rng.choice(pool, p=light / light.sum()))
            taken.add(seller)
            region = int(world.sellers.region[seller])
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "seller", np.array([seller]))
            share = {"low": rng.beta(14, 3), "medium": rng.beta(6, 7), "high": rng.beta(4, 22)}[
                strength
            ]
            self.cases.append(
                (
                    number,
                    seller,
                    start,
                    start + int(days * DAY),
                    share,
                    rng.dirichlet(ways[strength]),
                )
            )
            orders = int(min(25 + rng.lognormal(3.4, 0.5), 220))
            buyers = old_users(world, rng, orders, start, region)
            at = daytime(rng, world, region, start, days, len(buyers))
            first = world.sellers.first_product[seller]
            skus = first + np.arange(world.sellers.products[seller])
            listed = skus[world.products.listed_at[skus] < start]
            if len(listed):
                bait = listed[rng.integers(0, len(listed), len(buyers)) % min(len(listed), 3)]
                rows += list(
                    zip(
                        [number] * len(buyers),
                        buyers.tolist(),
                        at.tolist(),
                        bait.tolist(),
                        strict=True,
                    )
                )
        self.rows = np.array(rows, dtype=np.int64).reshape(-1, 4)

    def orders(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch | None:
        """The customers that the bait brought."""
        mine = self.rows[(self.rows[:, 1] >= first) & (self.rows[:, 1] < last)]
        if not len(mine):
            return None
        return plan_orders(world, rng, mine[:, 1], mine[:, 2], mine[:, 3])

    def shape(self, world: World, rng: np.random.Generator, plan: Batch) -> None:
        """Fake a share of everything the seller ships in the time."""
        for number, seller, start, end, share, ways in self.cases:
            rows = np.flatnonzero(
                (plan.seller == seller)
                & (plan.placed_at >= start)
                & (plan.placed_at < end)
                & (plan.plant < 0)
            )
            rows = rows[rng.random(len(rows)) < share]
            way = rng.choice([SHIP_SILENT, SHIP_REUSED, SHIP_ELSEWHERE], len(rows), p=ways)
            plan.ship[rows] = way
            plan.plant[rows] = number
            plan.returned[rows] = np.where(
                way == SHIP_SILENT,
                plan.returned[rows],
                (rng.random(len(rows)) < 0.6).astype(np.int64),
            )
            plan.reason[rows] = 4
            plan.return_lag[rows] = np.where(
                way == SHIP_SILENT, NA, (rng.gamma(2, 4, len(rows)) * DAY).astype(np.int64)
            )


PLANT = FakeFulfilment
