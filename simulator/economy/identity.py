"""Users, sellers, creators, devices and homes."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator import people
from simulator.batch import NA, Array
from simulator.clock import DAY, MINUTE, SECOND
from simulator.columns import Code, Column, Const, Id, join_text, pick
from simulator.landing import Landing, Versions
from simulator.randomness import luck
from simulator.regions import CODES, REGIONS
from simulator.world import CATEGORIES, LINES, World, tax_number

PARTIES = ["user", "seller", "creator"]
PARTY_PREFIX = ["U", "S", "C"]
STATUSES = ["active", "suspended", "terminated", "closed"]


def emit_identity(world: World, landing: Landing) -> None:
    """Who the parties are, and where."""
    _users(world, landing)
    _sellers(world, landing)
    _creators(world, landing)
    _devices(world, landing)
    _addresses(world, landing)


def party_id(party: Array, number: Array) -> pa.Array:
    """The id text of parties of mixed types."""
    out = [
        Id(prefix, np.where(party == code, number, -1)).arrow()
        for code, prefix in enumerate(PARTY_PREFIX)
    ]
    return pc.coalesce(*out)


def _users(world: World, landing: Landing) -> None:
    users, clock = world.users, world.clock
    rng = world.streams.get("user versions")
    n = len(users)
    number = np.arange(n)
    renamed = users.number + 20_000
    referred = users.referred_by
    base: dict[str, Column] = {
        "user_id": Id("U", number),
        "created_at": users.created_at,
        "region": Code(CODES, users.region),
        "account_type": Code(["personal", "business", "employee", "test"], users.account_type),
        "signup_device_id": Id("D", users.device),
        "signup_ip": world.ip(
            np.where(users.signup_ip >= 0, users.signup_ip, users.home * 256 + users.host)
        ),
        "email": people.email(users.name, users.number, users.alias),
        "phone": people.phone(users.region, users.phone),
        "acquisition_channel": Code(
            ["organic", "search_ads", "social_ads", "referral", "creator"],
            np.where(referred >= 0, 3, np.searchsorted([0.45, 0.63, 0.86], rng.random(n))),
        ),
        "referred_by_user_id": Id("U", referred),
        "status": Const("active", n),
    }
    versions = Versions(clock, base, n)
    versions.step(users.created_at)
    span = np.maximum(clock.end - users.created_at, 1)
    mail_at = users.created_at + (rng.random(n) * span).astype(np.int64)
    phone_at = users.created_at + (rng.random(n) * span).astype(np.int64)
    change_mail, change_phone = rng.random(n) < 0.03, rng.random(n) < 0.025
    left = users.left_phone_at != NA
    phone_at, change_phone = np.where(left, users.left_phone_at, phone_at), change_phone | left
    close_at = users.created_at + DAY + (rng.random(n) * span).astype(np.int64)
    closing = (rng.random(n) < 0.006) & (users.activity < 0.5) & (close_at < clock.end)
    closing &= users.suspended_at == NA
    last = np.maximum(np.where(change_mail, mail_at, 0), np.where(change_phone, phone_at, 0))
    versions.step(mail_at, change_mail, email=people.email(users.name, renamed))
    second = np.maximum(phone_at, np.where(change_mail, mail_at + SECOND, 0))
    versions.step(second, change_phone, phone=people.phone(users.region, 400_000_000 + number))
    versions.step(np.maximum(close_at, last + MINUTE), closing, status=Const("closed", n))
    versions.step(
        np.maximum(users.suspended_at, last + MINUTE),
        users.suspended_at != NA,
        status=Const("suspended", n),
    )
    versions.write(landing, "users")
    _changes(world, landing, rng, mail_at, change_mail, phone_at, change_phone)


def _changes(
    world: World,
    landing: Landing,
    rng: np.random.Generator,
    mail_at: Array,
    mail: Array,
    phone_at: Array,
    phone: Array,
) -> None:
    users, clock = world.users, world.clock
    other_at = users.created_at + (
        rng.random(len(users)) * np.maximum(clock.end - users.created_at, 1)
    ).astype(np.int64)
    other = rng.random(len(users)) < 0.12
    reset, reset_at = _new_phones(world)
    moved = np.flatnonzero((users.address_b >= 0) & (luck(np.arange(len(users)), 32) < 0.6))
    moved_at = world.addresses.added_at[users.address_b[moved]]
    groups = [np.flatnonzero(mail), np.flatnonzero(phone), np.flatnonzero(other), reset, moved]
    who = np.concatenate(groups)
    at = np.concatenate([mail_at[mail], phone_at[phone], other_at[other], reset_at, moved_at])
    device = users.device[who]
    device[len(who) - len(reset) - len(moved) : len(who) - len(moved)] = users.device_b[reset]
    field = np.concatenate(
        [
            np.full(mail.sum(), 1),
            np.full(phone.sum(), 2),
            rng.choice([0, 4, 5, 6], other.sum(), p=[0.55, 0.25, 0.15, 0.05]),
            np.zeros(len(reset), dtype=np.int64),
            np.full(len(moved), 4),
        ]
    )
    labels = ["password", "email", "phone", "payout_account", "address", "mfa", "name"]
    landing.add(
        "account_changes",
        at,
        change_id=Id("AC", world.ids.take("change", len(who))),
        party_type=Const("user", len(who)),
        party_id=Id("U", who),
        field=Code(labels, field),
        session_id=Const(None, len(who)),
        device_id=Id("D", device),
        changed_at=at,
    )


def _new_phones(world: World) -> tuple[Array, Array]:
    """Who does not know the password on the new phone and sets another, and when."""
    users = world.users
    rows = np.flatnonzero((users.device_b >= 0) & (luck(np.arange(len(users)), 31) < 0.2))
    first = world.devices.first_seen_at[users.device_b[rows]]
    at = first + (luck(rows, 33) ** 3 * 2 * DAY).astype(np.int64) + MINUTE
    late = (at > users.created_at[rows] + DAY) & (at < world.clock.end)
    return rows[late], at[late]


def _sellers(world: World, landing: Landing) -> None:
    sellers, clock = world.sellers, world.clock
    rng = world.streams.get("seller versions")
    n = len(sellers)
    number = np.arange(n)
    since = sellers.onboarded_at
    country = np.where(sellers.kind == 2, len(CODES), sellers.region)
    legal = people.full_name(sellers.name)
    suffix = pick(["", " Trading Ltd", " Import Co"], sellers.kind)
    probation = since + 60 * DAY
    base: dict[str, Column] = {
        "seller_id": Id("S", number),
        "owner_user_id": Id("U", sellers.owner),
        "seller_type": Code(["individual", "business", "cross_border"], sellers.kind),
        "legal_name": join_text(legal, suffix),
        "trade_name": join_text(
            pick(people.LAST, sellers.name // 168 % 240),
            " ",
            pick([c.title() for c in CATEGORIES], sellers.category),
        ),
        "tax_id": tax_number(sellers.region, sellers.tax),
        "trade_register_no": join_text("HR", 10_000 + number * 17),
        "contact_email": join_text(
            "shop", number, "@", pick(people.LAST, sellers.name // 168), ".example"
        ),
        "contact_phone": people.phone(sellers.region, sellers.phone),
        "country": Code([*CODES, "CN"], country),
        "region": Code(CODES, sellers.region),
        "business_line": Code(LINES, sellers.line),
        "registered_address_id": Id("A", sellers.address),
        "warehouse_address_id": Id("A", sellers.address),
        "category_l1": Code(CATEGORIES, sellers.category),
        "onboarded_at": since,
        "probation_until": probation,
        "status": Const("active", n),
    }
    versions = Versions(clock, base, n)
    versions.step(since)
    certified = since + (rng.random(n) * 20 * DAY).astype(np.int64)
    versions.step(certified, rng.random(n) < 0.8, self_certified_at=certified)
    inform = certified + (rng.random(n) * 90 * DAY).astype(np.int64)
    versions.step(inform, (sellers.region == 0) & (sellers.weight > 2), inform_certified_at=inform)
    gone, held = sellers.terminated_at, sellers.suspended_at
    versions.step(held, (gone == NA) | (held < gone), status=Const("suspended", n))
    versions.step(gone, gone != NA, status=Const("terminated", n))
    versions.write(landing, "sellers")


def _creators(world: World, landing: Landing) -> None:
    creators = world.creators
    rng = world.streams.get("creator versions")
    n = len(creators)
    tier = np.searchsorted([0.6, 2.0, 8.0], creators.fame)
    labels = ["starter", "bronze", "silver", "gold"]
    versions = Versions(
        world.clock,
        {
            "creator_id": Id("C", np.arange(n)),
            "user_id": Id("U", creators.user),
            "agency_id": Id("AG", creators.agency),
            "tier": Const("starter", n),
            "region": Code(CODES, creators.region),
            "onboarded_at": creators.onboarded_at,
            "status": Const("active", n),
        },
        n,
    )
    versions.step(creators.onboarded_at)
    promoted = creators.onboarded_at + (rng.random(n) * 120 * DAY).astype(np.int64)
    versions.step(promoted, tier > 0, tier=Code(labels, tier))
    versions.write(landing, "creators")


def _devices(world: World, landing: Landing) -> None:
    devices, n = world.devices, len(world.devices)
    owners = np.zeros(n, dtype=np.int64)
    users = world.users
    owners[world.sellers.device] = world.sellers.region
    owners[users.device] = users.region
    spare = users.device_b >= 0
    owners[users.device_b[spare]] = users.region[spare]
    offset = np.array([r.utc_offset_hours * 60 for r in REGIONS])[owners]
    models = [
        f"{maker} {name}"
        for maker in ("Orbit", "Pine", "Kilo", "Vela")
        for name in ("A1", "A2", "C5", "N7", "X3", "Z9")
    ]
    landing.add(
        "devices",
        devices.first_seen_at,
        device_id=Id("D", np.arange(n)),
        first_seen_at=devices.first_seen_at,
        os=Code(["ios", "android", "web", "windows"], devices.os),
        model=Code(models, devices.model),
        is_emulator=devices.emulator,
        is_rooted=devices.rooted,
        timezone_offset_minutes=offset,
        record_seq=np.ones(n, dtype=np.int64),
    )


def _addresses(world: World, landing: Landing) -> None:
    places, n = world.addresses, len(world.addresses)
    city = city_number(places.region, places.city)
    landing.add(
        "addresses",
        places.added_at,
        address_id=Id("A", np.arange(n)),
        party_type=Code(PARTIES, places.party),
        party_id=party_id(places.party, places.owner),
        country=Code(CODES, places.region),
        city=Code(CITY_NAMES, city),
        postcode=postcode(city, places.zone),
        street=people.street(places.street, places.house, places.spelling, places.unit),
        geohash7=people.geohash7(city, places.cell),
        address_type=Code(
            ["residential", "business", "locker", "forwarder", "warehouse", "unknown"], places.kind
        ),
        recipient_name=people.full_name(places.name),
        recipient_phone=people.phone(
            places.region,
            np.where(
                places.party == 1,
                world.sellers.phone[np.where(places.party == 1, places.owner, 0)],
                world.users.phone[np.where(places.party == 0, places.owner, 0)],
            ),
        ),
        added_at=places.added_at,
    )


CITY_NAMES = [city for region in REGIONS for city in region.cities]
_CITY_START = np.cumsum([0, *[len(region.cities) for region in REGIONS]])


def city_number(region: Array, city: Array) -> Array:
    """The number of a city over all regions."""
    return _CITY_START[region] + city


def postcode(city: Array, zone: Array) -> pa.Array:
    """Postcode of a zone in a city; negative city = null."""
    text = [f"{10 + c}{z:03d}" for c in range(len(CITY_NAMES)) for z in range(24)]
    return pick(text, np.where(city < 0, -1, city * 24 + zone))
