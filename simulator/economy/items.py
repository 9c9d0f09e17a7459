"""What is in an order: products, prices, discounts, shipping, tax and fees."""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array, Batch, runs, split_exact
from simulator.clock import DAY, SECOND
from simulator.columns import Code, Id
from simulator.economy.listings import price_at
from simulator.landing import Landing
from simulator.regions import CURRENCIES, REGIONS, attribute, minor_units
from simulator.world import World

PROMO_KINDS = [
    "platform_coupon",
    "seller_coupon",
    "new_user",
    "flash_sale",
    "free_shipping",
    "cashback",
]
COUPON, SELLER_COUPON, NEW_USER, FLASH, FREE_SHIPPING, CASHBACK = range(6)
PROMO_USD = np.array([3.0, 2.0, 5.0, 4.0, 4.0, 1.0])
MINIMUM_USD = np.array([18.0, 12.0, 10.0, 20.0, 25.0, 15.0])
MONTH = 30 * DAY


def build_items(world: World, rng: np.random.Generator, plan: Batch) -> Batch:
    """The items of the orders, priced so that the parts add up exactly."""
    draw = rng.random(len(plan))
    count = np.where(plan.items > 0, plan.items, 1 + (draw < 0.24) + (draw < 0.07))
    count = np.where(plan.line == 2, 1, count)
    order, position = runs(count)
    n = len(order)
    seller = plan.seller[order]
    sellers, products = world.sellers, world.products
    another = sellers.first_product[seller] + (
        rng.random(n) ** 1.5 * sellers.products[seller]
    ).astype(np.int64)
    listed = products.listed_at[another] < plan.placed_at[order]
    sku = np.where((position > 0) & listed, another, plan.sku[order])
    region = plan.region[order]
    quantity = 1 + (rng.random(n) < 0.12) + (rng.random(n) < 0.03)
    quantity = np.where(plan.quantity[order] > 0, plan.quantity[order], quantity)
    limit = products.limit[sku]
    quantity = np.where(limit == NA, quantity, np.minimum(quantity, limit))
    gross = price_at(world, sku, plan.placed_at[order]) * quantity
    off = (rng.random(n) < sellers.discounting[seller] * 2) & (plan.plain[order] == 0)
    seller_discount = split_exact(gross, np.where(off, rng.integers(1, 7, n) * 0.05, 0.0))
    items = Batch(
        number=world.ids.take("item", n),
        order=order,
        position=position,
        sku=sku,
        seller=seller,
        region=region,
        quantity=quantity,
        gross=gross,
        seller_discount=seller_discount,
        placed_at=plan.placed_at[order],
    )
    _promote(world, rng, plan, items)
    _ship_and_tax(world, rng, plan, items)
    base = items.gross - items.seller_discount
    items.fee = split_exact(base, sellers.fee[seller])
    rate = np.where(plan.creator[order] >= 0, sellers.affiliate[seller], 0.0)
    items.affiliate = split_exact(base, rate)
    items.sale = base + items.shipping
    return items


def promotion_number(
    world: World, kind: np.ndarray, region: np.ndarray, at: np.ndarray
) -> np.ndarray:
    """The campaign of a kind that runs in a region at a moment (one each per 30 days)."""
    month = (at - world.clock.history) // MONTH
    return (region * _months(world) + month) * len(PROMO_KINDS) + kind


def flash_number(world: World, drop: Array) -> Array:
    """The campaign of a flash sale, by the number of its drop."""
    return len(REGIONS) * _months(world) * len(PROMO_KINDS) + drop


