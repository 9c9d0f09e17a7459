"""Cancellation, parcels, scans, delivery, and the versions of an order."""

from __future__ import annotations

import numpy as np

from simulator import people
from simulator.batch import NA, Array, Batch, runs
from simulator.clock import DAY, HOUR, MINUTE
from simulator.columns import Code, Const, Id, join_text
from simulator.economy.demand import (
    CHANNELS,
    SHIP_ELSEWHERE,
    SHIP_NORMAL,
    SHIP_REUSED,
    SHIP_SILENT,
    SHIP_UNSCANNED,
)
from simulator.economy.identity import CITY_NAMES, city_number, postcode
from simulator.landing import Landing, Versions
from simulator.randomness import luck
from simulator.regions import CODES, CURRENCIES, REGIONS, minor_units
from simulator.world import CARRIERS, COD, LINES, METHODS, World

SCANS = [
    "label",
    "acceptance",
    "transit",
    "out_for_delivery",
    "delivered",
    "exception",
    "return_to_sender",
]
LOST, RETURNED = 1, 2
PROOFS = ["none", "photo", "signature", "otp", "gps"]
NO_PROOF, PHOTO, SIGNATURE, OTP, GPS = range(5)
ASTRAY = 0.983  # the luck of a parcel from which on it is left at another house


def fulfil(world: World, rng: np.random.Generator, plan: Batch) -> None:
    """Decide what happens to each order between payment and completion."""
    n = len(plan)
    ready = np.where(plan.method == COD, plan.placed_at, plan.paid_at)
    paid = ready != NA
    services = plan.line == 2
    cancel = (rng.random(n) < np.where(services, 0.05, 0.036)) & (plan.keep != 1)
    cancel &= plan.ship == SHIP_NORMAL
    leaves = plan.cancel_lag != NA
    cancel |= leaves
    by = np.where(leaves, 0, np.searchsorted([0.6, 0.9], rng.random(n)))
    after = np.where(services, 14 * HOUR, 6 * HOUR) * rng.random(n)
    after = np.where(leaves, plan.cancel_lag, after).astype(np.int64)
    cancelled = np.where(cancel & paid, ready + after + 2 * MINUTE, NA)
    unpaid = plan.placed_at + 24 * HOUR
    plan.cancelled_at = np.where(paid, cancelled, unpaid)
    plan.cancelled_by = np.where(paid, np.where(cancel, by, -1), 2)
    go = paid & ~cancel
    ships = go & ~services
    handling = rng.lognormal(0, 0.55, n) * 22 * world.sellers.handling[plan.seller] * HOUR
    plan.label_at = np.where(ships, ready + handling.astype(np.int64) + 8 * MINUTE, NA)
    accept = plan.label_at + (rng.gamma(2.0, 7.0, n) * plan.slow**2 * HOUR).astype(np.int64)
    plan.accepted_at = np.where(ships, accept, NA)
    abroad = world.sellers.kind[plan.seller] == 2
    days = np.where(abroad, rng.gamma(9, 1.1, n), rng.gamma(5, 0.55, n)) * plan.slow
    days += 0.6 * np.minimum(plan.slow, 1.0)
    fate = np.searchsorted([0.988, 0.995], rng.random(n))
    fate = np.where((plan.ship != SHIP_NORMAL) | (plan.keep == 1), 0, fate)
    fate = np.where(plan.fate_of >= 0, plan.fate_of, fate)
    plan.fate = np.where(ships, fate, 0)
    arrives = accept + (days * DAY).astype(np.int64)
    visit = ready + (rng.gamma(1.5, 4.0, n) * DAY).astype(np.int64) + HOUR
    plan.arrives_at = np.where(ships, arrives, np.where(go, visit, NA))
    reached = go & (plan.fate == 0) & (plan.ship != SHIP_SILENT)
    plan.delivered_at = np.where(reached, plan.arrives_at, NA)
    plan.completed_at = np.where(
        reached, plan.arrives_at + 7 * DAY + rng.integers(0, 2 * DAY, n), NA
    )


