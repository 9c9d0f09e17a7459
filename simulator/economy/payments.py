"""Verification, authorisation with declines and retries, capture, void."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from simulator.batch import NA, Array, Batch
from simulator.clock import HOUR, MINUTE, SECOND
from simulator.columns import Code, Column, Id, join_text, pick
from simulator.economy.onboarding import bank_account
from simulator.landing import Landing
from simulator.regions import CODES, CURRENCIES
from simulator.world import BANK, BNPL, CARD, COD, VOUCHER, World

KINDS = ["verification", "authorisation", "capture", "void"]
VERIFY, AUTHORISE, CAPTURE, VOID = range(4)
RESULTS = ["approved", "declined", "error"]
CODES_DECLINED = ["51", "05", "54", "61", "91", "N7", "14", "59"]
_CODE_SHARE = np.array([0.43, 0.27, 0.08, 0.07, 0.04, 0.05, 0.03, 0.03])
THREE_DS = ["none", "attempted", "authenticated", "exempted"]
ISSUERS = [*CODES, "CA", "IT", "ES", "MX", "IN", "NG"]
BINS_PER_REGION = 14
DECLINE = np.array([0.075, 0.03, 0.0, 0.0, 0.06, 0.0])
_AUTH_METHODS = np.array([True, True, False, False, True, False])
_NETWORKS = ["visa", "mastercard", "domestic"]

ATTEMPT_FIELDS = (
    "number",
    "order",
    "user",
    "device",
    "session",
    "ip",
    "kind",
    "parent",
    "attempt_no",
    "card",
    "bin",
    "issuer",
    "region",
    "amount",
    "result",
    "code",
    "three_ds",
    "at",
    "settled_at",
    "known_at",
    "method",
    "account",
)


def bin_text(issuer: Array, bin_no: Array) -> Column:
    """Six digits that identify an issuer; the 99 prefix belongs to no real network."""
    labels = [f"99{r + 1}{b:03d}" for r in range(len(ISSUERS)) for b in range(100)]
    return pick(labels, np.where(bin_no < 0, -1, issuer * 100 + bin_no % 100))


def attempts(count: int, **given: Array | int) -> Batch:
    """Payment rows with the fields given; the rest empty."""
    empty = {
        "kind": AUTHORISE,
        "attempt_no": 1,
        "result": 0,
        "amount": 0,
        "settled_at": NA,
        "method": CARD,
        "three_ds": 0,
    }
    rows = {}
    for name in ATTEMPT_FIELDS:
        value = given.get(name, empty.get(name, -1))
        rows[name] = np.broadcast_to(np.asarray(value, dtype=np.int64), count).copy()
    if "known_at" not in given:
        rows["known_at"] = rows["at"].copy()
    return Batch(**rows)


def authorise(world: World, rng: np.random.Generator, plan: Batch) -> Batch:
    """Try to get each order paid. Sets paid_at, auth and the card used; returns the attempts."""
    n = len(plan)
    out = []
    plan.paid_at = np.full(n, NA)
    plan.auth = np.full(n, -1)
    alive = _AUTH_METHODS[plan.method] & (plan.pay != 2)
    at = plan.placed_at + rng.integers(SECOND, 6 * SECOND, n)
    for attempt in range(1, 5):
        rows = np.flatnonzero(alive)
        m = len(rows)
        refuse = DECLINE[plan.method[rows]] * (1.0 if attempt == 1 else 5.0)
        for outage in world.outages:
            hit = (at[rows] >= outage.start) & (at[rows] < outage.end)
            hit &= (plan.region[rows] == outage.region) | (outage.region < 0)
            refuse = np.where(hit, outage.decline, refuse)
        declined = rng.random(m) < np.where(
            plan.pay[rows] == 1, 0.0, np.where(plan.pay[rows] == 0, 1.0, refuse)
        )
        code = np.where(declined, rng.choice(len(_CODE_SHARE), m, p=_CODE_SHARE), -1)
        other = (attempt > 1) & (rng.random(m) < 0.16)
        plan.card[rows] = plan.card[rows] + other
        plan.bin[rows] = np.where(other, (plan.bin[rows] + 3) % BINS_PER_REGION, plan.bin[rows])
        secure = np.searchsorted([0.45, 0.52, 0.85], rng.random(m))
        batch = attempts(
            m,
            number=world.ids.take("payment", m),
            order=plan.number[rows],
            user=plan.buyer[rows],
            device=plan.device[rows],
            session=plan.session[rows],
            ip=plan.ip[rows],
            attempt_no=attempt,
            card=plan.card[rows],
            bin=plan.bin[rows],
            issuer=plan.issuer[rows],
            region=plan.region[rows],
            amount=plan.paid_total[rows],
            result=np.where(declined, np.where(code == 4, 2, 1), 0),
            code=code,
            three_ds=secure,
            at=at[rows],
            method=plan.method[rows],
            account=plan.account[rows],
        )
        out.append(batch)
        paid = rows[~declined]
        plan.paid_at[paid] = at[paid] + 2 * SECOND
        plan.auth[paid] = batch.number[~declined]
        alive[paid] = False
        stubborn = rng.random(m) < np.where(code == 0, 0.8, 0.72)
        alive[rows] &= stubborn
        wait = rng.lognormal(np.where(code == 0, 6.5, 4.0), 1.0) * SECOND
        at[rows] += np.minimum(wait, 20 * HOUR).astype(np.int64) + 4 * SECOND
    slow = (plan.method == BANK) & (rng.random(n) < 0.95)
    wait = rng.exponential(40 * MINUTE, n).astype(np.int64) + MINUTE
    plan.paid_at = np.where(slow, plan.placed_at + wait, plan.paid_at)
    plan.paid_at = np.where(plan.method == VOUCHER, plan.placed_at + 5 * SECOND, plan.paid_at)
    return Batch.concat(out)


def verify(world: World, rng: np.random.Generator, plan: Batch) -> Batch:
    """A zero-amount check when a buyer uses a card for the first time here."""
    order = np.argsort(plan.placed_at, kind="stable")
    _, first = np.unique(plan.buyer[order], return_index=True)
    rows = order[first]
    card = (plan.method[rows] == CARD) & (plan.pay[rows] != 2)
    rows = rows[card & (rng.random(len(rows)) < 0.7)]
    m = len(rows)
    failed = rng.random(m) < 0.04
    return attempts(
        m,
        number=world.ids.take("payment", m),
        user=plan.buyer[rows],
        device=plan.device[rows],
        session=plan.session[rows],
        ip=plan.ip[rows],
        kind=VERIFY,
        card=plan.card[rows],
        bin=plan.bin[rows],
        issuer=plan.issuer[rows],
        region=plan.region[rows],
        result=failed,
        code=np.where(failed, 1, -1),
        at=plan.placed_at[rows] + SECOND,
    )


def capture(world: World, rng: np.random.Generator, plan: Batch) -> Batch:
    """Capture what was fulfilled; sets capture and captured_at (settled) on the orders."""
    n = len(plan)
    at = np.where(_AUTH_METHODS[plan.method], plan.label_at, plan.paid_at)
    at = np.where((plan.line == 2) & (plan.paid_at != NA), plan.paid_at + MINUTE, at)
    at = np.where(plan.method == COD, plan.delivered_at, at)
    at = np.where((plan.paid_at == NA) & (plan.method != COD), NA, at)
    days = np.array([1.2, 0.7, 0.2, 2.0, 1.5, 0.05])[plan.method]
    settled = at + ((0.4 + rng.random(n)) * days * 24 * HOUR).astype(np.int64) + MINUTE
    rows = np.flatnonzero(at != NA)
    plan.capture = np.full(n, -1)
    plan.captured_at = np.full(n, NA)
    m = len(rows)
    plan.capture[rows] = world.ids.take("payment", m)
    plan.captured_at[rows] = settled[rows]
    return attempts(
        m,
        number=plan.capture[rows],
        order=plan.number[rows],
        user=plan.buyer[rows],
        device=plan.device[rows],
        session=plan.session[rows],
        ip=plan.ip[rows],
        kind=CAPTURE,
        parent=plan.auth[rows],
        card=plan.card[rows],
        bin=plan.bin[rows],
        issuer=plan.issuer[rows],
        region=plan.region[rows],
        amount=plan.paid_total[rows],
        at=at[rows],
        settled_at=settled[rows],
        known_at=settled[rows],
        method=plan.method[rows],
        account=plan.account[rows],
        three_ds=0,
    )


def void(world: World, rng: np.random.Generator, plan: Batch) -> Batch:
    """Release authorisations of cancelled orders; undo some captures of same-day cancellations."""
    gone = plan.cancelled_at != NA
    release = np.flatnonzero(gone & (plan.auth >= 0) & (plan.capture < 0))
    undo = gone & (plan.capture >= 0) & (plan.method != COD)
    undo = np.flatnonzero(undo & (rng.random(len(plan)) < 0.6))
    plan.voided = np.zeros(len(plan), dtype=bool)
    plan.voided[undo] = True
    rows = np.concatenate([release, undo])
    m = len(rows)
    parent = np.where(plan.capture[rows] >= 0, plan.capture[rows], plan.auth[rows])
    at = (
        np.where(
            plan.capture[rows] >= 0,
            np.maximum(plan.cancelled_at[rows], plan.captured_at[rows]),
            plan.cancelled_at[rows],
        )
        + 3 * MINUTE
    )
    return attempts(
        m,
        number=world.ids.take("payment", m),
        order=plan.number[rows],
        user=plan.buyer[rows],
        kind=VOID,
        parent=parent,
        card=plan.card[rows],
        bin=plan.bin[rows],
        issuer=plan.issuer[rows],
        region=plan.region[rows],
        amount=plan.paid_total[rows],
        at=at,
        method=plan.method[rows],
    )


def emit_attempts(world: World, landing: Landing, rng: np.random.Generator, rows: Batch) -> None:
    """Write payment attempts."""
    n = len(rows)
    carded = (rows.method == CARD) | (rows.method == BNPL)
    instrument = np.where((rows.method == BANK) | (rows.method == COD), -1, rows.card)
    checked = carded & ((rows.kind == AUTHORISE) | (rows.kind == VERIFY))
    wrong = (rows.result > 0) & (rng.random(n) < 0.15)
    landing.add(
        "payment_attempts",
        rows.known_at,
        payment_id=Id("PY", rows.number),
        order_id=Id("O", rows.order),
        user_id=Id("U", rows.user),
        device_id=Id("D", rows.device),
        session_id=Id("SE", rows.session),
        ip=world.ip(rows.ip),
        kind=Code(KINDS, rows.kind),
        parent_payment_id=Id("PY", rows.parent),
        attempt_no=rows.attempt_no,
        instrument_fingerprint=Id("I", instrument),
        card_bin=bin_text(rows.issuer, np.where(carded, rows.bin, -1)),
        card_last4=pick(
            [f"{i:04d}" for i in range(10_000)],
            np.where(carded & (rows.card >= 0), (rows.card * 7919 + 13) % 10_000, -1),
        ),
        issuer_country=Code(ISSUERS, np.where(carded, rows.issuer, -1)),
        scheme=Code(_NETWORKS, np.where(carded, rows.bin % 3, -1)),
        currency=Code(CURRENCIES, rows.region),
        amount_minor=rows.amount,
        result=Code(RESULTS, rows.result),
        decline_code=Code(CODES_DECLINED, rows.code),
        avs_result=Code(["Y", "N"], np.where(checked, wrong, -1)),
        cvv_result=Code(["M", "N"], np.where(checked, wrong, -1)),
        three_ds=Code(THREE_DS, np.where(carded & (rows.kind == AUTHORISE), rows.three_ds, -1)),
        exemption_type=Code(
            ["low_value", "tra"],
            np.where((rows.three_ds == 3) & (rows.kind == AUTHORISE), rows.number % 2, -1),
        ),
        liability_shift=(rows.three_ds == 2) & (rows.kind == AUTHORISE),
        funding_account_number=pc.if_else(
            rows.method == BANK,
            pc.if_else(
                rows.account >= 0,
                bank_account(rows.region, rows.account),
                join_text("TEST-ACCT-", 10**8 + rows.user),
            ),
            None,
        ),
        attempted_at=rows.at,
        settled_at=rows.settled_at,
    )