def _months(world: World) -> int:
    return int((world.clock.end - world.clock.history) // MONTH + 1)


def _flash_sale(world: World, sku: Array, at: Array) -> tuple[Array, Array, Array]:
    """The flash sale each product is in at a moment: drop (-1: none), discount, limit."""
    dates = world.drop_dates()
    number = np.flatnonzero(dates.off > 0)
    dates = dates.take(number)
    if not len(dates):
        return np.full(len(sku), -1), np.zeros(len(sku), np.int64), np.ones(len(sku), np.int64)
    span = 2**33
    key = dates.sku * span + (dates.start - world.clock.history) // SECOND
    order = np.argsort(key, kind="stable")
    wanted = sku * span + (at - world.clock.history) // SECOND
    place = order[np.maximum(np.searchsorted(key[order], wanted, "right") - 1, 0)]
    hit = (dates.sku[place] == sku) & (dates.start[place] <= at) & (at < dates.end[place])
    return np.where(hit, number[place], -1), dates.off[place], dates.limit[place]


def _promote(world: World, rng: np.random.Generator, plan: Batch, items: Batch) -> None:
    n = len(items)
    debut = np.zeros(len(plan), dtype=bool)
    debut[np.unique(plan.buyer, return_index=True)[1]] = True  # orders are sorted by time
    fresh = items.placed_at - world.users.created_at[plan.buyer[items.order]] < 30 * DAY
    draw = rng.random(n)
    kind = np.where(draw < 0.17, COUPON, np.where(draw > 0.97, CASHBACK, -1))
    kind = np.where(debut[items.order] & fresh & (draw < 0.6), NEW_USER, kind)
    forced = plan.promo[items.order]
    forced = np.where((forced == NEW_USER) & ~debut[items.order], -1, forced)
    kind = np.where(forced >= 0, forced, kind)
    base = items.gross - items.seller_discount
    kind = np.where(base >= minor_units(MINIMUM_USD[kind], items.region), kind, -1)
    drop, off, limit = _flash_sale(world, items.sku, items.placed_at)
    kind = np.where((drop >= 0) & (forced < 0), FLASH, kind)
    kind = np.where(items.position > 0, -1, kind)
    value = minor_units(PROMO_USD[kind], items.region)
    value = np.where(kind == FLASH, off * np.minimum(items.quantity, limit), value)
    ordinary = promotion_number(world, kind, items.region, items.placed_at)
    items.promo = np.where(
        kind < 0, -1, np.where(kind == FLASH, flash_number(world, drop), ordinary)
    )
    items.promo_kind = kind
    value = np.minimum(value, split_exact(base, 0.97))
    items.platform_discount = np.where((kind >= 0) & (kind != CASHBACK), value, 0)


def _ship_and_tax(world: World, rng: np.random.Generator, plan: Batch, items: Batch) -> None:
    first = items.position == 0
    services = plan.line[items.order] == 2
    tariff = minor_units(np.array([2.99, 4.49, 5.99])[rng.integers(0, 3, len(items))], items.region)
    items.shipping = np.where(first & ~services, tariff, 0)
    free = items.gross > minor_units(np.full(len(items), 38.0), items.region)
    deal = items.platform_discount > (items.gross - items.seller_discount) // 2
    subsidised = free | (rng.random(len(items)) < 0.18) | deal
    items.shipping_subsidy = np.where(subsidised, items.shipping, 0)
    base = items.gross - items.seller_discount - items.platform_discount
    items.tax = split_exact(np.maximum(base, 0), attribute("tax", items.region))
    items.paid = (
        items.gross
        - items.seller_discount
        - items.platform_discount
        + items.shipping
        - items.shipping_subsidy
        + items.tax
    )


def emit_items(world: World, landing: Landing, items: Batch, plan: Batch) -> None:
    """Write the order items."""
    landing.add(
        "order_items",
        items.placed_at,
        order_item_id=Id("OI", items.number),
        order_id=Id("O", plan.number[items.order]),
        sku_id=Id("P", items.sku),
        quantity=items.quantity,
        currency=Code(CURRENCIES, items.region),
        gross_minor=items.gross,
        seller_discount_minor=items.seller_discount,
        platform_discount_minor=items.platform_discount,
        shipping_minor=items.shipping,
        shipping_subsidy_minor=items.shipping_subsidy,
        tax_minor=items.tax,
        paid_minor=items.paid,
        platform_fee_minor=items.fee,
        affiliate_commission_minor=items.affiliate,
        placed_at=items.placed_at,
    )
