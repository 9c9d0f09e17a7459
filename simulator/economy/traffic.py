"""Content, engagement, messages and reports."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from simulator.batch import NA, Array, Batch, runs
from simulator.clock import DAY, HOUR, MINUTE, SECOND
from simulator.columns import Code, Id, join_text, pick
from simulator.economy.demand import draw_ip, pick_content
from simulator.landing import Landing, Versions
from simulator.world import ASN_TYPES, World

KINDS = [
    "view",
    "like",
    "comment",
    "share",
    "follow",
    "unfollow",
    "live_join",
    "gift",
    "product_click",
]
VIEW, LIKE, COMMENT, SHARE, FOLLOW, UNFOLLOW, LIVE_JOIN, GIFT, CLICK = range(9)
BURSTS_PER_DAY = 0.0085
_KIND_SHARE = np.array([0.70, 0.14, 0.025, 0.015, 0.03, 0.006, 0.0, 0.004, 0.08])


def emit_content(world: World, landing: Landing) -> None:
    """Write content; a live room gets a second version when it ends."""
    content = world.content
    n = len(content)
    words = [
        "unboxing",
        "live deals",
        "how to style",
        "honest review",
        "morning routine",
        "three favourites",
        "does it work",
        "new in",
    ]
    ended = np.where(content.live, content.published_at + content.duration * SECOND, NA)
    versions = Versions(
        world.clock,
        {
            "content_id": Id("CT", np.arange(n)),
            "creator_id": Id("C", content.creator),
            "content_type": Code(["short_video", "live"], content.live.astype(np.int64)),
            "caption": join_text(pick(words, np.arange(n) * 7 % 8), " #", np.arange(n) % 40),
            "sku_id": Id("P", content.sku),
            "published_at": content.published_at,
            "duration_s": np.where(content.live, NA, content.duration),
        },
        n,
    )
    versions.step(content.published_at)
    versions.step(ended, content.live, ended_at=ended, duration_s=content.duration)
    versions.write(landing, "content")


def emit_engagement(
    world: World, landing: Landing, rng: np.random.Generator, first: int, last: int
) -> None:
    """Human attention: bursts with heavy-tailed gaps, at waking hours, on recent content."""
    users, clock = world.users, world.clock
    user = np.arange(first, last)
    days = clock.exposure(users.region[user], users.created_at[user])
    bursts = rng.poisson(BURSTS_PER_DAY * users.viewing[user] * days) * (users.activity[user] > 0)
    who = user[runs(bursts)[0]]
    at = clock.draw(rng, users.region[who], users.created_at[who])
    size = np.minimum(rng.geometric(0.11, len(who)), 120)
    burst, position = runs(size)
    n = len(burst)
    gap = (rng.lognormal(2.7, 1.25, n) * SECOND).astype(np.int64) + SECOND // 3
    gap[position == 0] = 0
    total = np.cumsum(gap)
    start = np.cumsum(size) - size
    moment = at[burst] + total - total[start[burst]]
    actor = who[burst]
    content = pick_content(world, rng, users.region[actor], moment)
    keep = (content >= 0) & (moment < clock.end)
    actor, moment, content, burst = actor[keep], moment[keep], content[keep], burst[keep]
    kind = rng.choice(9, len(actor), p=_KIND_SHARE)
    live = world.content.live[content]
    kind = np.where(
        (kind == UNFOLLOW) | (live & (kind == VIEW)), np.where(live, LIVE_JOIN, VIEW), kind
    )
    ip = draw_ip(world, rng, who)[burst]
    gone = (users.left_device_at[actor] != NA) & (users.left_device_at[actor] <= moment)
    device = np.where(
        gone & (users.device_b[actor] >= 0), users.device_b[actor], users.device[actor]
    )
    events = Batch(
        actor=actor,
        content=content,
        creator=world.content.creator[content],
        kind=kind,
        device=device,
        ip=ip,
        at=moment,
    )
    write_engagement(world, landing, rng, _follow_once(world, rng, events))


def _follow_once(world: World, rng: np.random.Generator, events: Batch) -> Batch:
    """Nobody follows a creator twice; one in ten leaves again, mostly within some weeks."""
    rows = np.flatnonzero(events.kind == FOLLOW)
    pair = events.actor[rows] * (len(world.creators) + 1) + events.creator[rows]
    order = np.lexsort((events.at[rows], pair))
    again = np.zeros(len(rows), dtype=bool)
    again[1:] = pair[order][1:] == pair[order][:-1]
    events.kind[rows[order[again]]] = LIKE
    first = events.take(rows[order[~again]])
    left = first.take(rng.random(len(first)) < 0.1)
    return Batch.concat([events, leave(world, rng, left, 24.0)])


def leave(world: World, rng: np.random.Generator, follows: Batch, days: float) -> Batch:
    """The unfollows to some follows, after so many days on average."""
    gone = follows.take(np.arange(len(follows)))
    gone.kind = np.full(len(gone), UNFOLLOW)
    gone.at = gone.at + MINUTE + (rng.exponential(days, len(gone)) * DAY).astype(np.int64)
    return gone.take(gone.at < world.clock.end)


def write_engagement(
    world: World, landing: Landing, rng: np.random.Generator, events: Batch
) -> None:
    """Write engagement events (actor, content, creator, kind, device, ip, at).

    `watched`, where given, is how many milliseconds somebody watched (NA: as people do).
    """
    n = len(events)
    long = np.where(events.content >= 0, world.content.duration[events.content], 30) * 1000
    watched = np.minimum(rng.lognormal(9.2, 1.1, n), long).astype(np.int64)
    if "watched" in events.names():
        watched = np.where(events.watched != NA, events.watched, watched)
    watching = np.isin(events.kind, [VIEW, LIVE_JOIN, LIKE])
    landing.add(
        "engagement_events",
        events.at,
        event_id=Id("E", world.ids.take("engagement", n)),
        actor_user_id=Id("U", events.actor),
        content_id=Id("CT", events.content),
        creator_id=Id("C", events.creator),
        kind=Code(KINDS, events.kind),
        device_id=Id("D", events.device),
        ip=world.ip(events.ip),
        asn_type=Code(ASN_TYPES, world.prefixes.kind[events.ip // 256]),
        watch_ms=np.where(watching, watched, NA),
        occurred_at=events.at,
    )


def emit_messages(
    world: World, landing: Landing, rng: np.random.Generator, plan: Batch, claims: Batch
) -> None:
    """Questions before and after an order, and the sellers' answers.

    Whoever wants out of an order often writes first. Buyers leave a number for the courier, shops
    their hotline (some in every other answer) or a link to a manual; a few ask for postage.
    """
    chance = np.where(plan.cancelled_by == 0, 0.22, 0.14)
    asks = np.flatnonzero(rng.random(len(plan)) < chance)
    asked = plan.placed_at[asks] + (rng.normal(0.5, 2, len(asks)) * DAY).astype(np.int64)
    asked = np.maximum(asked, world.users.created_at[plan.buyer[asks]])
    before = asked < plan.placed_at[asks]
    thread, position = runs(1 + rng.geometric(0.5, len(asks)))
    at = asked[thread] + position * (rng.gamma(1, 40, len(thread)) * MINUTE).astype(np.int64)
    at = np.maximum.accumulate(at + thread * 10**15) - thread * 10**15
    from_buyer = position % 2 == 0
    n = len(thread)
    habits = world.streams.get("shop habits").gamma(0.25, 0.02, len(world.sellers))
    seller = plan.seller[asks][thread]
    open_handed = np.where(from_buyer, 0.008, np.minimum(habits[seller], 0.5))
    write_messages(
        world,
        landing,
        Batch(
            thread=world.ids.take("thread", len(asks))[thread],
            from_buyer=from_buyer,
            buyer=plan.buyer[asks][thread],
            seller=seller,
            order=np.where(before, -1, plan.number[asks])[thread],
            contact=rng.random(n) < open_handed,
            link=rng.random(n) < 0.01,
            payment=rng.random(n) < np.where(from_buyer, 0.0002, 0.0015),
            at=at,
        ),
    )
    _reports(world, landing, rng, plan, claims)


def write_messages(world: World, landing: Landing, sent: Batch) -> None:
    """Write messages (thread, from_buyer, buyer, seller, order, contact, link, payment, at)."""
    mask = np.asarray(sent.from_buyer, dtype=bool)
    user, shop = Id("U", sent.buyer).arrow(), Id("S", sent.seller).arrow()
    landing.add(
        "messages",
        sent.at,
        message_id=Id("M", world.ids.take("message", len(sent))),
        thread_id=Id("TH", sent.thread),
        sender_type=Code(["user", "seller"], (~mask).astype(np.int64)),
        sender_id=_choose(mask, user, shop),
        receiver_type=Code(["user", "seller"], mask.astype(np.int64)),
        receiver_id=_choose(~mask, user, shop),
        order_id=Id("O", sent.order),
        has_contact_details=np.asarray(sent.contact, dtype=bool),
        has_link=np.asarray(sent.link, dtype=bool),
        has_payment_request=np.asarray(sent.payment, dtype=bool),
        sent_at=sent.at,
    )


def _choose(mask: Array, yes: object, no: object) -> object:
    return pc.if_else(mask, yes, no)


REPORT_TARGETS = ["user", "seller", "creator", "content", "sku"]
REPORT_PREFIX = ["U", "S", "C", "CT", "P"]
GROUNDS = ["scam", "counterfeit", "off_platform", "non_delivery", "fake_engagement", "harassment"]
SCAM, COUNTERFEIT, OFF_PLATFORM, NON_DELIVERY, FAKE_ENGAGEMENT, HARASSMENT = range(6)


def _reports(
    world: World, landing: Landing, rng: np.random.Generator, plan: Batch, claims: Batch
) -> None:
    """Anger after a claim, and now and then somebody who dislikes what they saw."""
    angry = np.flatnonzero(rng.random(len(claims)) < 0.06)
    order = claims.order[angry]
    reason = claims.reason[angry]
    ground = np.select([reason == 4, reason == 3], [NON_DELIVERY, COUNTERFEIT], SCAM)
    at = claims.requested_at[angry] + (rng.gamma(1, 10, len(angry)) * HOUR).astype(np.int64)
    n = len(order)
    after = Batch(
        reporter=plan.buyer[order], target=np.full(n, 1), number=plan.seller[order],
        ground=ground, order=plan.number[order], at=at,
    )  # fmt: skip
    seen = np.flatnonzero((plan.content >= 0) & (rng.random(len(plan)) < 0.012))
    lists = np.flatnonzero(rng.random(len(plan)) < 0.0015)
    m, k = len(seen), len(lists)
    creator = rng.random(m) < 0.3
    disliked = Batch(
        reporter=plan.buyer[seen],
        target=np.where(creator, 2, 3),
        number=np.where(creator, plan.creator[seen], plan.content[seen]),
        ground=rng.choice([SCAM, FAKE_ENGAGEMENT, HARASSMENT], m, p=[0.3, 0.4, 0.3]),
        order=np.full(m, -1),
        at=plan.placed_at[seen] - MINUTE + (rng.gamma(1, 20, m) * HOUR).astype(np.int64),
    )
    doubted = Batch(
        reporter=plan.buyer[lists],
        target=np.where(rng.random(k) < 0.5, 4, 1),
        number=plan.sku[lists],
        ground=rng.choice([COUNTERFEIT, OFF_PLATFORM, SCAM], k, p=[0.5, 0.2, 0.3]),
        order=np.full(k, -1),
        at=plan.placed_at[lists] + (rng.gamma(1, 50, k) * HOUR).astype(np.int64),
    )
    doubted.number = np.where(doubted.target == 4, doubted.number, plan.seller[lists])
    write_reports(world, landing, Batch.concat([after, disliked, doubted]))


def write_reports(world: World, landing: Landing, reports: Batch) -> None:
    """Write user reports (reporter, target, number, ground, order: -1 none, at)."""
    n = len(reports)
    landing.add(
        "user_reports",
        reports.at,
        report_id=Id("UR", world.ids.take("user_report", n)),
        reporter_user_id=Id("U", reports.reporter),
        target_type=Code(REPORT_TARGETS, reports.target),
        target_id=pc.coalesce(
            *[
                Id(prefix, np.where(reports.target == code, reports.number, -1)).arrow()
                for code, prefix in enumerate(REPORT_PREFIX)
            ]
        ),
        category=Code(GROUNDS, reports.ground),
        order_id=Id("O", reports.order),
        reported_at=reports.at,
    )
