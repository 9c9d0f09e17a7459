"""Probing the limits of the payment rules.

Someone with a few good-enough cards wants the largest purchase that passes. They start high,
change the card or the amount after each refusal, and look for the path without a challenge. The
impatient walk down in big steps within minutes. The careful have done it before: few refusals,
small steps, and a break in which they start a new session.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch, runs, split_exact
from simulator.clock import MINUTE, SECOND
from simulator.economy.demand import plan_orders
from simulator.economy.payments import attempts
from simulator.planting import STRENGTHS, Plant, daytime, old_users, pick_start
from simulator.world import World


class ThresholdProbing(Plant):
    """TXN-05: refusals, then an approval for less or without the challenge."""

    name = "threshold_probing"
    detection = "TXN-05"
    names = ("session",)
    scenario = 0
    per_20k_users = 6.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """A prober makes one to five such purchases over some weeks."""
        rows = []
        for level, strength in enumerate(STRENGTHS * self.count(world)):
            start = pick_start(world, rng, 20)
            user = int(old_users(world, rng, 1, start)[0])
            region = int(world.users.region[user])
            number = world.truth.open(self, strength, start, region, rng)
            world.truth.add(number, "user", np.array([user]))
            times = int(rng.integers(1, 6))
            at = daytime(rng, world, region, start, 20, times)
            rows += [(number, user, int(moment), level % 3) for moment in at]
        self.rows = np.array(rows, dtype=np.int64)

    def orders(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch | None:
        """The purchases that the probing led to."""
        mine = self.rows[(self.rows[:, 1] >= first) & (self.rows[:, 1] < last)]
        if not len(mine):
            return None
        plan = plan_orders(world, rng, mine[:, 1], mine[:, 2])
        n = len(plan)
        plan.plant, plan.level = mine[:, 0], mine[:, 3]
        plan.method, plan.pay, plan.keep = np.zeros(n, int), np.full(n, 2), np.ones(n, int)
        plan.quantity = rng.integers(1, 5, n)
        plan.disputed = (rng.random(n) < 0.5).astype(np.int64)
        plan.dispute_group = np.zeros(n, dtype=np.int64)
        level = plan.level
        del plan.__dict__["level"]
        self.level = dict(
            zip(
                zip(plan.buyer.tolist(), plan.placed_at.tolist(), strict=True),
                level.tolist(),
                strict=True,
            )
        )
        return plan

    def pay(self, world: World, rng: np.random.Generator, plan: Batch) -> Batch | None:
        """Refusals at falling amounts on several cards, then the approval."""
        mine = [p is self for p in world.truth.plants]
        rows = np.flatnonzero((plan.plant >= 0) & np.append(mine, False)[plan.plant])
        if not len(rows):
            return None
        level = np.array(
            [
                self.level.get((int(b), int(t)), 1)
                for b, t in zip(plan.buyer[rows], plan.placed_at[rows], strict=True)
            ]
        )
        refusals = np.choose(
            level,
            [
                rng.integers(4, 11, len(rows)),
                rng.integers(3, 7, len(rows)),
                rng.integers(2, 5, len(rows)),
            ],
        )
        reach = np.choose(
            level,
            [
                rng.uniform(1.5, 5, len(rows)),
                rng.uniform(1.1, 2, len(rows)),
                rng.uniform(1.0, 1.2, len(rows)),
            ],
        )
        cards = np.choose(
            level,
            [rng.integers(2, 5, len(rows)), rng.integers(2, 4, len(rows)), np.full(len(rows), 2)],
        )
        owner, step = runs(refusals + 1)
        last = step == refusals[owner]
        order, n = rows[owner], len(owner)
        part = step / np.maximum(refusals[owner], 1)
        factor = reach[owner] ** (1 - part) * np.where(
            last | (step == 0), 1, rng.uniform(0.97, 1.03, n)
        )
        wait = np.choose(
            level[owner], [rng.gamma(2, 30, n), rng.gamma(2, 70, n), rng.gamma(2, 160, n)]
        )
        wait = np.where(step == 0, 5, wait).astype(np.int64) * SECOND
        elapsed = np.cumsum(wait)
        begin = np.flatnonzero(step == 0)
        at = plan.placed_at[order] + elapsed - elapsed[begin][owner]
        at = np.minimum(at, plan.placed_at[order] + 110 * MINUTE)
        which = np.minimum(step * cards[owner] // np.maximum(refusals[owner], 1), cards[owner] - 1)
        easier = rng.random(len(rows)) < 0.6
        secure = np.where(
            last,
            np.where(easier[owner], np.where(rng.random(n) < 0.5, 0, 3), 2),
            np.where(rng.random(n) < 0.7, 2, 1),
        )
        aside = ~last & (rng.random(n) < np.array([0.0, 0.25, 0.5])[level[owner]])
        batch = attempts(
            n,
            number=world.ids.take("payment", n),
            order=np.where(last, plan.number[order], -1),
            user=plan.buyer[order],
            device=plan.device[order],
            session=np.where(aside, -1, plan.session[order]),
            ip=plan.ip[order],
            attempt_no=step + 1,
            card=6 * 10**7 + plan.buyer[order] * 5 + which,
            bin=(plan.bin[order] + which * 5) % 14,
            issuer=plan.issuer[order],
            region=plan.region[order],
            amount=np.maximum(split_exact(plan.paid_total[order], factor), 1),
            result=np.where(last, 0, 1),
            code=np.where(last, -1, rng.choice([1, 3, 7, 0], n, p=[0.6, 0.2, 0.12, 0.08])),
            three_ds=secure,
            at=at,
        )
        done = np.flatnonzero(last)
        plan.paid_at[rows] = at[done] + 2 * SECOND
        plan.auth[rows] = batch.number[done]
        plan.card[rows], plan.bin[rows] = batch.card[done], batch.bin[done]
        return batch


PLANT = ThresholdProbing
