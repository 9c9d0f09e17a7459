"""The cast of the marketplace: users, sellers, products, creators, devices, networks, homes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from simulator import people
from simulator.batch import NA, Array, Batch, runs
from simulator.clock import DAY, HOUR, MINUTE, Clock
from simulator.columns import Ip, join_text, pick
from simulator.planting import Truth
from simulator.randomness import Counters, Streams
from simulator.regions import CODES, REGIONS, SHARES, shelf_price

CATEGORIES = ["apparel", "electronics", "beauty", "home", "toys", "grocery", "sports", "services"]
CATEGORY_USD = np.array([24, 62, 15, 28, 17, 11, 32, 30], dtype=float)
CATEGORY_SPREAD = np.array([0.55, 1.0, 0.5, 0.75, 0.5, 0.45, 0.7, 0.6])
CATEGORY_GRAMS = np.array([380, 650, 180, 1400, 450, 900, 1100, 0], dtype=float)
CATEGORY_RETURNS = np.array([0.15, 0.07, 0.035, 0.05, 0.04, 0.012, 0.06, 0.02])
APPAREL, ELECTRONICS, SERVICES = 0, 1, 7

LINES = ["marketplace", "live_commerce", "local_services"]
METHODS = ["card", "wallet", "bank", "cod", "bnpl", "voucher"]
CARD, WALLET, BANK, COD, BNPL, VOUCHER = range(6)
ASN_TYPES = ["isp", "mobile", "hosting", "vpn", "business"]
ISP, MOBILE, HOSTING, VPN, BUSINESS = range(5)
SELLER_PHONES = 800_000_000
SELLER_BASE, CREATOR_BASE = 4_000_000, 8_000_000
"""Where the numbers of documents, faces, tax records and bank accounts of parties begin."""

CARRIERS = ["northpost", "swiftline", "bluevan", "parcelia", "islandmail", "tortoise"]


@dataclass(frozen=True)
class Outage:
    """A time in which the payment gateway of a region (or all: -1) refuses."""

    start: int
    end: int
    region: int
    decline: float


@dataclass(frozen=True)
class Drop:
    """A minute at which a limited product is back on sale, or (with a discount) a flash sale."""

    sku: int
    start: int
    end: int
    units: int
    off: int  # paid by the platform, per unit, in minor units; 0: a plain restock
    limit: int  # units per person


@dataclass
class World:
    """Everything that exists before anything happens."""

    clock: Clock
    streams: Streams
    scale: int
    users: Batch
    devices: Batch
    addresses: Batch
    prefixes: Batch
    prefix_text: pa.Array
    sellers: Batch
    products: Batch
    creators: Batch
    content: Batch
    goods: Batch
    outages: list[Outage] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)
    contests: list[tuple[int, int, int]] = field(default_factory=list)  # instance, creator, end
    engaged: set[int] = field(default_factory=set)  # creators who take part in something
    crowds: Array = field(default_factory=lambda: np.zeros((0, 4), dtype=np.int64))
    ids: Counters = field(default_factory=Counters)
    truth: Truth = field(default_factory=Truth)
    joining: dict[str, list[Batch]] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)  # rows in `joining`
    banks: Batch = field(default_factory=Batch)
    notes: dict[str, list[Batch]] = field(default_factory=dict)
    edits: Batch = field(default_factory=Batch)  # of listings, once they are planned
    stories: list[str] = field(default_factory=list)  # claim texts that somebody thought up

    def ip(self, values: Array) -> Ip:
        """An ip column."""
        return Ip(self.prefix_text, values)

    def prefix_names(self, prefixes: Array) -> list[str]:
        """Network prefixes as the ground truth names them (`10.3.4`)."""
        return [self.prefix_text[int(p)].as_py()[:-1] for p in np.unique(prefixes)]

    def add_users(
        self,
        count: int,
        region: Array,
        created_at: Array,
        rng: np.random.Generator,
        activity: float = 0.0,
        **fixed: Array | int,
    ) -> Array:
        """New users (with device and home) for a scheme; returns their numbers.

        They join `users`, `devices` and `addresses` once everybody is cast. `fixed` sets
        columns of `users`; what they share with each other is easier said in `Plant.arrange`.
        """
        first, first_device = self._size("users"), self._size("devices")
        users, devices, addresses = _users(
            rng,
            self.clock,
            self.prefixes,
            np.asarray(region),
            np.asarray(created_at),
            first,
            first_device,
            self._size("addresses"),
        )
        users.activity, users.keen = np.full(count, activity), np.zeros(count)
        _fix(users, fixed)
        for name, batch in (("users", users), ("devices", devices), ("addresses", addresses)):
            self._admit(name, batch)
        return np.arange(first, first + count)

    def add_devices(
        self, first_seen: Array, rng: np.random.Generator, emulator: float = 0.0
    ) -> Array:
        """Devices that belong to no user's home; returns their numbers."""
        first = self._size("devices")
        devices = _devices(rng, np.asarray(first_seen))
        devices.emulator = rng.random(len(devices)) < emulator
        self._admit("devices", devices)
        return np.arange(first, first + len(devices))

    def add_sellers(
        self,
        owner: Array,
        region: Array,
        onboarded_at: Array,
        rng: np.random.Generator,
        weight: float = 0.5,
        **fixed: Array | int | float,
    ) -> Array:
        """New shops with address, device and shelf; returns their numbers.

        `owner` names users (-1: nobody here). `weight` is the pull on ordinary customers
        (0: none come by themselves). They join once everybody is cast; `fixed` sets columns.
        """
        first, n = self._size("sellers"), len(owner)
        sellers = _shops(rng, np.asarray(region), np.asarray(onboarded_at), first)
        sellers.owner = np.asarray(owner)
        sellers.weight = np.full(n, weight, dtype=float)
        category = np.where(sellers.line == 2, 0, sellers.category)
        sellers.line, sellers.category = np.zeros(n, dtype=np.int64), category
        _fix(sellers, fixed)
        sellers.device = self.add_devices(sellers.onboarded_at - HOUR, rng)
        homes = self.prefixes_of(ISP, int(sellers.region[0]) if n else 0)
        sellers.home = rng.choice(homes, n)
        addresses = _seller_addresses(rng, sellers, first)
        sellers.address = self._size("addresses") + np.arange(n)
        products = _products(rng, self.clock, sellers, self.goods)
        products.seller += first
        sellers.first_product += self._size("products")
        for name, batch in (("sellers", sellers), ("addresses", addresses), ("products", products)):
            self._admit(name, batch)
        return np.arange(first, first + n)

    def add_creators(
        self,
        user: Array,
        region: Array,
        onboarded_at: Array,
        rng: np.random.Generator,
        **fixed: Array | int,
    ) -> Array:
        """Users (known or new) who become creators, with nothing published yet."""
        first, n = self._size("creators"), len(user)
        creators = _talents(rng, np.asarray(user), np.asarray(region), np.asarray(onboarded_at))
        creators.agency = np.full(n, -1)
        for name in ("tax", "document", "face", "account"):
            setattr(creators, name, CREATOR_BASE + first + np.arange(n))
        _fix(creators, fixed)
        self._admit("creators", creators)
        return np.arange(first, first + n)

    def add_listings(
        self,
        seller: Array,
        region: Array,
        category: Array,
        listed_at: Array,
        rng: np.random.Generator,
        price: Array | float = 1.0,
        **fixed: Array | int | float,
    ) -> Array:
        """More products of shops, at a multiple of what such goods cost elsewhere."""
        first = self._size("products")
        at = np.asarray(listed_at)
        products = _shelf(rng, self.goods, np.asarray(seller), np.asarray(region), category, at)
        products.price = np.maximum((products.price * price).astype(np.int64), 1)
        products.weight = np.zeros(len(at))
        _fix(products, fixed)
        self._admit("products", products)
        return np.arange(first, first + len(at))

    def add_addresses(
        self, owner: Array, party: int, like: Array, added_at: Array, rng: np.random.Generator
    ) -> Array:
        """More addresses of parties (0 users, 1 sellers), at the places of other addresses."""
        first = self._size("addresses")
        places = self.addresses.take(np.asarray(like))
        places.owner, places.added_at = np.asarray(owner), np.asarray(added_at)
        places.party = np.full(len(places), party)
        places.spelling = rng.integers(0, 4, len(places))
        self._admit("addresses", places)
        return np.arange(first, first + len(places))

    def note(self, kind: str, rows: Batch) -> None:
        """Rows for the economy to write besides its own (the kinds are listed in the README)."""
        self.notes.setdefault(kind, []).append(rows)

    def add_stories(self, texts: list[str]) -> Array:
        """Texts for claims; returns their numbers, for the column `story` of an order plan."""
        first = len(self.stories)
        self.stories += texts
        return first + np.arange(len(texts))

    def add_drop(
        self, sku: int, start: int, hours: float, units: int, off: float = 0.0, limit: int = 1
    ) -> int:
        """A restock (or flash sale, with a share paid by the platform); returns its number."""
        products = self.products
        products.limit[sku] = limit
        paid = int(products.price[sku] * off)
        end = start + max(int(hours * HOUR), MINUTE)
        self.drops.append(Drop(sku, start, end, units, paid, limit))
        return len(self.drops) - 1

    def drop_dates(self) -> Batch:
        """All drops as one batch, in the order of their numbers."""
        names = ("sku", "start", "end", "units", "off", "limit")
        rows = [[getattr(drop, name) for name in names] for drop in self.drops]
        table = np.array(rows, dtype=np.int64).reshape(-1, len(names))
        return Batch(**{name: table[:, at] for at, name in enumerate(names)})

    def _size(self, name: str) -> int:
        return len(self.__dict__[name]) + self.waiting.get(name, 0)

    def _admit(self, name: str, batch: Batch) -> None:
        self.joining.setdefault(name, []).append(batch)
        self.waiting[name] = self.waiting.get(name, 0) + len(batch)

    def join_cast(self) -> None:
        """Let everybody who was added during the casting in."""
        for name, batches in self.joining.items():
            self.__dict__[name] = Batch.concat([self.__dict__[name], *batches])
        self.joining, self.waiting = {}, {}
        self.users.referred_by = _referrers(self.streams.get("referrers"), self.users, self.scale)

    @cached_property
    def eligible(self) -> list[Array]:
        """Per region, the active users who own no shop, oldest first."""
        fit = self.users.activity > 0
        fit[self.sellers.owner[self.sellers.owner >= 0]] = False
        pools = [np.flatnonzero(fit & (self.users.region == r)) for r in range(len(REGIONS))]
        return [pool[np.argsort(self.users.created_at[pool], kind="stable")] for pool in pools]

    def prefixes_of(self, kind: int, region: int | None = None) -> Array:
        """Numbers of the network prefixes of a kind, in a region if it has any."""
        of_kind = self.prefixes.kind == kind
        if region is not None and (of_kind & (self.prefixes.region == region)).any():
            of_kind &= self.prefixes.region == region
        return np.flatnonzero(of_kind)


