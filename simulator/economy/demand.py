"""Who wants what and when: the order plan, and the sessions around it."""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array, Batch, runs
from simulator.clock import DAY, MINUTE, SECOND
from simulator.columns import Code, Id
from simulator.landing import Landing
from simulator.randomness import luck
from simulator.regions import CODES, REGIONS
from simulator.world import ASN_TYPES, COD, HOSTING, MOBILE, VPN, WALLET, World

ORDERS_PER_DAY = 0.0112
SESSIONS_PER_DAY = 0.048
CHANNELS = ["live", "short_video", "showcase", "search", "mall"]
ISSUER_COUNTRIES = len(REGIONS) + 6
SHIP_NORMAL, SHIP_SILENT, SHIP_REUSED, SHIP_ELSEWHERE, SHIP_UNSCANNED = range(5)

OVERRIDES: dict[str, float] = {
    "pay": -1,  # 1: the first attempt is approved; 0: declined for good; 2: no attempts of ours
    "keep": -1,  # 1: never cancelled
    "returned": -1,  # 0 never, 1 always
    "reason": -1,  # index into aftersales.REASONS
    "return_lag": NA,  # microseconds from delivery to claim
    "claim_at": NA,  # the moment of the claim, where it does not follow the delivery
    "inspection": -1,  # index into aftersales.INSPECTIONS
    "story": -1,  # index into world.stories: what the claim says
    "evidence": NA,  # the hash of the photo that goes with the claim
    "refunded": -1,  # 0 never, 1 as soon as the carrier has delivered the goods sent back
    "back_to": -1,  # index into aftersales.ENDS: where the goods sent back go
    "back_grams": 1.0,  # multiplies what they weigh
    "back_parcels": -1,  # in so many parcels
    "book_lag": NA,  # microseconds from their delivery to the warehouse's books
    "book_missing": -1,  # 1: the warehouse misses them first and finds them later
    "proof": -1,  # index into fulfilment.PROOFS: what the carrier got for the parcel
    "disputed": -1,  # 0 never, 1 always
    "dispute_lag": NA,  # microseconds from capture to dispute
    "dispute_group": -1,
    "dispute_path": -1,  # index into disputes.PATHS
    "ship": SHIP_NORMAL,
    "slow": 1.0,  # multiplies carrier days
    "fate_of": -1,  # fulfilment.LOST or RETURNED: what becomes of the parcel
    "view_lag": NA,  # microseconds from opening the product's page to the order
    "promo": -1,  # index into items.PROMO_KINDS: the campaign the first item is bought with
    "plain": 0,  # 1: no discount of the seller
    "kind": -1,  # 0 normal, 1 sample, 2 test
    "click_device": -1,  # the device that followed the creator's link
    "click_lag": NA,  # microseconds from the click to the order
    "items": -1,
    "quantity": -1,
    "browse": NA,  # microseconds from opening the shop to the order
    "views": -1,  # product pages seen on the way
    "grams": 1.0,  # multiplies what the parcel weighs
    "praise_lag": NA,  # microseconds from delivery to a review; five stars, or
    "stars": -1,  # the stars of that review
    "words": -1,  # its text, a number for `feedback.phrase`
    "cancel_lag": NA,  # microseconds from payment to the buyer's change of mind
    "issuer": -1,  # the country of the card's bank, an index into payments.ISSUERS
    "account": -1,  # the bank account a bank transfer comes from (onboarding.bank_account)
    "plant": -1,  # the planted instance the order belongs to
}
"""What a scheme or look-alike may decide about an order; the default leaves it to the economy."""


