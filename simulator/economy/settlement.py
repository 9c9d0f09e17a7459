"""Settlement lines from the seller's point of view, commissions, and payouts."""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array, Batch, split_exact
from simulator.clock import DAY, HOUR, MINUTE
from simulator.columns import Code, Const, Id
from simulator.economy.identity import PARTIES, party_id
from simulator.economy.onboarding import bank_at
from simulator.landing import Landing, Versions
from simulator.regions import CURRENCIES, minor_units
from simulator.world import COD, World

LINES = [
    "sale",
    "fee",
    "affiliate",
    "refund",
    "reserve_hold",
    "reserve_release",
    "chargeback",
    "clawback",
    "adjustment",
]
SALE, FEE, AFFILIATE, REFUND, HOLD, RELEASE, CHARGEBACK, CLAWBACK, ADJUST = range(9)
WEEK = 7 * DAY
_NEVER = np.iinfo(np.int64).max


class Balances:
    """What each party earned per week, summed over the user chunks."""

    def __init__(self, world: World) -> None:
        clock = world.clock
        self.weeks = int((clock.end - clock.history) // WEEK + 2)
        self.first = clock.history
        self.sellers = np.zeros((len(world.sellers), self.weeks), dtype=np.int64)
        self.creators = np.zeros((len(world.creators), self.weeks), dtype=np.int64)
        self.creator_sales = np.zeros((len(world.creators), self.weeks), dtype=np.int64)

    def week(self, at: Array) -> Array:
        """Week number of a moment (the last one collects what lies beyond the end)."""
        return np.clip((at - self.first) // WEEK, 0, self.weeks - 1)


def emit_settlement(
    world: World,
    landing: Landing,
    balances: Balances,
    rng: np.random.Generator,
    plan: Batch,
    items: Batch,
    refunds: Batch,
    disputes: Batch,
) -> None:
    """Write the lines of a chunk and add them to the sellers' balances."""
    done = np.flatnonzero(
        (plan.delivered_at[items.order] != NA)
        & (plan.captured_at[items.order] != NA)
        & ~plan.voided[items.order]
    )
    sold = items.take(done)
    posted = np.maximum(plan.delivered_at[sold.order], plan.captured_at[sold.order]) + HOUR
    settle = posted + world.sellers.settle_days[sold.seller] * DAY
    held = split_exact(sold.sale, world.sellers.reserve[sold.seller])
    parts = [
        _lines(SALE, sold.number, sold, sold.sale, posted, settle),
        _lines(FEE, sold.number, sold, -sold.fee, posted, settle),
        _lines(AFFILIATE, sold.number, sold, -sold.affiliate, posted, settle),
        _lines(HOLD, sold.number, sold, -held, posted, settle),
        _lines(RELEASE, sold.number, sold, held, posted + 21 * DAY, posted + 21 * DAY),
    ]
    settled = np.zeros(len(items), dtype=bool)
    settled[done] = True
    posted_of = np.full(len(items), NA)
    posted_of[done] = posted
    back = refunds.take(settled[refunds.item] & (refunds.payer == 0))
    share = back.amount / np.maximum(items.paid[back.item], 1)
    thing = items.take(back.item)
    at = np.maximum(back.at, posted_of[back.item] + MINUTE)
    parts += [
        _lines(REFUND, thing.number, thing, -split_exact(thing.sale, share), at, at),
        _lines(FEE, thing.number, thing, split_exact(thing.fee, share), at, at),
        _lines(AFFILIATE, thing.number, thing, split_exact(thing.affiliate, share), at, at),
    ]
    liable = disputes.take(disputes.liable == 1)
    thing = items.take(np.searchsorted(items.order, liable.order))
    parts.append(
        _lines(CHARGEBACK, thing.number, thing, -liable.amount, liable.opened_at, liable.opened_at)
    )
    parts.append(
        _lines(
            CHARGEBACK, thing.number, thing, liable.amount, liable.returned_at, liable.returned_at
        )
    )
    odd = np.flatnonzero(rng.random(len(sold)) < 0.002)
    some = sold.take(odd)
    value = minor_units(rng.uniform(1, 12, len(odd)), some.region) * rng.choice([-1, 1], len(odd))
    when = posted[odd] + rng.integers(1, 20, len(odd)) * DAY
    parts.append(_lines(ADJUST, np.full(len(odd), -1), some, value, when, when))
    lines = Batch.concat(parts)
    lines = lines.take((lines.amount != 0) & (lines.posted_at > 0))
    landing.add(
        "settlement_lines",
        lines.posted_at,
        line_id=Id("SL", world.ids.take("line", len(lines))),
        seller_id=Id("S", lines.seller),
        order_item_id=Id("OI", lines.item),
        line_type=Code(LINES, lines.kind),
        currency=Code(CURRENCIES, lines.region),
        amount_minor=lines.amount,
        available_at=lines.available_at,
        posted_at=lines.posted_at,
    )
    np.add.at(balances.sellers, (lines.seller, balances.week(lines.available_at)), lines.amount)
    back_at = np.full(len(items), _NEVER)
    np.minimum.at(back_at, refunds.item, refunds.at)
    _commissions(world, landing, balances, plan, sold, posted, back_at[done])
    counted = (plan.paid_at != NA) | (plan.method == COD)
    counted &= (plan.creator >= 0) & (plan.cancelled_at == NA)
    rows = np.flatnonzero(counted[items.order])
    who, week = plan.creator[items.order[rows]], balances.week(items.placed_at[rows])
    np.add.at(balances.creator_sales, (who, week), (items.gross - items.seller_discount)[rows])


def _lines(
    kind: int, item: Array, of: Batch, amount: Array, posted: Array, available: Array
) -> Batch:
    return Batch(
        kind=np.full(len(of), kind),
        item=item,
        seller=of.seller,
        region=of.region,
        amount=amount,
        posted_at=posted,
        available_at=available,
    )


def _commissions(
    world: World,
    landing: Landing,
    balances: Balances,
    plan: Batch,
    sold: Batch,
    posted: Array,
    back_at: Array,
) -> None:
    """Estimated at the order, settled ten days after delivery, reversed if goods came back first.

    What comes back later is clawed back only now and then.
    """
    rng = world.streams.get(f"commissions {int(plan.number[0]) if len(plan) else 0}")
    rows = np.flatnonzero(sold.affiliate > 0)
    part, posted, back_at = sold.take(rows), posted[rows], back_at[rows]
    n, order = len(part), part.order
    creator = plan.creator[order]
    ordered = part.placed_at
    settled = posted + 10 * DAY
    reversed_ = (back_at < settled) & (rng.random(n) < 0.92)
    clawed = (back_at >= settled) & (back_at < _NEVER) & (rng.random(n) < 0.3)
    lag = (rng.gamma(1.2, 9, n) * MINUTE).astype(np.int64) + 8 * 10**6
    lag = np.where(plan.click_lag[order] == NA, lag, plan.click_lag[order])
    other = (rng.random(n) < 0.05) & (ordered - lag > world.users.created_at[plan.buyer[order]])
    device = np.where(other, world.users.device[plan.buyer[order]], plan.device[order])
    device = np.where(plan.click_device[order] >= 0, plan.click_device[order], device)
    versions = Versions(
        world.clock,
        {
            "commission_id": Id("AF", world.ids.take("commission", n)),
            "order_item_id": Id("OI", part.number),
            "creator_id": Id("C", creator),
            "click_at": ordered - lag,
            "click_device_id": Id("D", device),
            "currency": Code(CURRENCIES, part.region),
            "commission_minor": part.affiliate,
            "ordered_at": ordered,
            "status": Const("estimated", n),
        },
        n,
    )
    versions.step(ordered + MINUTE)
    versions.step(settled, ~reversed_, settled_at=settled, status=Const("settled", n))
    versions.step(settled, reversed_, status=Const("reversed", n))
    taken = np.where(clawed, back_at + DAY, NA)
    versions.step(taken, clawed, status=Const("reversed", n))
    versions.write(landing, "affiliate_commissions")
    good = ~reversed_
    np.add.at(
        balances.creators, (creator[good], balances.week(settled[good])), part.affiliate[good]
    )
    np.add.at(
        balances.creators, (creator[clawed], balances.week(taken[clawed])), -part.affiliate[clawed]
    )


def emit_payouts(world: World, landing: Landing, balances: Balances) -> None:
    """Weekly payouts of positive balances; a few bounce and are paid again the week after."""
    sellers, creators = world.sellers, world.creators
    rng = world.streams.get("payouts")
    earned = np.concatenate([balances.sellers, balances.creators])
    party = np.concatenate([np.full(len(sellers), 1), np.full(len(creators), 2)])
    owner = np.concatenate([np.arange(len(sellers)), np.arange(len(creators))])
    region = np.concatenate([sellers.region, creators.region])
    least = minor_units(np.full(len(owner), 10.0), region)
    balance = np.zeros(len(owner), dtype=np.int64)
    bounced_back = np.zeros(len(owner), dtype=np.int64)
    parts = []
    for week in range(balances.weeks - 1):
        balance += earned[:, week] + bounced_back
        rows = np.flatnonzero(balance >= least)
        at = balances.first + (week + 1) * WEEK + (5 * HOUR) + rng.integers(0, 6 * HOUR, len(rows))
        bounced = rng.random(len(rows)) < 0.006
        parts.append(Batch(row=rows, amount=balance[rows], at=at, bounced=bounced))
        bounced_back = np.zeros(len(owner), dtype=np.int64)
        bounced_back[rows[bounced]] = balance[rows[bounced]]
        balance[rows] = 0
    out = Batch.concat(parts)
    row, n = out.row, len(out)
    paid = out.at + rng.integers(18 * HOUR, 50 * HOUR, n)
    back = paid + rng.integers(1 * DAY, 3 * DAY, n)
    held = rng.random(n) < 0.01
    hold_until = np.where(held, 4 * DAY, 0)
    versions = Versions(
        world.clock,
        {
            "payout_id": Id("PO", world.ids.take("payout", n)),
            "party_type": Code(PARTIES, party[row]),
            "party_id": party_id(party[row], owner[row]),
            "payout_account_id": Id("PA", bank_at(world, row, out.at)),
            "currency": Code(CURRENCIES, region[row]),
            "amount_minor": out.amount,
            "initiated_at": out.at,
            "status": Const("pending", n),
        },
        n,
    )
    every = np.ones(n, dtype=bool)
    versions.step(out.at)
    versions.step(out.at + 2 * HOUR, held, status=Const("held", n))
    versions.step(paid + hold_until, every, paid_at=paid + hold_until, status=Const("paid", n))
    versions.step(
        back + hold_until, out.bounced, returned_at=back + hold_until, status=Const("returned", n)
    )
    versions.write(landing, "payouts")
