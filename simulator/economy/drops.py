"""Drops: limited goods that come back at an announced minute, flash sales, and who waits for them.

Shops announce the minute. Some people wait on the page and reload it, some come by alarm and look
first, the others see it later in the day. A person needs some seconds to press two buttons.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array, Batch
from simulator.clock import DAY, HOUR, MINUTE, SECOND
from simulator.columns import Code, Column, Const, Id, pick
from simulator.economy.demand import plan_orders
from simulator.economy.items import FLASH, PROMO_KINDS, flash_number
from simulator.landing import Landing
from simulator.planting import old_users
from simulator.regions import CURRENCIES, REGIONS, to_usd
from simulator.world import SERVICES, World

DROPS_PER_20K = 45.0
RESTOCK, SALE, PENNY = range(3)


def plan_drops(world: World) -> None:
    """The calendar of the ordinary shops, and the honest crowd of each date."""
    rng = world.streams.get("drops")
    products, clock = world.products, world.clock
    fit = (products.category != SERVICES) & (products.listed_at < clock.start)
    fit &= world.sellers.terminated_at[products.seller] == NA
    shelf = np.flatnonzero(fit)
    count = min(max(6, round(DROPS_PER_20K * world.scale / 20_000)), len(shelf))
    pull = products.weight[shelf] + 0.01
    chosen = rng.choice(shelf, count, replace=False, p=pull / pull.sum())
    usd = to_usd(products.price[chosen], products.region[chosen])
    parts = []
    for turn, (sku, price) in enumerate(zip(chosen.tolist(), usd.tolist(), strict=True)):
        region = int(products.region[sku])
        kind = PENNY if price < 12 and rng.random() < 0.6 else (RESTOCK, SALE)[turn % 2]
        start = drop_minute(world, rng, region)
        size = int(8 + rng.lognormal(2.8, 0.6))
        hours = {RESTOCK: rng.lognormal(-0.7, 0.8), SALE: rng.uniform(2, 24), PENNY: 24.0}[kind]
        off = {RESTOCK: 0.0, SALE: rng.beta(6, 11), PENNY: rng.uniform(0.88, 0.96)}[kind]
        limit = {RESTOCK: int(rng.integers(1, 3)), SALE: int(rng.integers(2, 6)), PENNY: 1}[kind]
        drop = world.add_drop(sku, start, hours, int(size * rng.uniform(1.1, 2.5)), off, limit)
        parts.append(crowd(world, rng, drop, size))
    world.crowds = np.concatenate(parts)


def drop_minute(world: World, rng: np.random.Generator, region: int, lead: float = 1.0) -> int:
    """A full or half hour of a day of the nights, in local shopping hours."""
    clock = world.clock
    days = max(int((clock.end - clock.start) // DAY) - 2, 1)
    day = clock.start + int(rng.integers(min(int(lead), days - 1), days)) * DAY
    half_hours = int(rng.integers(18, 42)) - 2 * REGIONS[region].utc_offset_hours
    return day + half_hours % 48 * (HOUR // 2)


def crowd(world: World, rng: np.random.Generator, drop: int, size: int) -> Array:
    """Honest buyers of a drop: rows of (drop, user, moment, time since they opened the page)."""
    date = world.drops[drop]
    region = int(world.products.region[date.sku])
    people = old_users(world, rng, size, date.start, region)
    n = len(people)
    waits = rng.random(n) < 0.55
    soon = 6 * SECOND + (rng.lognormal(np.log(50), 0.85, n) * SECOND).astype(np.int64)
    window = max(date.end - date.start, 5 * MINUTE)
    later = 60 * SECOND + (rng.beta(1, 3, n) * window).astype(np.int64)
    after = np.where(waits, soon, later)
    reloads = waits & (rng.random(n) < 0.6)
    early = (rng.uniform(5, 500, n) * SECOND).astype(np.int64)
    look = 6 * SECOND + (rng.lognormal(np.log(45), 0.7, n) * SECOND).astype(np.int64)
    lag = np.where(reloads, after + early, np.where(waits, np.minimum(look, after), look))
    return np.stack([np.full(n, drop), people, date.start + after, lag], axis=1)


def crowd_orders(
    world: World, rng: np.random.Generator, rows: Array, first: int, last: int
) -> Batch:
    """The orders of the crowd rows whose users lie in first..last."""
    mine = rows[(rows[:, 1] >= first) & (rows[:, 1] < last)]
    sku = np.array([date.sku for date in world.drops], dtype=np.int64)
    plan = plan_orders(world, rng, mine[:, 1], mine[:, 2], sku[mine[:, 0]])
    plan.items = np.ones(len(plan), dtype=np.int64)
    plan.view_lag = mine[:, 3]
    return plan


def emit_drops(world: World, landing: Landing) -> None:
    """Stock changes of the restocks, and the campaigns of the flash sales."""
    dates = world.drop_dates()
    _stock(world, landing, dates.take(dates.off == 0))
    number = np.flatnonzero(dates.off > 0)
    sale = dates.take(number)
    n = len(sale)
    region = world.products.region[sale.sku]
    landing.add(
        "promotions",
        sale.start,
        promotion_id=Id("PR", flash_number(world, number)),
        promotion_type=Code(PROMO_KINDS, np.full(n, FLASH)),
        funded_by=Const("platform", n),
        sku_id=Id("P", sale.sku),
        limit_per_person=sale.limit,
        currency=Code(CURRENCIES, region),
        value_minor=sale.off,
        budget_minor=sale.off * sale.units,
        starts_at=sale.start,
        ends_at=sale.end,
        record_seq=np.ones(n, dtype=np.int64),
    )


def _stock(world: World, landing: Landing, dates: Batch) -> None:
    """Sold out some days before, back at the minute, sold out again."""
    rng = world.streams.get("drop stock")
    n = len(dates)
    gone = dates.start - (rng.uniform(1, 12, n) * DAY).astype(np.int64)
    gone = np.maximum(gone, world.products.listed_at[dates.sku] + HOUR)
    zero = np.zeros(n, dtype=np.int64)
    before = rng.integers(1, 9, n)
    write_stock(
        world,
        landing,
        np.concatenate([dates.sku] * 3),
        np.concatenate([gone, dates.start, dates.end]),
        np.concatenate([before, zero, rng.integers(1, 4, n)]),
        np.concatenate([zero, dates.units, zero]),
    )


def write_stock(
    world: World, landing: Landing, sku: Array, at: Array, old: Array, new: Array
) -> None:
    """Write stock changes of products."""
    n = len(sku)
    landing.add(
        "listing_changes",
        at,
        change_id=Id("LC", world.ids.take("listing change", n)),
        sku_id=Id("P", sku),
        field=Const("stock", n),
        old_value=_text(old),
        new_value=_text(new),
        changed_at=at,
    )


def _text(values: Array) -> Column:
    labels = [str(value) for value in range(int(values.max(initial=0)) + 1)]
    return pick(labels, np.where(values == NA, -1, values))