def plan_orders(
    world: World, rng: np.random.Generator, buyer: Array, placed: Array, wanted: Array | None = None
) -> Batch:
    """Orders of buyers at moments: channel, content, product, device, network and home.

    `wanted` names the products; without it each buyer picks one that is on sale.
    """
    users = world.users
    region = users.region[buyer]
    n = len(buyer)
    channel = np.searchsorted([0.12, 0.28, 0.35, 0.77], rng.random(n))
    content = np.where(channel < 3, pick_content(world, rng, region, placed), -1)
    channel = np.where((content < 0) & (channel < 3), 3, channel)
    live = (content >= 0) & world.content.live[content]
    channel = np.where((content >= 0) & (channel < 2), np.where(live, 0, 1), channel)
    sku = np.where(content >= 0, world.content.sku[content], -1)
    sku = np.where(
        (sku >= 0) & (world.products.listed_at[sku] < placed),
        sku,
        pick_product(world, rng, region, placed),
    )
    sku = sku if wanted is None else wanted
    content = np.where((content >= 0) & (world.content.sku[content] == sku), content, -1)
    channel = np.where((content < 0) & (channel < 3), 4, channel)
    plan = Batch(
        buyer=buyer, placed_at=placed, region=region, sku=sku, channel=channel, content=content
    )
    plan.creator = np.where(content >= 0, world.content.creator[content], -1)
    plan.device = draw_device(world, rng, buyer, placed)
    plan.ip = draw_ip(world, rng, buyer, placed)
    moved = (users.address_b[buyer] >= 0) & (rng.random(n) < 0.6)
    moved &= world.addresses.added_at[users.address_b[buyer]] < placed
    plan.address = np.where(moved, users.address_b[buyer], users.address[buyer])
    other = rng.random(n) < 0.12
    plan.method = np.where(other, rng.integers(0, 6, n), users.method[buyer])
    plan.card = users.card[buyer]
    plan.bin = users.bin[buyer]
    for name, value in OVERRIDES.items():
        setattr(plan, name, np.full(n, value))
    plan.account, plan.issuer = users.account[buyer], users.issuer[buyer]
    return plan.take(sku >= 0)


def ordinary_orders(world: World, rng: np.random.Generator, first: int, last: int) -> Batch:
    """The orders that the users of a chunk place of their own accord."""
    users = world.users
    buyer = np.arange(first, last)
    days = world.clock.exposure(users.region[buyer], users.created_at[buyer])
    count = rng.poisson(ORDERS_PER_DAY * users.activity[buyer] * days)
    owner, _ = runs(count)
    who = buyer[owner]
    placed = world.clock.draw(rng, users.region[who], users.created_at[who] + 10 * MINUTE)
    keen = (rng.random(len(buyer)) < users.keen[buyer]) & (users.activity[buyer] > 0)
    keen &= users.created_at[buyer] >= world.clock.start
    soon = np.exp(rng.normal(2.2, 1.0, len(buyer))) * MINUTE + 40 * SECOND
    who = np.concatenate([who, buyer[keen]])
    placed = np.concatenate([placed, (users.created_at[buyer] + soon.astype(np.int64))[keen]])
    return plan_orders(world, rng, who, placed)


def baskets(world: World, rng: np.random.Generator, plan: Batch) -> Batch:
    """What goes with an order in one basket: another shop's goods, a moment later."""
    more = np.where(rng.random(len(plan)) < 0.04, 1 + (rng.geometric(0.72, len(plan)) - 1), 0)
    more = np.where(plan.plant < 0, np.minimum(more, 5), 0)
    owner, position = runs(more)
    wait = (20 + rng.gamma(1.5, 70, len(owner))) * SECOND * (1 + position)
    extra = plan_orders(world, rng, plan.buyer[owner], plan.placed_at[owner] + wait.astype(int))
    if len(extra) == len(owner):  # else some market has nothing on sale
        for name in ("device", "ip", "address", "method", "card", "bin"):
            setattr(extra, name, plan.__dict__[name][owner])
    return extra


