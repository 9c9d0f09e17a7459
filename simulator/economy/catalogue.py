"""Products, listing changes, promotions and exchange rates."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from simulator import people
from simulator.clock import DAY, HOUR, MINUTE, SECOND
from simulator.columns import Code, Column, Const, Id, join_text, pick
from simulator.economy.drops import write_stock
from simulator.economy.items import FLASH, MINIMUM_USD, MONTH, PROMO_KINDS, PROMO_USD
from simulator.economy.listings import emit_edits, first_title, gtin_text, step_edits, title_text
from simulator.landing import Landing, Versions
from simulator.regions import CURRENCIES, REGIONS, minor_units
from simulator.world import CATEGORIES, World


def emit_catalogue(world: World, landing: Landing) -> None:
    """Everything on the shelves, the campaigns and the rates."""
    _products(world, landing)
    _promotions(world, landing)
    _rates(world, landing)


def _products(world: World, landing: Landing) -> None:
    products, clock = world.products, world.clock
    rng = world.streams.get("stock")
    n = len(products)
    number = np.arange(n)
    base: dict[str, Column] = {
        "sku_id": Id("P", number),
        "seller_id": Id("S", products.seller),
        "gtin": pick(
            [gtin_text(code) for code in range(len(world.goods))], np.maximum(products.gtin, -1)
        ),
        "brand": pick(people.LAST[:30], products.brand),
        "category_l1": Code(CATEGORIES, products.category),
        "category_l2": join_text(pick(CATEGORIES, products.category), "/", products.sub),
        "title": pa.array([title_text(name) for name in first_title(world, number)]),
        "currency": Code(CURRENCIES, products.region),
        "list_price_minor": products.price,
        "weight_g": products.told_grams,
        "max_per_customer": products.limit,
        "condition": Code(["new", "used", "refurbished"], products.condition),
        "listed_at": products.listed_at,
        "status": Const("active", n),
    }
    versions = Versions(clock, base, n)
    versions.step(products.listed_at)
    step_edits(world, versions)
    versions.write(landing, "products")
    emit_edits(world, landing)
    moved = np.flatnonzero(rng.random(n) < 0.5)
    span = np.maximum(clock.end - products.listed_at[moved], 1)
    at = products.listed_at[moved] + (rng.random(len(moved)) * span).astype(np.int64)
    stock = rng.random(len(moved)) < 0.8
    left, more = rng.integers(0, 12, len(moved)), rng.integers(10, 200, len(moved))
    write_stock(world, landing, moved[stock], at[stock], left[stock], more[stock])


def _promotions(world: World, landing: Landing) -> None:
    clock = world.clock
    months = int((clock.end - clock.history) // MONTH + 1)
    number = np.arange(len(REGIONS) * months * len(PROMO_KINDS))
    number = number[number % len(PROMO_KINDS) != FLASH]  # these have dates: drops.emit_drops
    n = len(number)
    kind = number % len(PROMO_KINDS)
    month = number // len(PROMO_KINDS) % months
    region = number // len(PROMO_KINDS) // months
    starts = clock.history + month * MONTH
    landing.add(
        "promotions",
        starts,
        promotion_id=Id("PR", number),
        promotion_type=Code(PROMO_KINDS, kind),
        funded_by=Code(["seller", "platform"], (kind != 1).astype(np.int64)),
        limit_per_person=np.where(kind == 2, 1, 5),
        currency=Code(CURRENCIES, region),
        value_minor=minor_units(PROMO_USD[kind], region),
        minimum_spend_minor=minor_units(MINIMUM_USD[kind], region),
        budget_minor=minor_units(PROMO_USD[kind] * max(world.scale // 10, 100), region),
        starts_at=starts,
        ends_at=starts + MONTH - SECOND,
        record_seq=np.ones(n, dtype=np.int64),
    )


def _rates(world: World, landing: Landing) -> None:
    clock = world.clock
    rng = world.streams.get("rates")
    base = {region.currency: region.usd_per_unit for region in REGIONS}
    days = int((clock.end - clock.history) // DAY)
    names = list(base)
    steps = rng.normal(0, 0.0035, (days, len(names)))
    walk = np.zeros(len(names))
    rates = np.empty((days, len(names)))
    for day in range(days):
        walk = walk * 0.995 + steps[day]
        rates[day] = np.array(list(base.values())) * np.exp(walk)
    rates[:, names.index("USD")] = 1.0
    day = np.repeat(np.arange(days), len(names)) + clock.history // DAY
    code = np.tile(np.arange(len(names)), days)
    landing.add(
        "fx_rates",
        day * DAY + 6 * HOUR + 5 * MINUTE,
        rate_date=day,
        currency=Code(names, code),
        usd_per_unit=np.round(rates.ravel(), 10),
    )
