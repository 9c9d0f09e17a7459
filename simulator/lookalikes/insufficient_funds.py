"""The day before payday: the same card, no money on it, until there is or the basket shrinks."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch, runs, split_exact
from simulator.clock import MINUTE, SECOND
from simulator.economy.payments import attempts
from simulator.one_purchase import OnePurchase
from simulator.world import World


class InsufficientFunds(OnePurchase):
    """Several refusals for lack of funds on one card, then a smaller purchase goes through."""

    name = "insufficient_funds"
    detection = "TXN-05"
    per_20k_users = 12.0

    def orders(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch | None:
        """Their orders."""
        plan = self.purchases(world, rng, first, last)
        n = len(plan)
        plan.pay, plan.method = np.full(n, 2), np.zeros(n, int)
        return plan

    def pay(self, world: World, rng: np.random.Generator, plan: Batch) -> Batch | None:
        """The tries of one card."""
        mine = np.append([p is self for p in world.truth.plants], False)
        rows = np.flatnonzero((plan.plant >= 0) & mine[plan.plant])
        if not len(rows):
            return None
        owner, step = runs(rng.integers(3, 7, len(rows)) + 1)
        last = np.append(owner[1:] != owner[:-1], True)
        order, n = rows[owner], len(owner)
        bigger = rng.uniform(1.0, 1.6, len(rows))[owner]
        at = (
            plan.placed_at[order]
            + 5 * SECOND
            + step * rng.integers(40, 110, len(rows))[owner] * 10 * SECOND
        )
        batch = attempts(
            n,
            number=world.ids.take("payment", n),
            order=plan.number[order],
            user=plan.buyer[order],
            device=plan.device[order],
            session=plan.session[order],
            ip=plan.ip[order],
            attempt_no=step + 1,
            card=plan.card[order],
            bin=plan.bin[order],
            issuer=plan.issuer[order],
            region=plan.region[order],
            amount=np.where(
                last, plan.paid_total[order], split_exact(plan.paid_total[order], bigger)
            ),
            result=np.where(last, 0, 1),
            code=np.where(last, -1, 0),
            at=np.minimum(at, plan.placed_at[order] + 100 * MINUTE),
        )
        plan.paid_at[rows], plan.auth[rows] = batch.at[last] + 2 * SECOND, batch.number[last]
        return batch


PLANT = InsufficientFunds
