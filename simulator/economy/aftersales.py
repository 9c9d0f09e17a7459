"""Returns and refunds."""

from __future__ import annotations

import numpy as np

from simulator import people
from simulator.batch import NA, Batch, runs, split_exact
from simulator.clock import DAY, HOUR, MINUTE
from simulator.columns import Code, Column, Id
from simulator.economy.fulfilment import (
    ASTRAY,
    LOST,
    OTP,
    RETURNED,
    SIGNATURE,
    tracking_text,
    write_scans,
)
from simulator.economy.identity import city_number, postcode
from simulator.economy.wording import claim_texts
from simulator.landing import Landing, Versions
from simulator.randomness import luck
from simulator.regions import CURRENCIES, minor_units
from simulator.world import APPAREL, CATEGORY_RETURNS, World

REASONS = [
    "changed_mind",
    "not_as_described",
    "defective",
    "counterfeit",
    "not_received",
    "wrong_item",
    "missing_item",
    "empty_box",
]
(
    CHANGED_MIND,
    NOT_AS_DESCRIBED,
    DEFECTIVE,
    COUNTERFEIT,
    NOT_RECEIVED,
    WRONG_ITEM,
    MISSING,
    EMPTY_BOX,
) = range(8)
INSPECTIONS = ["ok", "used", "wrong_item", "empty", "missing", "not_received"]
OK, USED, ANOTHER_ITEM, EMPTY, INCOMPLETE, NEVER_CAME = range(6)
REFUND_TYPES = ["full", "partial", "returnless", "goodwill", "cancellation"]
FUNDERS = ["seller", "platform", "carrier"]
ENDS = ["warehouse", "other_town", "other_district", "other_house"]
WAREHOUSE, OTHER_TOWN, OTHER_DISTRICT, OTHER_HOUSE = range(4)
_REASON_SHARE = np.array([0.52, 0.2, 0.13, 0.01, 0.0, 0.07, 0.05, 0.02])


