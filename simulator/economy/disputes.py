"""Chargebacks that mature over months, recoveries, and what issuers report."""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Batch
from simulator.clock import DAY, HOUR, MINUTE
from simulator.columns import Code, Id
from simulator.economy.identity import party_id
from simulator.landing import Landing
from simulator.regions import CURRENCIES, minor_units
from simulator.world import World

STAGES = [
    "alert",
    "chargeback",
    "representment",
    "pre_arbitration",
    "arbitration",
    "won",
    "lost",
    "accepted",
    "withdrawn",
]
GROUPS = ["fraud", "consumer", "processing", "authorisation"]
FRAUD, CONSUMER = 0, 1
_REASONS = ["10.4", "13.1", "12.6", "11.3"]

# Each path: (stage, cash sign, days after the stage before, fee in US dollars).
PATHS: list[list[tuple[int, int, float, float]]] = [
    [(1, -1, 0, 15), (7, 0, 6, 0)],
    [(1, -1, 0, 15), (2, 0, 9, 0), (5, 1, 34, 0)],
    [(1, -1, 0, 15), (2, 0, 9, 0), (6, 0, 32, 0)],
    [(1, -1, 0, 15), (2, 0, 8, 0), (5, 1, 30, 0), (3, -1, 16, 10), (6, 0, 20, 0)],
    [(1, -1, 0, 15), (2, 0, 8, 0), (3, 0, 28, 10), (4, 0, 20, 250), (5, 1, 35, 0)],
    [(1, -1, 0, 15), (8, 1, 7, 0)],
    [(0, -1, 0, 8), (7, 0, 1, 0)],
    [(1, -1, 0, 15), (6, 0, 30, 0)],
]
WITHDRAWN = 5
_SHARE = {
    FRAUD: [0.33, 0.14, 0.24, 0.03, 0.01, 0.03, 0.12, 0.1],
    CONSUMER: [0.27, 0.26, 0.22, 0.04, 0.02, 0.09, 0.03, 0.07],
}


def open_disputes(
    world: World, rng: np.random.Generator, plan: Batch, items: Batch, refunds: Batch
) -> Batch:
    """Which captures are disputed, when, and along which path."""
    n = len(plan)
    refunded = np.bincount(refunds.order, minlength=n) > 0
    carded = np.isin(plan.method, [0, 1, 4]) & (plan.captured_at != NA) & ~plan.voided
    usual = np.where(refunded, 0.0004, 0.0058)
    late = (plan.fate > 0) | (plan.ship != 0)
    usual = np.where(late & ~refunded, 0.05, usual)
    wants = np.where(plan.disputed >= 0, plan.disputed == 1, rng.random(n) < usual)
    order = np.flatnonzero(wants & carded)
    m = len(order)
    group = np.searchsorted([0.55, 0.92, 0.97], rng.random(m))
    group = np.where(late[order], CONSUMER, group)
    group = np.where(plan.dispute_group[order] >= 0, plan.dispute_group[order], group)
    lag = np.minimum(rng.gamma(1.7, 21, m) + 3, 118) * DAY
    lag = np.where(plan.dispute_lag[order] != NA, plan.dispute_lag[order], lag)
    path = np.where(
        group == FRAUD, rng.choice(8, m, p=_SHARE[FRAUD]), rng.choice(8, m, p=_SHARE[CONSUMER])
    )
    path = np.where(plan.dispute_path[order] >= 0, plan.dispute_path[order], path)
    back = np.bincount(refunds.order, refunds.amount, n)[order].astype(np.int64)
    whole = plan.disputed[order] == 1
    amount = np.where(whole, plan.paid_total[order], np.maximum(plan.paid_total[order] - back, 0))
    liable = np.where(group == CONSUMER, rng.random(m) < 0.65, rng.random(m) < 0.1)
    out = Batch(
        order=order,
        group=group,
        path=path,
        amount=amount,
        opened_at=plan.captured_at[order] + lag.astype(np.int64),
        liable=liable.astype(np.int64),
        region=plan.region[order],
    )
    out = out.take(amount > 0)
    out.number = world.ids.take("dispute", len(out))
    return out


def emit_disputes(
    world: World, landing: Landing, rng: np.random.Generator, plan: Batch, disputes: Batch
) -> Batch:
    """Write the stages; returns each dispute's outcome (lost_at, cash_back_at)."""
    n = len(disputes)
    parts = []
    disputes.lost_at = np.full(n, NA)
    disputes.returned_at = np.full(n, NA)
    for number, path in enumerate(PATHS):
        rows = np.flatnonzero(disputes.path == number)
        at = disputes.opened_at[rows].copy()
        for seq, (stage, sign, days, fee) in enumerate(path, start=1):
            at = at + (days * DAY * rng.uniform(0.6, 1.4, len(rows))).astype(np.int64)
            parts.append(
                Batch(
                    row=rows,
                    seq=np.full(len(rows), seq),
                    stage=np.full(len(rows), stage),
                    cash=sign * disputes.amount[rows],
                    at=at.copy(),
                    fee=minor_units(np.full(len(rows), float(fee)), disputes.region[rows]),
                )
            )
            if stage == 5:
                disputes.returned_at[rows] = at
            if stage == 8:
                disputes.returned_at[rows] = at
            if stage in (6, 7):
                disputes.lost_at[rows] = at
                disputes.returned_at[rows] = NA
    stages = Batch.concat(parts)
    row = stages.row
    alert = stages.stage == 0
    landing.add(
        "dispute_events",
        stages.at,
        dispute_id=Id("DP", disputes.number[row]),
        stage_seq=stages.seq,
        payment_id=Id("PY", plan.capture[disputes.order[row]]),
        stage=Code(STAGES, stages.stage),
        scheme=Code(["visa", "mastercard", "domestic"], plan.bin[disputes.order[row]] % 3),
        reason_code=Code(_REASONS, disputes.group[row]),
        reason_group=Code(GROUPS, disputes.group[row]),
        resolution=Code(["rdr", "cdrn"], np.where(alert, disputes.number[row] % 2, -1)),
        currency=Code(CURRENCIES, disputes.region[row]),
        cash_effect_minor=stages.cash,
        fee_minor=stages.fee,
        liable_party=Code(["platform", "seller"], disputes.liable[row]),
        occurred_at=stages.at,
    )
    return disputes


