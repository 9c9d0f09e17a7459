"""Redemptions, referrals and creator awards."""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Batch, split_exact
from simulator.clock import DAY, HOUR, SECOND
from simulator.columns import Code, Const, Id, join_text
from simulator.economy.items import CASHBACK
from simulator.economy.settlement import Balances
from simulator.landing import Landing, Versions
from simulator.regions import CURRENCIES, minor_units, to_usd
from simulator.world import World

REFERRAL_MINIMUM_USD = 10.0
"""What a referred user has to spend on a first order for both to be rewarded."""

TIERS_USD = np.array([20.0, 150.0, 500.0, 2000.0])
AWARDS_USD = np.array([2.0, 8.0, 30.0, 120.0])
PERIOD_WEEKS = 4


def emit_redemptions(world: World, landing: Landing, plan: Batch, items: Batch) -> None:
    """A redemption for every item bought with a campaign; cashback pays back a share."""
    rows = np.flatnonzero(items.promo >= 0)
    part = items.take(rows)
    back = part.promo_kind == CASHBACK
    amount = np.where(back, split_exact(part.paid, 0.02), part.platform_discount)
    at = part.placed_at + SECOND
    landing.add(
        "promotion_redemptions",
        at,
        redemption_id=Id("RD", world.ids.take("redemption", len(part))),
        promotion_id=Id("PR", part.promo),
        user_id=Id("U", plan.buyer[part.order]),
        order_id=Id("O", plan.number[part.order]),
        device_id=Id("D", plan.device[part.order]),
        currency=Code(CURRENCIES, part.region),
        amount_minor=amount,
        redeemed_at=at,
    )


def emit_referrals(world: World, landing: Landing, plan: Batch, first: int, last: int) -> None:
    """A referral for each referred user of the chunk; granted after a delivered order."""
    users = world.users
    referee = first + np.flatnonzero(users.referred_by[first:last] >= 0)
    n = len(referee)
    done = plan.delivered_at > 0
    done &= plan.paid_total >= minor_units(np.full(len(plan), REFERRAL_MINIMUM_USD), plan.region)
    order = np.full(len(users), -1)
    granted = np.full(len(users), np.iinfo(np.int64).min)
    rows = np.flatnonzero(done)[::-1]  # the first order of a buyer is written last
    order[plan.buyer[rows]] = plan.number[rows]
    granted[plan.buyer[rows]] = plan.delivered_at[rows] + 15 * DAY
    soon = granted[referee] - users.created_at[referee] < 120 * DAY
    has = (order[referee] >= 0) & soon
    region = users.region[referee]
    versions = Versions(
        world.clock,
        {
            "referral_id": Id("RL", world.ids.take("referral", n)),
            "referrer_user_id": Id("U", users.referred_by[referee]),
            "referee_user_id": Id("U", referee),
            "signed_up_at": users.created_at[referee],
            "currency": Code(CURRENCIES, region),
            "referrer_reward_minor": minor_units(np.full(n, 5.0), region),
            "referee_reward_minor": minor_units(np.full(n, 3.0), region),
            "status": Const("pending", n),
        },
        n,
    )
    versions.step(users.created_at[referee])
    versions.step(
        granted[referee],
        has,
        granted_at=granted[referee],
        qualifying_order_id=Id("O", np.where(has, order[referee], -1)),
        status=Const("granted", n),
    )
    thrown_out = users.suspended_at[referee] + 2 * DAY
    late = has & (users.suspended_at[referee] != NA) & (thrown_out > granted[referee])
    versions.step(thrown_out, late, status=Const("clawed_back", n))
    versions.write(landing, "referrals")


def award_periods(world: World) -> list[tuple[int, int]]:
    """First and last moment of the periods of the sales programme that end within the run."""
    weeks = Balances(world).weeks
    length = PERIOD_WEEKS * 7 * DAY
    starts = [world.clock.history + week * 7 * DAY for week in range(0, weeks - 5, PERIOD_WEEKS)]
    return [(start, start + length) for start in starts]


def emit_awards(world: World, landing: Landing, balances: Balances) -> None:
    """A four-week sales programme with four tiers, by what was bought through the creator."""
    rng = world.streams.get("awards")
    creators = world.creators
    parts = []
    for start, end in award_periods(world):
        week = (start - balances.first) // (7 * DAY)
        sales = balances.creator_sales[:, week : week + PERIOD_WEEKS].sum(axis=1)
        usd = to_usd(sales, creators.region)
        tier = np.searchsorted(TIERS_USD, usd, "right") - 1
        rows = np.flatnonzero(tier >= 0)
        parts.append(
            Batch(row=rows, sales=sales[rows], tier=tier[rows], end=np.full(len(rows), end))
        )
    award = Batch.concat(parts)
    n, region = len(award), creators.region[award.row]
    award.number = world.ids.take("award", n)
    amount = minor_units(AWARDS_USD[award.tier], region)
    at = award.end + DAY + rng.integers(0, 20 * HOUR, n)
    paid = at + 7 * DAY
    reversed_ = rng.random(n) < 0.02
    versions = Versions(
        world.clock,
        {
            "award_id": Id("AW", award.number),
            "creator_id": Id("C", award.row),
            "program_id": join_text("SALES", np.asarray(award.end // DAY)),
            "metric": Const("gmv_minor", n),
            "metric_value": award.sales.astype(float),
            "tier_threshold": minor_units(TIERS_USD[award.tier], region).astype(float),
            "currency": Code(CURRENCIES, region),
            "award_minor": amount,
            "period_start": award.end // DAY - PERIOD_WEEKS * 7,
            "period_end": award.end // DAY - 1,
            "awarded_at": at,
            "status": Const("granted", n),
        },
        n,
    )
    versions.step(at)
    versions.step(paid, ~reversed_, paid_at=paid, status=Const("paid", n))
    versions.step(paid, reversed_, status=Const("reversed", n))
    versions.write(landing, "creator_awards")
    good = ~reversed_
    week = balances.week(paid[good] - 14 * DAY)
    np.add.at(balances.creators, (award.row[good], week), amount[good])
    for number, creator, end in world.contests:
        hit = (award.row == creator) & (award.end == end)
        world.truth.add(number, "award", award.number[hit])
        world.truth.stake[number] += float(AWARDS_USD[award.tier[hit]].sum())