def emit_orders(world: World, landing: Landing, plan: Batch) -> None:
    """Write the versions of the orders."""
    n = len(plan)
    users = world.users
    versions = Versions(
        world.clock,
        {
            "order_id": Id("O", plan.number),
            "buyer_user_id": Id("U", plan.buyer),
            "seller_id": Id("S", plan.seller),
            "region": Code(CODES, plan.region),
            "business_line": Code(LINES, plan.line),
            "order_type": Code(
                ["normal", "sample", "test"],
                np.where(
                    plan.kind >= 0, plan.kind, np.where(users.account_type[plan.buyer] == 3, 2, 0)
                ),
            ),
            "currency": Code(CURRENCIES, plan.region),
            "device_id": Id("D", plan.device),
            "session_id": Id("SE", plan.session),
            "ip": world.ip(plan.ip),
            "shipping_address_id": Id("A", np.where(plan.line == 2, -1, plan.address)),
            "channel": Code(CHANNELS, plan.channel),
            "content_id": Id("CT", plan.content),
            "creator_id": Id("C", plan.creator),
            "payment_method": Code(METHODS, plan.method),
            "first_viewed_at": plan.first_viewed_at,
            "placed_at": plan.placed_at,
            "status": Const("placed", n),
        },
        n,
    )
    every = np.ones(n, dtype=bool)
    cod = plan.method == COD
    versions.step(plan.placed_at)
    versions.step(plan.paid_at, ~cod, paid_at=plan.paid_at, status=Const("paid", n))
    versions.step(
        plan.cancelled_at,
        every,
        cancelled_at=plan.cancelled_at,
        cancelled_by=Code(["buyer", "seller", "platform"], plan.cancelled_by),
        status=Const("cancelled", n),
    )
    versions.step(plan.label_at + 10 * MINUTE, plan.label_at != NA, status=Const("shipped", n))
    versions.step(
        plan.delivered_at,
        every,
        delivered_at=plan.delivered_at,
        paid_at=np.where(cod, plan.delivered_at, plan.paid_at),
        status=Const("delivered", n),
    )
    versions.step(plan.completed_at, every, status=Const("completed", n))
    versions.write(landing, "orders")


def tracking_text(carrier: Array, number: Array) -> object:
    """A tracking number of the carrier."""
    prefix = Code(["NP", "SW", "BV", "PC", "IM", "TT"], carrier).arrow()
    return join_text(prefix, 10**9 + (number * 48_271) % (9 * 10**9))


def emit_shipments(
    world: World, landing: Landing, rng: np.random.Generator, plan: Batch, items: Batch
) -> None:
    """Write outbound parcels and their scans."""
    rows = np.flatnonzero(plan.label_at != NA)
    parcels = plan.take(rows)
    n = len(parcels)
    parcels.parcel = world.ids.take("shipment", n)
    plan.parcel = np.full(len(plan), -1)
    plan.parcel[rows] = parcels.parcel
    home, store = world.addresses, world.sellers.address[parcels.seller]
    parcels.to_city = city_number(parcels.region, home.city[parcels.address])
    parcels.to_zone = home.zone[parcels.address]
    parcels.from_city = city_number(parcels.region, home.city[store])
    parcels.from_zone = home.zone[store]
    parcels.carrier = np.where(
        rng.random(n) < 0.85, world.sellers.carrier[parcels.seller], rng.integers(0, 5, n)
    )
    parcels.carrier = np.where(parcels.slow > 2.2, 5, parcels.carrier)
    grams = np.bincount(items.order, world.products.grams[items.sku] * items.quantity, len(plan))
    grams = (grams[rows] * rng.normal(1.06, 0.04, n) * parcels.grams).astype(np.int64) + 40
    tracking = parcels.parcel.copy()
    reused = parcels.ship == SHIP_REUSED
    parcels.end_city, parcels.end_zone = parcels.to_city.copy(), parcels.to_zone.copy()
    if reused.any():
        _reuse(rng, parcels, tracking, reused)
    away = parcels.ship == SHIP_ELSEWHERE
    parcels.end_city = np.where(away, _another_city(rng, parcels), parcels.end_city)
    place = parcels.address
    proof = np.searchsorted([0.42, 0.72, 0.86, 0.93], rng.random(n))
    proof = np.where(parcels.proof >= 0, parcels.proof, proof)
    plan.proof[rows] = proof
    cell = _dropped_at(home.cell[place], parcels, proof)
    versions = Versions(
        world.clock,
        {
            "shipment_id": Id("SH", parcels.parcel),
            "order_id": Id("O", parcels.number),
            "seller_id": Id("S", parcels.seller),
            "direction": Const("outbound", n),
            "carrier": Code(CARRIERS, parcels.carrier),
            "tracking_number": tracking_text(parcels.carrier, tracking),
            "label_created_at": parcels.label_at,
            "ship_from_postcode": postcode(parcels.from_city, parcels.from_zone),
            "ship_to_postcode": postcode(parcels.to_city, parcels.to_zone),
            "declared_weight_g": grams,
            "currency": Code(CURRENCIES, parcels.region),
            "cost_minor": minor_units(2.2 + grams * 0.0011, parcels.region),
        },
        n,
    )
    versions.step(parcels.label_at)
    scanned = parcels.ship != SHIP_SILENT
    weighed = np.where(scanned, parcels.accepted_at + 5 * MINUTE, NA)
    versions.step(
        weighed, scanned & (rng.random(n) < 0.3), carrier_weight_g=grams + rng.integers(-15, 16, n)
    )
    versions.step(
        parcels.delivered_at,
        np.ones(n, dtype=bool),
        carrier_weight_g=grams + rng.integers(-15, 16, n),
        delivered_at=parcels.delivered_at,
        proof_of_delivery=Code(PROOFS, proof),
        delivery_geohash7=people.geohash7(parcels.end_city, cell),
    )
    versions.write(landing, "shipments")
    emit_scans(world, landing, rng, parcels)