def emit_issuer_reports(
    world: World, landing: Landing, rng: np.random.Generator, plan: Batch, disputes: Batch
) -> None:
    """Issuers report most disputed fraud and some that never becomes a dispute."""
    fraud = np.flatnonzero((disputes.group == FRAUD) & (rng.random(len(disputes)) < 0.7))
    at = disputes.opened_at[fraud] + (rng.normal(1, 5, len(fraud)) * DAY).astype(np.int64)
    order = disputes.order[fraud]
    at = np.maximum(at, plan.captured_at[order] + HOUR)
    card = np.isin(plan.method, [0, 4]) & (plan.captured_at != NA)
    quiet = np.flatnonzero(card & (rng.random(len(plan)) < 0.0008))
    when = plan.captured_at[quiet] + (rng.gamma(2, 12, len(quiet)) * DAY).astype(np.int64)
    order, at = np.concatenate([order, quiet]), np.concatenate([at, when])
    kinds = ["card_not_present", "account_takeover", "lost_or_stolen"]
    landing.add(
        "issuer_fraud_reports",
        at,
        report_id=Id("FR", world.ids.take("report", len(order))),
        payment_id=Id("PY", plan.capture[order]),
        scheme=Code(["visa", "mastercard", "domestic"], plan.bin[order] % 3),
        fraud_type=Code(kinds, np.searchsorted([0.8, 0.9], rng.random(len(order)))),
        currency=Code(CURRENCIES, plan.region[order]),
        amount_minor=plan.paid_total[order],
        reported_at=at,
    )


def emit_recoveries(
    world: World,
    landing: Landing,
    rng: np.random.Generator,
    plan: Batch,
    items: Batch,
    disputes: Batch,
    refunds: Batch,
) -> None:
    """Clawbacks from sellers, insurance, carrier claims, collections."""
    first_item = np.searchsorted(items.order, disputes.order)
    lost = disputes.lost_at != NA
    claw = lost & (disputes.liable == 1)
    insured = lost & (disputes.liable == 0) & (rng.random(len(disputes)) < 0.25)
    chased = lost & ~claw & ~insured & (rng.random(len(disputes)) < 0.15)
    carrier = np.flatnonzero((refunds.payer == 2) & (rng.random(len(refunds)) < 0.8))
    rows = [np.flatnonzero(claw), np.flatnonzero(insured), np.flatnonzero(chased)]
    cases = []
    for source, index in zip([0, 1, 4], rows, strict=True):
        share = 1.0 if source == 0 else 0.5
        cases.append(
            Batch(
                source=np.full(len(index), source),
                dispute=disputes.number[index],
                refund=np.full(len(index), -1),
                item=items.number[first_item[index]],
                amount=(disputes.amount[index] * share).astype(np.int64),
                region=disputes.region[index],
                at=disputes.lost_at[index] + 2 * DAY,
                seller=np.where(source == 0, plan.seller[disputes.order[index]], -1),
            )
        )
    cases.append(
        Batch(
            source=np.full(len(carrier), 2),
            dispute=np.full(len(carrier), -1),
            refund=refunds.number[carrier],
            item=items.number[refunds.item[carrier]],
            amount=refunds.amount[carrier],
            region=items.region[refunds.item[carrier]],
            at=refunds.at[carrier] + 4 * DAY,
            seller=np.full(len(carrier), -1),
        )
    )
    case = Batch.concat(cases).take(Batch.concat(cases).amount > 0)
    n = len(case)
    case.number = world.ids.take("recovery", n)
    wait = np.array([3.0, 40, 25, 0, 60])[case.source] * rng.uniform(0.7, 1.5, n)
    fails = np.array([0.1, 0.2, 0.15, 0, 0.6])[case.source] > rng.random(n)
    stage = np.repeat([0, 1], n)
    stage = np.where(stage == 1, np.where(np.tile(fails, 2), 2, 1), 0)
    both = case.take(np.tile(np.arange(n), 2))
    at = both.at + np.where(stage > 0, np.tile(wait, 2) * DAY, 0).astype(np.int64) + MINUTE
    landing.add(
        "recoveries",
        at,
        recovery_id=Id("RC", both.number),
        stage=Code(["booked", "received", "written_off"], stage),
        party_type=Code(["seller"], np.where(both.seller >= 0, 0, -1)),
        party_id=party_id(np.where(both.seller >= 0, 1, 0), both.seller),
        order_item_id=Id("OI", both.item),
        dispute_id=Id("DP", both.dispute),
        refund_id=Id("RF", both.refund),
        source=Code(["clawback", "insurance", "carrier", "deposit", "collections"], both.source),
        is_cash=both.source != 0,
        currency=Code(CURRENCIES, both.region),
        amount_minor=both.amount,
        occurred_at=at,
    )