def claim_returns(world: World, rng: np.random.Generator, plan: Batch, items: Batch) -> Batch:
    """Who asks for money back, why, and how the claim ends."""
    order = items.order
    reached = plan.delivered_at[order] != NA
    services = plan.line[order] == 2
    category = world.products.category[items.sku]
    quality = 1.9 - world.sellers.quality[items.seller]
    chance = (
        CATEGORY_RETURNS[category]
        * np.minimum(world.users.returns[plan.buyer[order]], 4.0)
        * quality
    )
    forced = plan.returned[order]
    n = len(items)
    wants = np.where(forced >= 0, forced == 1, rng.random(n) < chance) & reached & ~services
    # A claim of a whole order names its first item, and now and then the others too.
    wants &= (forced != 1) | (items.position == 0) | (rng.random(n) < 0.5)
    missing = (plan.label_at[order] != NA) & ~reached & (forced != 0)
    missing &= rng.random(n) < np.where(plan.fate[order] == RETURNED, 0.5, 0.9)
    vanished = _vanished(plan)[order] & reached & (forced < 0)
    rows = np.flatnonzero(wants | missing | vanished)
    m = len(rows)
    owner = order[rows]
    absent = missing[rows]
    reason = rng.choice(8, m, p=_REASON_SHARE / _REASON_SHARE.sum())
    reason = np.where(plan.reason[owner] >= 0, plan.reason[owner], reason)
    reason = np.where(absent | vanished[rows], NOT_RECEIVED, reason)
    lag = np.minimum(rng.gamma(1.5, 4.2, m), 29.5) * DAY
    lag = np.where(vanished[rows], 8 * HOUR + lag // 4, lag)
    lag = np.where(plan.return_lag[owner] != NA, plan.return_lag[owner], lag)
    patience = (rng.gamma(4, 2.2, m) + 2) * DAY
    start = np.where(absent, plan.arrives_at[owner] + patience, plan.delivered_at[owner] + lag)
    start = np.where(
        plan.claim_at[owner] != NA, np.maximum(plan.claim_at[owner], start - lag + HOUR), start
    )
    claims = items.take(rows)
    claims.item = rows
    claims.item_number = items.number[rows]
    claims.requested_at = start.astype(np.int64)
    claims.reason = reason
    part = (claims.quantity > 1) & (rng.random(m) < 0.45)
    claims.back = np.where(part, 1, claims.quantity)
    usd_small = claims.paid < minor_units(np.full(m, 9.0), claims.region)
    physical = ~np.isin(reason, [NOT_RECEIVED, MISSING, EMPTY_BOX])
    rejected = (rng.random(m) < 0.06) & ~absent
    keep_it = ~physical | (usd_small & (rng.random(m) < 0.6))
    pushed = plan.refunded[owner] == 1
    keep_it, rejected = (
        np.where(pushed, ~physical, keep_it),
        (rejected & ~pushed) | (plan.refunded[owner] == 0),
    )
    claims.decision = np.where(rejected, 1, np.where(keep_it, 2, 0))
    claims.decided_at = (
        claims.requested_at + rng.exponential(20 * HOUR, m).astype(np.int64) + 10 * MINUTE
    )
    sends = (claims.decision == 0) & ((rng.random(m) < 0.94) | pushed)
    claims.sent_at = np.where(
        sends, claims.decided_at + rng.gamma(2, 20, m).astype(np.int64) * HOUR + 2 * HOUR, NA
    )
    back = claims.sent_at + (rng.gamma(5, 0.7, m) * DAY).astype(np.int64) + 12 * HOUR
    claims.received_at = np.where(sends, back, NA)
    found = np.array([0, 1, 2, 4, 5])[
        np.searchsorted([0.935, 0.985, 0.989, 0.998], rng.random(m))
    ]  # honest people mix parcels up and forget a cable; nobody sends back an empty box by mistake
    found = np.where(plan.inspection[owner] >= 0, plan.inspection[owner], found)
    claims.inspection = np.where(sends, found, -1)
    claims.number = world.ids.take("return", m)
    claims.order = owner
    claims.absent = absent
    claims.story = plan.story[owner]
    claims.image = np.where(
        (reason != CHANGED_MIND) & (rng.random(m) < 0.55), rng.integers(0, 2**62, m), NA
    )
    from_page = (claims.image != NA) & (luck(claims.number, 2) < 0.03)  # the shop's own picture
    claims.image = np.where(from_page, 10**15 + claims.sku * 7_919_001_001, claims.image)
    claims.image = np.where(plan.evidence[owner] != NA, plan.evidence[owner], claims.image)
    _book_in(plan, claims)
    items.claim = np.full(n, -1)
    items.claim[rows] = np.where(claims.requested_at < world.clock.end, claims.number, -1)
    return claims


def _vanished(plan: Batch) -> np.ndarray:
    """Parcels that were delivered and never had: left at another house, or taken from the door."""
    alone = (plan.parcel >= 0) & ~np.isin(plan.proof, [SIGNATURE, OTP]) & (plan.plant < 0)
    astray = (luck(plan.parcel, 1) > ASTRAY) & (luck(plan.parcel, 7) < 0.4)
    return alone & (astray | (luck(plan.parcel, 8) < 0.002))


def _book_in(plan: Batch, claims: Batch) -> None:
    """When the warehouse books what the carrier brought: the same day, seldom days later."""
    share = luck(claims.number, 4)
    late = luck(claims.number, 3) < 0.03
    lag = np.where(late, (0.5 + 5.5 * share**2) * DAY, 20 * HOUR * share + HOUR)
    given = plan.book_lag[claims.order]
    arrived = claims.received_at - (20 * HOUR * share + HOUR).astype(np.int64)
    arrived = np.maximum(arrived, claims.sent_at + 8 * HOUR)
    sent = claims.sent_at != NA
    claims.arrived_at = np.where(sent, arrived, NA)
    lag = np.where(given != NA, given, lag).astype(np.int64)
    claims.received_at = np.where(sent, arrived + lag, NA)
    missed = plan.book_missing[claims.order] == 1
    claims.missed_at = np.where(sent & missed, arrived + lag // 3, NA)


def emit_returns(
    world: World, landing: Landing, rng: np.random.Generator, plan: Batch, claims: Batch
) -> None:
    """Write returns, their parcels and scans."""
    n = len(claims)
    parcel = np.where(claims.sent_at != NA, 0, -1)
    parcel[parcel == 0] = world.ids.take("shipment", int((parcel == 0).sum()))
    base: dict[str, Column] = {
        "return_id": Id("R", claims.number),
        "order_item_id": Id("OI", claims.item_number),
        "buyer_user_id": Id("U", plan.buyer[claims.order]),
        "requested_at": claims.requested_at,
        "reason": Code(REASONS, claims.reason),
        "claim_text": claim_texts(rng, claims.reason, claims.story, world.stories),
        "evidence_image_phash": claims.image,
        "quantity": claims.back,
    }
    versions = Versions(world.clock, base, n)
    every = np.ones(n, dtype=bool)
    versions.step(claims.requested_at)
    versions.step(
        claims.decided_at,
        every,
        decision=Code(["approve", "reject", "returnless"], claims.decision),
    )
    versions.step(claims.sent_at, every, return_shipment_id=Id("SH", parcel))
    versions.step(claims.missed_at, every, inspection=Code(INSPECTIONS, np.full(n, NEVER_CAME)))
    versions.step(
        claims.received_at,
        every,
        warehouse_received_at=np.where(claims.inspection == NEVER_CAME, NA, claims.received_at),
        inspection=Code(INSPECTIONS, claims.inspection),
    )
    versions.write(landing, "returns")
    sent = claims.take(parcel >= 0)
    sent.parcel = parcel[parcel >= 0]
    sent.fill = np.ones(len(sent))
    split = (sent.back > 1) & (luck(sent.number, 5) < 0.15)
    count = plan.back_parcels[sent.order]
    count = np.where(count > 0, count, np.where(split, 2, 1))
    first, extra = sent.take(count == 1), sent.take(count > 1)
    owner, position = runs(count[count > 1])
    extra = extra.take(owner)
    later = position > 0
    extra.parcel[later] = world.ids.take("shipment", int(later.sum()))
    extra.fill = rng.uniform(0.3, 1.0, len(owner))
    extra.fill = extra.fill / np.bincount(owner, extra.fill)[owner]
    _return_parcels(world, landing, rng, plan, Batch.concat([first, extra]))


def _return_parcels(
    world: World, landing: Landing, rng: np.random.Generator, plan: Batch, sent: Batch
) -> None:
    """Write the parcels people send back; one label each, with the weight of the whole."""
    n = len(sent)
    home = world.addresses
    place, store = plan.address[sent.order], world.sellers.address[sent.seller]
    city, to_city = (city_number(sent.region, home.city[a]) for a in (place, store))
    carrier = world.sellers.carrier[sent.seller]
    grams = world.products.grams[sent.sku] * sent.back
    empty = sent.inspection == EMPTY
    real = grams * sent.fill * plan.back_grams[sent.order] * rng.normal(1.0, 0.02, n)
    mixed_up = (sent.inspection == ANOTHER_ITEM) & (plan.back_grams[sent.order] == 1.0)
    real = np.where(mixed_up, grams * rng.lognormal(0.0, 0.5, n), real)
    real = real.astype(np.int64) + rng.integers(10, 90, n)
    weight = np.where(empty, 60 + rng.integers(0, 60, n), real)
    arrived = sent.arrived_at
    end = plan.back_to[sent.order]
    end_city = np.where(end == OTHER_TOWN, city, to_city)
    end_zone = np.where(end == OTHER_TOWN, home.zone[place], home.zone[store])
    end_zone = np.where(end == OTHER_DISTRICT, (end_zone + 7) % 24, end_zone)
    end_cell = np.where(end == OTHER_TOWN, home.cell[place] ^ 96, home.cell[store])
    end_cell = np.where(end >= OTHER_DISTRICT, end_cell ^ 480, end_cell)
    versions = Versions(
        world.clock,
        {
            "shipment_id": Id("SH", sent.parcel),
            "order_id": Id("O", plan.number[sent.order]),
            "seller_id": Id("S", sent.seller),
            "direction": Code(["return"], np.zeros(n)),
            "carrier": Code(
                ["northpost", "swiftline", "bluevan", "parcelia", "islandmail"], carrier
            ),
            "tracking_number": tracking_text(carrier, sent.parcel),
            "label_created_at": sent.sent_at,
            "ship_from_postcode": postcode(city, home.zone[place]),
            "ship_to_postcode": postcode(to_city, home.zone[store]),
            "declared_weight_g": grams,
            "currency": Code(CURRENCIES, sent.region),
            "cost_minor": minor_units(2.8 + grams * 0.0011, sent.region),
        },
        n,
    )
    versions.step(sent.sent_at)
    weighed = np.where(luck(sent.parcel, 6) < 0.94, weight, NA)
    versions.step(
        arrived,
        np.ones(n, dtype=bool),
        carrier_weight_g=weighed,
        delivered_at=arrived,
        delivery_geohash7=people.geohash7(end_city, end_cell),
    )
    versions.write(landing, "shipments")
    row = np.tile(np.arange(n), 3)
    kind = np.repeat([1, 2, 4], n)
    at = np.concatenate([sent.sent_at + 2 * HOUR, (sent.sent_at + arrived) // 2 + HOUR, arrived])
    there = kind == 4
    write_scans(
        world,
        landing,
        sent.parcel[row],
        kind,
        at,
        np.where(there, end_city[row], city[row]),
        np.where(there, end_zone[row], home.zone[place][row]),
        sent.region[row],
    )


def refund(
    world: World, rng: np.random.Generator, plan: Batch, items: Batch, claims: Batch
) -> Batch:
    """Money that goes back: after returns, for lost parcels, cancellations, and as goodwill."""
    good = np.isin(claims.inspection, [0, 1]) | (rng.random(len(claims)) < 0.35)
    pays = (claims.decision == 2) | ((claims.decision == 0) & (claims.received_at != NA) & good)
    instant = (claims.decision == 0) & (rng.random(len(claims)) < 0.12)
    at = np.where(
        claims.decision == 2,
        claims.decided_at,
        np.where(instant, claims.decided_at, claims.received_at),
    )
    told = plan.refunded[claims.order]
    pays = np.where(told >= 0, (told == 1) & (claims.decision != 1), pays | instant)
    at = np.where(
        (told == 1) & (claims.decision == 0) & (claims.arrived_at != NA),
        claims.arrived_at,
        at,
    )
    pays = pays & (plan.capture[claims.order] >= 0) & ~plan.voided[claims.order]
    rows = np.flatnonzero(pays)
    done = claims.take(rows)
    whole = done.back == done.quantity
    amount = np.where(whole, done.paid, split_exact(done.paid, done.back / done.quantity))
    draw = rng.random(len(rows))
    absent_payer = np.where(draw < 0.45, 2, np.where(draw < 0.8, 1, 0))
    payer = np.where(done.absent, absent_payer, np.where(draw < 0.92, 0, 1))
    silent = plan.ship[done.order] != 0
    payer = np.where(done.absent & silent, np.where(draw < 0.6, 1, 0), payer)
    kind = np.where(done.decision == 2, 2, np.where(whole, 0, 1))
    found = Batch(
        item=done.item,
        returned=done.number,
        amount=amount,
        kind=kind,
        payer=payer,
        at=at[rows] + rng.exponential(8 * HOUR, len(rows)).astype(np.int64) + MINUTE,
    )
    found = Batch.concat([found, _cancellations(plan, items), _goodwill(rng, plan, items, claims)])
    found.order = items.order[found.item]
    found.at = np.maximum(found.at, plan.captured_at[found.order] + 5 * MINUTE)
    found.number = world.ids.take("refund", len(found))
    return found.take(found.amount > 0)


def _cancellations(plan: Batch, items: Batch) -> Batch:
    gone = (plan.cancelled_at != NA) & (plan.capture >= 0) & ~plan.voided
    rows = np.flatnonzero(gone[items.order])
    m = len(rows)
    return Batch(
        item=rows,
        returned=np.full(m, -1),
        amount=items.paid[rows],
        kind=np.full(m, 4),
        payer=np.zeros(m, dtype=np.int64),
        at=plan.cancelled_at[items.order[rows]] + 30 * MINUTE,
    )


def _goodwill(rng: np.random.Generator, plan: Batch, items: Batch, claims: Batch) -> Batch:
    happy = (plan.delivered_at[items.order] != NA) & (plan.capture[items.order] >= 0)
    happy[claims.item] = False
    rows = np.flatnonzero(happy & (rng.random(len(items)) < 0.008))
    m = len(rows)
    return Batch(
        item=rows,
        returned=np.full(m, -1),
        amount=split_exact(items.paid[rows], rng.integers(1, 5, m) * 0.1),
        kind=np.full(m, 3),
        payer=(rng.random(m) < 0.7).astype(np.int64),
        at=plan.delivered_at[items.order[rows]] + rng.integers(1, 12, m) * DAY,
    )


def emit_refunds(landing: Landing, plan: Batch, items: Batch, found: Batch) -> None:
    """Write refunds."""
    landing.add(
        "refunds",
        found.at,
        refund_id=Id("RF", found.number),
        order_item_id=Id("OI", items.number[found.item]),
        payment_id=Id("PY", plan.capture[found.order]),
        return_id=Id("R", found.returned),
        currency=Code(CURRENCIES, items.region[found.item]),
        amount_minor=found.amount,
        refund_type=Code(REFUND_TYPES, found.kind),
        funded_by=Code(FUNDERS, found.payer),
        succeeded_at=found.at,
    )


__all__ = [
    "APPAREL",
    "LOST",
    "claim_returns",
    "emit_refunds",
    "emit_returns",
    "refund",
]