def _dropped_at(cell: Array, parcels: Batch, proof: Array) -> Array:
    """Where the carrier's satellite fix lies: mostly at the door, often the next cell.

    One parcel in sixty without a person's confirmation is left at another house.
    """
    drift = luck(parcels.parcel, 1)
    cell = np.where(drift < 0.1, cell ^ 1, np.where(drift < 0.17, cell ^ 2, cell))
    astray = (drift > ASTRAY) & ~np.isin(proof, [SIGNATURE, OTP]) & (parcels.plant < 0)
    return np.where(astray, cell ^ 96, cell)


def _another_city(rng: np.random.Generator, parcels: Batch) -> Array:
    """Another town of the same market."""
    start = city_number(parcels.region, np.zeros(len(parcels), dtype=np.int64))
    count = np.array([len(region.cities) for region in REGIONS])[parcels.region]
    step = rng.integers(1, count)
    return start + (parcels.to_city - start + step) % count


def _reuse(rng: np.random.Generator, parcels: Batch, tracking: Array, reused: Array) -> None:
    """Point a parcel at the tracking number of an earlier parcel of the same seller."""
    order = np.lexsort((parcels.label_at, parcels.seller))
    genuine = np.where(~reused[order], np.arange(len(order)), -1)
    last = np.maximum.accumulate(genuine)
    source = np.where(last >= 0, order[last], -1)
    target = np.where(reused[order] & (source >= 0), source, order)
    same = parcels.seller[target] == parcels.seller[order]
    target = np.where(same, target, order)
    tracking[order] = parcels.parcel[target]
    parcels.carrier[order] = parcels.carrier[target]
    parcels.end_city[order] = parcels.to_city[target]
    parcels.end_zone[order] = parcels.to_zone[target]


def emit_scans(world: World, landing: Landing, rng: np.random.Generator, parcels: Batch) -> None:
    """Write the scans of parcels: label, acceptance, transit, out for delivery, the end."""
    n = len(parcels)
    silent = parcels.ship == SHIP_SILENT
    dark = parcels.ship == SHIP_UNSCANNED
    way = parcels.arrives_at - parcels.accepted_at
    hops = np.where(silent | dark, 0, 1 + (rng.random(n) < 0.45))
    hop_row, hop_no = runs(hops)
    hop_at = parcels.accepted_at[hop_row] + (
        way[hop_row] * (0.25 + 0.3 * hop_no + 0.1 * rng.random(len(hop_row)))
    ).astype(np.int64)
    seen = np.flatnonzero(~silent & ~dark)
    ok = np.flatnonzero(parcels.delivered_at != NA)
    lost = np.flatnonzero((parcels.fate == LOST) & ~silent)
    back = np.flatnonzero((parcels.fate == RETURNED) & ~silent)
    labelled = np.flatnonzero(rng.random(n) < 0.7)
    halfway = parcels.accepted_at + way // 2
    out_at = parcels.arrives_at - (rng.random(n) * 5 * HOUR).astype(np.int64) - 20 * MINUTE
    out_at = np.maximum(out_at, halfway)
    seen_out = np.intersect1d(ok, seen)
    here, there = parcels.from_city, parcels.end_city
    groups = [
        (0, labelled, parcels.label_at, here, parcels.from_zone),
        (1, seen, parcels.accepted_at, here, parcels.from_zone),
        (3, seen_out, out_at, there, parcels.end_zone),
        (4, ok, parcels.arrives_at, there, parcels.end_zone),
        (5, lost, parcels.accepted_at + 6 * DAY, here, parcels.from_zone),
        (6, back, parcels.arrives_at + DAY, there, parcels.end_zone),
    ]
    row = np.concatenate([g[1] for g in groups] + [hop_row])
    kind = np.concatenate([np.full(len(g[1]), g[0]) for g in groups] + [np.full(len(hop_row), 2)])
    at = np.concatenate([g[2][g[1]] for g in groups] + [hop_at])
    between = np.where(hop_no == 0, here[hop_row], there[hop_row])
    city = np.concatenate([g[3][g[1]] for g in groups] + [between])
    zone = np.concatenate([g[4][g[1]] for g in groups] + [np.zeros(len(hop_row), dtype=np.int64)])
    write_scans(world, landing, parcels.parcel[row], kind, at, city, zone, parcels.region[row])


def write_scans(
    world: World,
    landing: Landing,
    parcel: Array,
    kind: Array,
    at: Array,
    city: Array,
    zone: Array,
    region: Array,
) -> None:
    """Write tracking scans."""
    landing.add(
        "tracking_scans",
        at,
        scan_id=Id("SC", world.ids.take("scan", len(parcel))),
        shipment_id=Id("SH", parcel),
        scan_type=Code(SCANS, kind),
        city=Code(CITY_NAMES, city),
        postcode=postcode(city, zone),
        country=Code(CODES, region),
        scanned_at=at,
    )
