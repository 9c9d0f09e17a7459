"""What is in an order: products, prices, discounts, shipping, tax and fees."""

from __future__ import annotations

import numpy as np

from simulator.batch import Batch, runs, split_exact
from simulator.clock import DAY
from simulator.columns import Code, Id
from simulator.landing import Landing
from simulator.regions import CURRENCIES, attribute, minor_units
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
    gross = products.price[sku] * quantity
    off = rng.random(n) < sellers.discounting[seller] * 2
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
    months = (world.clock.end - world.clock.history) // MONTH + 1
    month = (at - world.clock.history) // MONTH
    return (region * months + month) * len(PROMO_KINDS) + kind


def _promote(world: World, rng: np.random.Generator, plan: Batch, items: Batch) -> None:
    n = len(items)
    fresh = items.placed_at - world.users.created_at[plan.buyer[items.order]] < 14 * DAY
    draw = rng.random(n)
    kind = np.full(n, -1)
    kind = np.where(draw < 0.17, COUPON, kind)
    kind = np.where((draw > 0.93) & (draw < 0.96), FLASH, kind)
    kind = np.where((draw > 0.97), CASHBACK, kind)
    kind = np.where(fresh & (draw < 0.6), NEW_USER, kind)
    kind = np.where(items.position > 0, -1, kind)
    minimum = minor_units(MINIMUM_USD[kind], items.region)
    kind = np.where(items.gross - items.seller_discount >= minimum, kind, -1)
    value = minor_units(PROMO_USD[kind], items.region)
    items.promo = np.where(
        kind >= 0, promotion_number(world, kind, items.region, items.placed_at), -1
    )
    items.promo_kind = kind
    items.platform_discount = np.where((kind >= 0) & (kind != CASHBACK), value, 0)


def _ship_and_tax(world: World, rng: np.random.Generator, plan: Batch, items: Batch) -> None:
    first = items.position == 0
    services = plan.line[items.order] == 2
    tariff = minor_units(np.array([2.99, 4.49, 5.99])[rng.integers(0, 3, len(items))], items.region)
    items.shipping = np.where(first & ~services, tariff, 0)
    free = items.gross > minor_units(np.full(len(items), 38.0), items.region)
    subsidised = free | (rng.random(len(items)) < 0.18)
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
