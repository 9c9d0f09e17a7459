"""What shops and buyers write to each other around an order, where a plant has a say in it."""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array, Batch, runs
from simulator.clock import DAY, HOUR, MINUTE
from simulator.economy.traffic import write_messages
from simulator.landing import Landing
from simulator.trade import Trades
from simulator.world import World


class Chatters(Trades):
    """A plant whose orders are talked about: it remembers them for `events`."""

    def __init__(self) -> None:
        super().__init__()
        self.placed: list[Batch] = []

    def shape(self, world: World, rng: np.random.Generator, plan: Batch) -> None:
        """Note the orders of the instances."""
        own = [number for number, plant in enumerate(world.truth.plants) if plant is self]
        rows = plan.take(np.isin(plan.plant, own))
        self.placed.append(
            Batch(
                plant=rows.plant,
                buyer=rows.buyer,
                seller=rows.seller,
                order=rows.number,
                at=rows.placed_at,
                leaves=rows.cancel_lag,
            )
        )

    def talks(self, number: int) -> Batch:
        """The orders of an instance."""
        every = Batch.concat(self.placed)
        return every.take(every.plant == number)


def converse(
    world: World,
    landing: Landing,
    rng: np.random.Generator,
    talks: Batch,
    turns: Array,
    begins: Array,
    pace: float,
    contact: float,
    link: float,
    payment: float,
) -> None:
    """Threads that begin at a moment; the buyer writes first, the shop may say what it should not.

    `contact`, `link` and `payment` are the chances that an answer of the shop is flagged so.
    """
    thread, position = runs(turns)
    n = len(thread)
    if not n:
        return
    gap = (rng.gamma(1.0, pace, n) * MINUTE).astype(np.int64) + MINUTE // 2
    gap[position == 0] = 0
    total = np.cumsum(gap)
    at = begins[thread] + total - total[np.flatnonzero(position == 0)][thread]
    buyer = position % 2 == 0
    talk = world.ids.take("thread", len(talks))[thread]
    write_messages(
        world,
        landing,
        Batch(
            thread=talk,
            from_buyer=buyer,
            buyer=talks.buyer[thread],
            seller=talks.seller[thread],
            order=np.where(at < talks.at[thread], -1, talks.order[thread]),
            contact=~buyer & (rng.random(n) < contact),
            link=~buyer & (rng.random(n) < link),
            payment=~buyer & (rng.random(n) < payment),
            at=at,
        ).take(at < world.clock.end),
    )


def first_word(rng: np.random.Generator, talks: Batch) -> Array:
    """When somebody begins to write: before the change of mind, or around the order."""
    n = len(talks)
    leaving = talks.leaves != NA
    soon = (np.where(leaving, talks.leaves, HOUR) * rng.uniform(0.05, 0.5, n)).astype(np.int64)
    around = (rng.normal(0.2, 0.8, n) * DAY).astype(np.int64)
    return talks.at + np.where(leaving, soon, around)