def finish_plan(world: World, rng: np.random.Generator, plan: Batch) -> Batch:
    """Number the orders and settle what follows from the product."""
    users, sellers = world.users, world.sellers
    seller = world.products.seller[plan.sku]
    stopped = np.minimum(
        _forever(users.suspended_at[plan.buyer]), _forever(sellers.suspended_at[seller])
    )
    stopped = np.minimum(stopped, _forever(sellers.terminated_at[seller]))
    plan = plan.take(plan.placed_at < np.minimum(stopped, world.clock.end - SECOND))
    plan = plan.take(np.lexsort((plan.sku, plan.buyer, plan.placed_at)))
    n = len(plan)
    plan.number = world.ids.take("order", n)
    plan.seller = world.products.seller[plan.sku]
    plan.line = world.sellers.line[plan.seller]
    services = plan.line == 2
    plan.method = np.where(services & (plan.method == COD), WALLET, plan.method)
    plan.issuer = np.where(plan.issuer >= 0, plan.issuer, _issuer(plan.card, plan.region))
    plan.session = world.ids.take("session", n)
    drawn = rng.exponential(6 * MINUTE, n).astype(np.int64) + 20 * SECOND
    hurried = rng.exponential(75 * SECOND, n).astype(np.int64) + 4 * SECOND
    knows = (plan.channel == 0) | (rng.random(n) < 0.05)  # a live room, or bought it before
    plan.views = np.where((plan.views < 0) & knows, rng.geometric(0.55, n), plan.views)
    browse = np.where(plan.browse != NA, plan.browse, np.where(knows, hurried, drawn))
    look = (rng.lognormal(np.log(80), 0.8, n) * SECOND).astype(np.int64) + 7 * SECOND
    look = np.where(plan.view_lag != NA, plan.view_lag, np.minimum(look, browse * 9 // 10))
    longer = (plan.view_lag != NA) & (plan.browse == NA)
    browse = np.where(longer, look + drawn // 20, browse)
    plan.session_at = np.maximum(plan.placed_at - browse, world.users.created_at[plan.buyer])
    plan.first_viewed_at = np.maximum(plan.placed_at - look, plan.session_at)
    return plan


def _forever(until: Array) -> Array:
    return np.where(until == NA, np.iinfo(np.int64).max, until)


def pick_content(world: World, rng: np.random.Generator, region: Array, at: Array) -> Array:
    """Recent content of the region, the more popular the likelier; -1 where there is none."""
    content = world.content
    out = np.full(len(region), -1)
    for code in range(len(REGIONS)):
        rows = np.flatnonzero(region == code)
        low, high = np.searchsorted(content.region, [code, code + 1])
        newest = np.searchsorted(content.published_at[low:high], at[rows]) - 1
        best = np.full(len(rows), -1)
        pull = np.zeros(len(rows))
        for _ in range(3):
            back = (rng.random(len(rows)) ** 2.5 * 60).astype(np.int64)
            candidate = np.where(newest >= 0, low + np.maximum(newest - back, 0), -1)
            weight = np.where(candidate >= 0, content.pull[candidate], -1.0)
            better = weight > pull
            best, pull = np.where(better, candidate, best), np.where(better, weight, pull)
        out[rows] = best
    return out


def pick_product(world: World, rng: np.random.Generator, region: Array, at: Array) -> Array:
    """A product on sale in the region at the moment, by popularity; -1 where there is none."""
    products = world.products
    out = np.full(len(region), -1)
    for code in range(len(REGIONS)):
        shelf = np.flatnonzero(products.region == code)
        edges = np.cumsum(products.weight[shelf])
        rows = np.flatnonzero(region == code)
        for _ in range(6):
            draw = np.searchsorted(edges, rng.random(len(rows)) * edges[-1])
            sku = shelf[np.minimum(draw, len(shelf) - 1)]
            fine = products.listed_at[sku] < at[rows]
            out[rows[fine]] = sku[fine]
            rows = rows[~fine]
        oldest = shelf[np.argmin(products.listed_at[shelf])]
        fine = products.listed_at[oldest] < at[rows]
        out[rows[fine]] = oldest
    return out


def draw_device(world: World, rng: np.random.Generator, user: Array, at: Array) -> Array:
    """The first device or the spare; only the spare once the first is given away."""
    users = world.users
    spare = users.device_b[user]
    use_b = (rng.random(len(user)) < 0.35) | _after(at, users.left_device_at[user])
    use_b &= (spare >= 0) & (world.devices.first_seen_at[spare] < at)
    return np.where(use_b, spare, users.device[user])


def _after(at: Array, moment: Array) -> Array:
    return (moment != NA) & (at >= moment)


def _issuer(card: Array, region: Array) -> Array:
    """Where a card comes from: one in forty belongs to somebody from elsewhere."""
    holder = np.maximum(card, 0) // 4
    elsewhere = (luck(holder, 11) * ISSUER_COUNTRIES).astype(np.int64)
    return np.where(luck(holder, 12) < 0.025, elsewhere, region)


def draw_ip(world: World, rng: np.random.Generator, user: Array, at: Array | None = None) -> Array:
    """Home line, carrier NAT or, rarely, a VPN, as an ip number; abroad when travelling.

    One VPN exit in five is sold as an ordinary server.
    """
    users, n = world.users, len(user)
    way = rng.random(n)
    exits, servers = world.prefixes_of(VPN), world.prefixes_of(HOSTING)
    prefix = np.where(way < 0.62, users.home[user], users.nat[user])
    host = np.where(way < 0.62, users.host[user], rng.integers(1, 255, n))
    if at is not None:
        abroad = _travels(world, user, at)
        prefix = np.where(abroad >= 0, abroad, prefix)
    vpn = way > 0.985
    out = rng.integers(0, len(exits), n)
    prefix = np.where(vpn, exits[out], prefix)
    prefix = np.where(way > 0.997, servers[out % len(servers)], prefix)
    return prefix * 256 + host


def _travels(world: World, user: Array, at: Array) -> Array:
    """The foreign mobile network of users on a journey, -1 at home.

    Three users in ten go abroad within half a year, for some days up to two weeks.
    """
    half, into = np.divmod(at, 180 * DAY)
    trip = np.asarray(user) * 128 + half % 128
    leaves = luck(trip, 22) * 166 * DAY
    away = (luck(trip, 21) < 0.3) & (np.asarray(user) < world.scale) & (into >= leaves)
    away &= into < leaves + (3 + 11 * luck(trip, 23)) * DAY
    out = np.full(len(trip), -1)
    step = 1 + (luck(trip, 24) * (len(REGIONS) - 1)).astype(np.int64)
    there = (world.users.region[user] + step) % len(REGIONS)
    for code in range(len(REGIONS)):
        lines = world.prefixes_of(MOBILE, code)
        rows = np.flatnonzero(away & (there == code))
        out[rows] = lines[(luck(trip[rows], 25) * len(lines)).astype(np.int64)]
    return out


def emit_sessions(
    world: World, landing: Landing, rng: np.random.Generator, plan: Batch, first: int, last: int
) -> None:
    """A session for every order, and the browsing that led to nothing."""
    users = world.users
    user = np.arange(first, last)
    days = world.clock.exposure(users.region[user], users.created_at[user])
    lively = 0.25 + 0.75 * users.activity[user]
    count = rng.poisson(SESSIONS_PER_DAY * lively * days) * (users.activity[user] > 0)
    who = user[runs(count)[0]]
    at = world.clock.draw(rng, users.region[who], users.created_at[who])
    n = len(who)
    browsing = Batch(
        number=world.ids.take("session", n),
        user=who,
        device=draw_device(world, rng, who, at),
        ip=draw_ip(world, rng, who, at),
        at=at,
        until=at + (rng.lognormal(1.3, 1.0, n) * MINUTE).astype(np.int64) + 5 * SECOND,
        login=np.searchsorted([0.955, 0.99], rng.random(n)),
        views=rng.geometric(0.22, n) - 1,
    )
    buying = Batch(
        number=plan.session,
        user=plan.buyer,
        device=plan.device,
        ip=plan.ip,
        at=plan.session_at,
        until=plan.placed_at + rng.integers(20, 400, len(plan)) * SECOND,
        login=np.zeros(len(plan), dtype=np.int64),
        views=np.where(plan.views >= 0, plan.views, 1 + rng.geometric(0.25, len(plan))),
    )
    write_sessions(world, landing, Batch.concat([browsing, buying]))


def write_sessions(world: World, landing: Landing, sessions: Batch) -> None:
    """Write sessions (number, user, device, ip, at, until, login, views)."""
    prefix = np.where(sessions.ip >= 0, sessions.ip // 256, 0)
    known = sessions.ip >= 0
    landing.add(
        "sessions",
        sessions.at,
        session_id=Id("SE", sessions.number),
        user_id=Id("U", sessions.user),
        device_id=Id("D", sessions.device),
        ip=world.ip(sessions.ip),
        asn=np.where(known, world.prefixes.asn[prefix], NA),
        asn_type=Code(ASN_TYPES, np.where(known, world.prefixes.kind[prefix], -1)),
        country=Code(CODES, np.where(known, world.prefixes.region[prefix], -1)),
        login_result=Code(["success", "failure", "challenged"], sessions.login),
        started_at=sessions.at,
        ended_at=sessions.until,
        product_views=np.where(sessions.login == 1, 0, sessions.views),
    )
