"""Content, engagement, messages and reports."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from simulator.batch import NA, Array, Batch, runs
from simulator.clock import DAY, HOUR, MINUTE, SECOND
from simulator.columns import Code, Const, Id, join_text, pick
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
    kind = np.where(live & (kind == VIEW), LIVE_JOIN, kind)
    ip = draw_ip(world, rng, who)[burst]
    gone = (users.left_device_at[actor] != NA) & (users.left_device_at[actor] <= moment)
    device = np.where(
        gone & (users.device_b[actor] >= 0), users.device_b[actor], users.device[actor]
    )
    write_engagement(
        world,
        landing,
        rng,
        Batch(
            actor=actor,
            content=content,
            creator=world.content.creator[content],
            kind=kind,
            device=device,
            ip=ip,
            at=moment,
        ),
    )


def write_engagement(
    world: World, landing: Landing, rng: np.random.Generator, events: Batch
) -> None:
    """Write engagement events (actor, content, creator, kind, device, ip, at)."""
    n = len(events)
    long = np.where(events.content >= 0, world.content.duration[events.content], 30) * 1000
    watched = np.minimum(rng.lognormal(9.2, 1.1, n), long).astype(np.int64)
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
    """Questions before and after an order, and the sellers' answers."""
    asks = np.flatnonzero(rng.random(len(plan)) < 0.14)
    asked = plan.placed_at[asks] + (rng.normal(0.5, 2, len(asks)) * DAY).astype(np.int64)
    asked = np.maximum(asked, world.users.created_at[plan.buyer[asks]])
    before = asked < plan.placed_at[asks]
    thread, position = runs(1 + rng.geometric(0.5, len(asks)))
    at = asked[thread] + position * (rng.gamma(1, 40, len(thread)) * MINUTE).astype(np.int64)
    at = np.maximum.accumulate(at + thread * 10**15) - thread * 10**15
    from_buyer = position % 2 == 0
    buyer, seller = plan.buyer[asks][thread], plan.seller[asks][thread]
    n = len(thread)
    numbers = world.ids.take("thread", len(asks))
    user, shop = Id("U", buyer).arrow(), Id("S", seller).arrow()
    mask = np.asarray(from_buyer)
    landing.add(
        "messages",
        at,
        message_id=Id("M", world.ids.take("message", n)),
        thread_id=Id("TH", numbers[thread]),
        sender_type=Code(["user", "seller"], (~mask).astype(np.int64)),
        sender_id=_choose(mask, user, shop),
        receiver_type=Code(["user", "seller"], mask.astype(np.int64)),
        receiver_id=_choose(~mask, user, shop),
        order_id=Id("O", np.where(before[thread], -1, plan.number[asks][thread])),
        has_contact_details=rng.random(n) < 0.004,
        has_link=rng.random(n) < 0.01,
        has_payment_request=rng.random(n) < 0.001,
        sent_at=at,
    )
    _reports(world, landing, rng, plan, claims)


def _choose(mask: Array, yes: object, no: object) -> object:
    return pc.if_else(mask, yes, no)


def _reports(
    world: World, landing: Landing, rng: np.random.Generator, plan: Batch, claims: Batch
) -> None:
    angry = np.flatnonzero(rng.random(len(claims)) < 0.06)
    order = claims.order[angry]
    n = len(angry)
    category = np.where(claims.reason[angry] == 4, 3, np.where(claims.reason[angry] == 3, 1, 0))
    at = claims.requested_at[angry] + (rng.gamma(1, 10, n) * HOUR).astype(np.int64)
    landing.add(
        "user_reports",
        at,
        report_id=Id("UR", world.ids.take("user_report", n)),
        reporter_user_id=Id("U", plan.buyer[order]),
        target_type=Const("seller", n),
        target_id=Id("S", plan.seller[order]),
        category=Code(["scam", "counterfeit", "off_platform", "non_delivery"], category),
        order_id=Id("O", plan.number[order]),
        reported_at=at,
    )