def build_world(clock: Clock, streams: Streams, scale: int) -> World:
    """Draw the whole cast from the seed."""
    prefixes, prefix_text = _prefixes(streams.get("networks"), scale)
    rng = streams.get("users")
    region = rng.choice(len(REGIONS), scale, p=SHARES / SHARES.sum())
    region[: len(REGIONS)] = np.arange(len(REGIONS))[:scale]
    created = _created(rng, clock, scale)
    users, devices, addresses = _users(rng, clock, prefixes, region, created, 0, 0, 0)
    _households(streams.get("households"), users)
    sellers = _sellers(streams.get("sellers"), clock, users, addresses, max(scale // 50, 40))
    addresses = Batch.concat([addresses, _seller_addresses(streams.get("warehouses"), sellers, 0)])
    sellers.address = len(addresses) - len(sellers) + np.arange(len(sellers))
    goods = _goods(streams.get("goods"), len(sellers) * 5)
    products = _products(streams.get("products"), clock, sellers, goods)
    devices = _equip(streams.get("seller devices"), users, devices, sellers, prefixes)
    creators = _creators(streams.get("creators"), clock, users, max(scale // 45, 14))
    content = _content(streams.get("content"), clock, creators, products)
    return World(
        clock,
        streams,
        scale,
        users,
        devices,
        addresses,
        prefixes,
        prefix_text,
        sellers,
        products,
        creators,
        content,
        goods,
    )


def _fix(batch: Batch, fixed: dict[str, Any]) -> None:
    """Set columns to given values, one for all rows or one each."""
    for name, value in fixed.items():
        kind = batch.__dict__[name].dtype
        setattr(batch, name, np.broadcast_to(np.asarray(value, dtype=kind), len(batch)).copy())


def _created(rng: np.random.Generator, clock: Clock, n: int) -> Array:
    old = clock.history + (rng.random(n) ** 0.7 * (clock.start - clock.history)).astype(np.int64)
    new = clock.start + (rng.random(n) * (clock.end - clock.start)).astype(np.int64)
    share_new = 0.25 * min(1.0, clock.nights / 180)
    return np.sort(np.where(rng.random(n) < share_new, new, old))


def _prefixes(rng: np.random.Generator, scale: int) -> tuple[Batch, pa.Array]:
    """Private and shared address space only: home lines, carrier NAT, hosting, offices."""
    counts = [
        min(max(scale // 14, 60), 60_000),
        min(max(scale // 700, 10), 4_000),
        min(max(scale // 500, 14), 2_000),
        min(max(scale // 1000, 8), 1_000),
        min(max(scale // 800, 10), 1_000),
    ]
    kind = np.repeat(np.arange(5), counts)
    within = np.concatenate([np.arange(c) for c in counts])
    region = rng.choice(len(REGIONS), len(kind), p=SHARES / SHARES.sum())
    region = np.where(within < len(REGIONS), within % len(REGIONS), region)
    first = np.array([10, 100, 172, 172, 172])[kind]
    slot = within * 37 % np.array([65_536, 16_384, 2048, 1024, 1024])[kind]
    second = slot // 256 + np.array([0, 64, 16, 24, 28])[kind]
    names = [f"{a}.{b}.{c}." for a, b, c in zip(first, second, slot % 256, strict=True)]
    asn = 64_512 + region * 100 + kind * 12 + within % np.array([5, 3, 4, 3, 4])[kind]
    return Batch(kind=kind, region=region, asn=asn), pa.array(names)


def _users(
    rng: np.random.Generator,
    clock: Clock,
    prefixes: Batch,
    region: Array,
    created: Array,
    first_user: int,
    first_device: int,
    first_address: int,
) -> tuple[Batch, Batch, Batch]:
    n = len(region)
    spare = np.flatnonzero(rng.random(n) < 0.35)
    device_b = np.full(n, -1)
    device_b[spare] = first_device + n + np.arange(len(spare))
    moved = np.flatnonzero(rng.random(n) < 0.16)
    address_b = np.full(n, -1)
    address_b[moved] = first_address + n + np.arange(len(moved))
    home = np.zeros(n, dtype=np.int64)
    nat = np.zeros(n, dtype=np.int64)
    for code in range(len(REGIONS)):
        rows = np.flatnonzero(region == code)
        for kind, target in ((ISP, home), (MOBILE, nat)):
            choice = np.flatnonzero((prefixes.kind == kind) & (prefixes.region == code))
            skew = rng.random(len(rows)) ** (1.0 if kind == ISP else 1.8)
            target[rows] = choice[(skew * len(choice)).astype(np.int64)]
    number = first_user + np.arange(n)
    method = np.array([CARD, WALLET, BANK, COD, BNPL, VOUCHER])[
        np.searchsorted([0.56, 0.78, 0.86, 0.92, 0.98], rng.random(n))
    ]
    users = Batch(
        region=region,
        created_at=created,
        activity=rng.gamma(0.62, 1 / 0.62, n),
        viewing=rng.gamma(0.5, 2.0, n),
        returns=rng.gamma(1.6, 1 / 1.6, n),
        device=first_device + np.arange(n),
        device_b=device_b,
        address=first_address + np.arange(n),
        address_b=address_b,
        home=home,
        nat=nat,
        host=rng.integers(2, 250, n),
        method=method,
        card=number * 4,
        bin=rng.integers(0, 14, n),
        name=rng.integers(0, people.NAMES, n),
        number=rng.integers(1, 10_000, n) * 1,
        sleep=rng.integers(-2, 3, n),
        alias=np.zeros(n, dtype=np.int64),
        phone=number,
        keen=np.full(n, 0.3),  # three in ten sign up because they are about to buy
        signup_ip=np.full(n, -1),  # home, where nothing else is said
        account=np.full(n, -1),
        issuer=np.full(n, -1),  # the country of the card, where it is not left to chance
        left_device_at=np.full(n, NA),
        left_phone_at=np.full(n, NA),
        suspended_at=np.full(n, NA),
        account_type=np.searchsorted([0.965, 0.992, 0.998], rng.random(n)),
    )
    devices = _devices(
        rng, np.concatenate([created, created[spare] + _within(rng, clock, created[spare])])
    )
    owner = np.concatenate([np.arange(n), moved])
    added = np.concatenate([created, created[moved] + _within(rng, clock, created[moved])])
    addresses = _addresses(rng, region[owner], users.name[owner], added)
    addresses.owner = first_user + owner
    return users, devices, addresses


def _within(rng: np.random.Generator, clock: Clock, since: Array) -> Array:
    return (rng.random(len(since)) * np.maximum(clock.end - since, 0)).astype(np.int64)


def _devices(rng: np.random.Generator, first_seen: Array) -> Batch:
    n = len(first_seen)
    return Batch(
        first_seen_at=first_seen,
        os=np.searchsorted([0.44, 0.86, 0.95], rng.random(n)),
        model=rng.integers(0, 24, n),
        emulator=rng.random(n) < 0.002,
        rooted=rng.random(n) < 0.012,
    )


def _addresses(rng: np.random.Generator, region: Array, name: Array, added: Array) -> Batch:
    n = len(region)
    cities = np.array([len(r.cities) for r in REGIONS])[region]
    kind = np.searchsorted([0.86, 0.90, 0.955, 0.962], rng.random(n))
    return Batch(
        owner=np.zeros(n, dtype=np.int64),
        party=np.zeros(n, dtype=np.int64),
        region=region,
        city=(rng.random(n) ** 1.4 * cities).astype(np.int64),
        zone=rng.integers(0, 24, n),
        street=rng.integers(0, people.STREETS, n),
        house=rng.integers(1, 160, n),
        unit=np.where(rng.random(n) < 0.4, rng.integers(1, 80, n), 0),
        spelling=rng.integers(0, 4, n) + 4 * np.searchsorted([0.93, 0.96], rng.random(n)),
        cell=rng.integers(0, 32_768, n),
        name=name,
        kind=np.array([0, 1, 2, 3, 5])[kind],
        added_at=added,
    )


def _households(rng: np.random.Generator, users: Batch) -> None:
    """One user in ten shares home line, card or computer with a neighbour in the sign-up order."""
    n = len(users)
    joined = np.flatnonzero((rng.random(n) < 0.10) & (np.arange(n) > 0))
    joined = joined[users.region[joined] == users.region[joined - 1]]
    users.home[joined] = users.home[joined - 1]
    users.host[joined] = users.host[joined - 1]
    share_card = joined[rng.random(len(joined)) < 0.4]
    users.card[share_card] = users.card[share_card - 1]
    users.bin[share_card] = users.bin[share_card - 1]
    family = joined[rng.random(len(joined)) < 0.2]  # the first account was made on it too
    users.device_b[family] = users.device[family]
    users.device[family] = users.device[family - 1]


def _equip(
    rng: np.random.Generator, users: Batch, devices: Batch, sellers: Batch, prefixes: Batch
) -> Batch:
    """What shops run on: the owner's device and line, or their own; and one bank account.

    Four owners of one-person shops in ten pay privately from the account of the shop.
    """
    owned = sellers.owner >= 0
    own = np.flatnonzero(~owned)
    sellers.device[owned] = users.device[sellers.owner[owned]]
    sellers.home[owned] = users.home[sellers.owner[owned]]
    sellers.host[owned] = users.host[sellers.owner[owned]]
    sellers.device[own] = len(devices) + np.arange(len(own))
    for code in range(len(REGIONS)):
        rows = own[sellers.region[own] == code]
        lines = np.flatnonzero((prefixes.kind == BUSINESS) & (prefixes.region == code))
        lines = lines if len(lines) else np.flatnonzero(prefixes.kind == BUSINESS)
        sellers.home[rows] = rng.choice(lines, len(rows))
    mixed = owned & (sellers.kind == 0) & (rng.random(len(sellers)) < 0.4)
    users.account[sellers.owner[mixed]] = sellers.account[mixed]
    return Batch.concat([devices, _devices(rng, sellers.onboarded_at[own] - HOUR)])


def _referrers(rng: np.random.Generator, users: Batch, scale: int) -> Array:
    """Who brought whom: one user in twenty, by someone older of the same market (-1: nobody).

    Most referrers bring one friend; now and then a sociable one brings several.
    """
    out = np.full(len(users), -1)
    for code in range(len(REGIONS)):
        rows = np.flatnonzero(users.region[:scale] == code)
        rows = rows[np.argsort(users.created_at[rows], kind="stable")]
        place = np.arange(len(rows))
        friend = (place * rng.random(len(rows))).astype(np.int64)
        friend = np.where(rng.random(len(rows)) < 0.35, friend // 12 * 12, friend)
        joined = (rng.random(len(rows)) < 0.05) & (place > 3)
        out[rows[joined]] = rows[friend[joined]]
    return out


def _sellers(
    rng: np.random.Generator, clock: Clock, users: Batch, addresses: Batch, n: int
) -> Batch:
    region = rng.choice(len(REGIONS), n, p=SHARES / SHARES.sum())
    region[: len(REGIONS)] = np.arange(len(REGIONS))
    line = np.searchsorted([0.72, 0.90], rng.random(n))
    line[: len(REGIONS)] = 0
    kind = np.searchsorted([0.30, 0.82], rng.random(n))
    category = rng.choice(7, n, p=[0.27, 0.16, 0.15, 0.17, 0.08, 0.08, 0.09])
    category = np.where(line == 2, SERVICES, category)
    kind = np.where((line == 2) & (kind == 2), 1, kind)
    old = clock.history + (rng.random(n) * 0.9 * (clock.start - clock.history)).astype(np.int64)
    new = clock.start + (rng.random(n) * 0.8 * (clock.end - clock.start)).astype(np.int64)
    onboarded = np.where((rng.random(n) < 0.14) & (np.arange(n) >= len(REGIONS)), new, old)
    onboarded[: len(REGIONS)] = clock.history + 2 * DAY
    owner = np.full(n, -1)
    for code in range(len(REGIONS)):
        rows = np.flatnonzero(region == code)
        locals_ = np.flatnonzero(users.region == code)
        owner[rows] = locals_[(rng.random(len(rows)) * len(locals_)).astype(np.int64)]
    users.created_at[owner] = np.minimum(users.created_at[owner], onboarded - DAY)
    addresses.added_at[users.address[owner]] = users.created_at[owner]
    sellers = _shops(rng, region, onboarded, 0)
    sellers.line, sellers.kind, sellers.category = line, kind, category
    sellers.owner = np.where(rng.random(n) < 0.7, owner, -1)
    life = (rng.random(n) * np.maximum(clock.end - onboarded, 1)).astype(np.int64)
    closed = (rng.random(n) < 0.025) & (np.arange(n) >= len(REGIONS))
    sellers.terminated_at = np.where(closed, onboarded + 20 * DAY + life, NA)
    return sellers


def _shops(rng: np.random.Generator, region: Array, onboarded: Array, first: int) -> Batch:
    """Shops with nobody's identity but their own."""
    n = len(region)
    number = first + np.arange(n)
    kind = np.searchsorted([0.30, 0.82], rng.random(n))
    return Batch(
        region=region,
        line=np.zeros(n, dtype=np.int64),
        kind=kind,
        category=rng.choice(7, n, p=[0.27, 0.16, 0.15, 0.17, 0.08, 0.08, 0.09]),
        onboarded_at=onboarded,
        owner=np.full(n, -1),
        name=rng.integers(0, people.NAMES, n),
        weight=np.minimum(rng.pareto(1.15, n) + 0.25, 14.0),
        carrier=(region + rng.integers(0, 2, n)) % 5,
        handling=np.exp(rng.normal(0, 0.35, n)) * np.where(kind == 2, 1.6, 1.0),
        settle_days=rng.choice(
            [1, 3, 7, 7, 7, 14, 31], n, p=[0.05, 0.1, 0.25, 0.25, 0.2, 0.1, 0.05]
        ),
        reserve=np.where(rng.random(n) < 0.35, rng.choice([0.05, 0.1, 0.2], n), 0.0),
        fee=rng.choice([0.05, 0.06, 0.08, 0.09], n),
        affiliate=rng.choice([0.0, 0.05, 0.08, 0.1, 0.15, 0.2], n),
        discounting=rng.beta(1.5, 6, n),
        quality=rng.beta(14, 1.6, n),
        address=np.zeros(n, dtype=np.int64),
        suspended_at=np.full(n, NA),
        terminated_at=np.full(n, NA),
        home=np.zeros(n, dtype=np.int64),
        host=rng.integers(2, 250, n),
        device=np.full(n, -1),
        phone=SELLER_PHONES + number,
        tax=number,
        document=SELLER_BASE + number,
        face=SELLER_BASE + number,
        account=SELLER_BASE + number,
        holder=np.full(n, -1),
        spelling=np.zeros(n, dtype=np.int64),
        verified=np.ones(n, dtype=bool),
    )


def _seller_addresses(rng: np.random.Generator, sellers: Batch, first: int) -> Batch:
    addresses = _addresses(rng, sellers.region, sellers.name, sellers.onboarded_at - 2 * HOUR)
    addresses.owner = first + np.arange(len(sellers))
    addresses.party = np.ones(len(sellers), dtype=np.int64)
    addresses.kind = np.full(len(sellers), 4)
    return addresses


def _goods(rng: np.random.Generator, n: int) -> Batch:
    """Articles with a global number, sold by several shops at about the same price."""
    category = np.arange(n) % len(CATEGORIES)
    usd = CATEGORY_USD[category] * np.exp(rng.normal(0, 1, n) * CATEGORY_SPREAD[category])
    grams = CATEGORY_GRAMS[category] * np.exp(rng.normal(0, 0.5, n))
    return Batch(
        category=category,
        usd=np.clip(usd, 2, 1800),
        grams=grams.astype(np.int64) + 20 * (CATEGORY_GRAMS[category] > 0),
        sub=rng.integers(0, 4, n),
        brand=rng.integers(0, 30, n),
        pull=rng.pareto(1.3, n) + 0.1,
    )


def _shelf(
    rng: np.random.Generator,
    goods: Batch,
    seller: Array,
    region: Array,
    category: Array,
    listed: Array,
) -> Batch:
    """Listings of articles of a category; three in ten carry no global number."""
    n = len(seller)
    own = np.searchsorted(np.cumsum(goods.pull), rng.random(n) * goods.pull.sum())
    article = np.minimum(own // len(CATEGORIES) * len(CATEGORIES) + category, len(goods) - 1)
    article = np.where(goods.category[article] == category, article, category)
    branded = rng.random(n) < 0.7
    usd = CATEGORY_USD[category] * np.exp(rng.normal(0, 1, n) * CATEGORY_SPREAD[category])
    usd = np.where(branded, goods.usd[article] * np.exp(rng.normal(0, 0.13, n)), usd)
    grams = CATEGORY_GRAMS[category] * np.exp(rng.normal(0, 0.5, n))
    grams = grams.astype(np.int64) + 20 * (CATEGORY_GRAMS[category] > 0)
    grams = np.where(branded, goods.grams[article], grams)
    slip = np.where(rng.random(n) < 0.03, rng.uniform(1.5, 3.5, n), 1.0)
    return Batch(
        seller=seller,
        region=region,
        category=category,
        sub=np.where(branded, goods.sub[article], rng.integers(0, 4, n)),
        price=shelf_price(np.clip(usd, 2, 1800), region),
        grams=grams,
        told_grams=(grams * slip).astype(np.int64),  # a few shops weigh carelessly
        weight=(rng.pareto(1.3, n) + 0.1),
        listed_at=listed,
        gtin=np.where(branded, article, -1),
        brand=np.where(branded, goods.brand[article], rng.integers(0, 30, n)),
        condition=np.searchsorted([0.93, 0.98], rng.random(n)),
        limit=np.where(rng.random(n) < 0.08, rng.integers(1, 4, n), NA),
    )


def _products(rng: np.random.Generator, clock: Clock, sellers: Batch, goods: Batch) -> Batch:
    count = np.clip(rng.poisson(5 + 3 * np.sqrt(sellers.weight * 4)), 3, 40)
    seller, position = runs(count)
    since = sellers.onboarded_at[seller]
    left = np.maximum(clock.end - since, 0)
    listed = since + (rng.random(len(seller)) ** 2 * 0.6 * left).astype(np.int64)
    listed = np.where(position < 3, since + HOUR, listed)
    sellers.first_product = np.cumsum(count) - count
    sellers.products = count
    region, category = sellers.region[seller], sellers.category[seller]
    products = _shelf(rng, goods, seller, region, category, listed)
    products.weight = products.weight * sellers.weight[seller]
    return products


def _creators(rng: np.random.Generator, clock: Clock, users: Batch, n: int) -> Batch:
    user = []
    for code in range(len(REGIONS)):
        user.append(np.flatnonzero(users.region == code)[:1])
    picked = rng.choice(len(users), min(n, len(users)), replace=False)
    user = np.unique(np.concatenate([*user, picked]))
    since = np.maximum(users.created_at[user], clock.history)
    onboarded = since + (rng.random(len(user)) * 0.3 * (clock.end - since)).astype(np.int64)
    onboarded = np.where(user < len(REGIONS), since + DAY, onboarded)
    creators = _talents(rng, user, users.region[user], onboarded)
    creators.agency = np.where(
        rng.random(len(user)) < 0.45, rng.integers(0, max(len(user) // 25, 2), len(user)), -1
    )
    return creators


def _talents(rng: np.random.Generator, user: Array, region: Array, onboarded: Array) -> Batch:
    """Creators with nobody's identity but their own."""
    n = len(user)
    number = CREATOR_BASE + np.arange(n)
    return Batch(
        user=user,
        region=region,
        onboarded_at=onboarded,
        agency=np.full(n, -1),
        fame=np.minimum(rng.pareto(1.1, n) + 0.1, 40.0),
        pace=np.minimum(rng.gamma(1.2, 0.09, n), 0.9),
        device=np.full(n, -1),  # the user's own
        tax=number,
        document=number,
        face=number,
        account=number,
        holder=np.full(n, -1),
        spelling=np.zeros(n, dtype=np.int64),
        verified=np.ones(n, dtype=bool),
    )


def _content(rng: np.random.Generator, clock: Clock, creators: Batch, products: Batch) -> Batch:
    days = clock.exposure(creators.region, creators.onboarded_at)
    count = rng.poisson(creators.pace * days)
    count = np.maximum(count, (creators.user < len(REGIONS)).astype(np.int64))
    creator, _ = runs(count)
    n = len(creator)
    region = creators.region[creator]
    published = clock.draw(rng, region, creators.onboarded_at[creator])
    live = rng.random(n) < 0.22
    sku = np.full(n, -1)
    for code in range(len(REGIONS)):
        rows = np.flatnonzero(region == code)
        shelf = np.flatnonzero(products.region == code)
        edges = np.cumsum(products.weight[shelf])
        sku[rows] = shelf[np.searchsorted(edges, rng.random(len(rows)) * edges[-1])]
    sku = np.where((rng.random(n) < 0.75) & (products.listed_at[sku] < published), sku, -1)
    duration = np.where(
        live, rng.integers(1800, 4 * 3600, n), np.exp(rng.normal(3.3, 0.6, n)).astype(np.int64) + 5
    )
    content = Batch(
        creator=creator,
        region=region,
        live=live,
        sku=sku,
        published_at=published,
        duration=duration,
        pull=creators.fame[creator] * np.exp(rng.normal(0, 1.1, n)),
    )
    return content.take(np.lexsort((published, region)))


def tax_number(region: Array, number: Array) -> pa.Array:
    """An invented tax number that carries its region."""
    return join_text(pick(CODES, region), "-T", 10**8 + (number * 7_654_321) % (9 * 10**8))
