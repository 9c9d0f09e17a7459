"""Sales through creators: what they show, and how far a goal is."""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array, Batch
from simulator.clock import DAY
from simulator.economy.demand import CHANNELS
from simulator.economy.incentives import PERIOD_WEEKS
from simulator.regions import to_usd
from simulator.world import World


def paying_content(world: World, before: int, quiet: float = 1.0) -> np.ndarray:
    """Published content with a product whose shop pays commission, by the less famous creators."""
    content, products = world.content, world.products
    rate = world.sellers.affiliate[products.seller[content.sku]]
    fit = (content.sku >= 0) & (rate > 0) & (content.published_at < before)
    fit &= content.published_at > before - 150 * DAY
    fit &= world.sellers.terminated_at[products.seller[content.sku]] == NA
    fame = world.creators.fame[content.creator]
    fit &= fame <= np.quantile(world.creators.fame, quiet)
    shown = np.flatnonzero(fit & (products.listed_at[content.sku] < before))
    free = ~np.isin(content.creator[shown], sorted(world.engaged))
    return shown[free] if free.any() else shown


def link(world: World, content: np.ndarray) -> dict[str, np.ndarray]:
    """The plan columns of orders that come from content."""
    live = world.content.live[content]
    channel = np.where(live, CHANNELS.index("live"), CHANNELS.index("short_video"))
    return {"content": content, "creator": world.content.creator[content], "channel": channel}


def stop_at_goal(
    world: World, plan: Batch, number: int, creator: int, end: int, goal: float
) -> Array:
    """The orders of an instance that its creator no longer needs: the goal (USD) is reached.

    Counts what strangers buy through the creator in the period too, at most half of the goal:
    whoever sells more is not the one who needs help, and those sales find another way.
    """
    price = to_usd(world.products.price[plan.sku], plan.region)
    mine = np.flatnonzero(plan.plant == number)
    real = (plan.creator == creator) & (plan.plant != number) & (plan.placed_at < end)
    real &= plan.placed_at >= end - PERIOD_WEEKS * 7 * DAY
    plan.items[real], plan.quantity[real], plan.plain[real] = 1, 1, 1
    plan.keep[real], plan.pay[real & (plan.pay < 0)] = 1, 1
    natural = np.flatnonzero(real)
    spare = natural[np.cumsum(price[natural]) > goal * 0.5]
    plan.creator[spare], plan.content[spare] = -1, -1
    plan.channel[spare] = CHANNELS.index("mall")
    already = price[np.setdiff1d(natural, spare)].sum()
    spent = already + np.cumsum(price[mine] * plan.quantity[mine])
    surplus = np.zeros(len(plan), dtype=bool)
    if not len(mine):  # all of them act in another chunk
        return surplus
    surplus[mine[np.append(already, spent[:-1]) >= goal]] = True
    return surplus
