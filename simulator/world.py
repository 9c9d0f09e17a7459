"""The cast of the marketplace: users, sellers, products, creators, devices, networks, homes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa

from simulator import people
from simulator.batch import NA, Array, Batch, runs
from simulator.clock import DAY, HOUR, Clock
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
CARRIERS = ["northpost", "swiftline", "bluevan", "parcelia", "islandmail", "tortoise"]


@dataclass(frozen=True)
class Outage:
    """A time in which the payment gateway of a region (or all: -1) refuses."""

    start: int
    end: int
    region: int
    decline: float


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
    outages: list[Outage] = field(default_factory=list)
    ids: Counters = field(default_factory=Counters)
    truth: Truth = field(default_factory=Truth)
    joining: dict[str, list[Batch]] = field(default_factory=dict)

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
    ) -> Array:
        """New users (with device and home) for a scheme; returns their numbers.

        They join `users`, `devices` and `addresses` once everybody is cast.
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
        users.activity = np.full(count, activity)
        for name, batch in (("users", users), ("devices", devices), ("addresses", addresses)):
            self.joining.setdefault(name, []).append(batch)
        return np.arange(first, first + count)

    def add_devices(
        self, first_seen: Array, rng: np.random.Generator, emulator: float = 0.0
    ) -> Array:
        """Devices that belong to no user's home; returns their numbers."""
        first = self._size("devices")
        devices = _devices(rng, np.asarray(first_seen))
        devices.emulator = rng.random(len(devices)) < emulator
        self.joining.setdefault("devices", []).append(devices)
        return np.arange(first, first + len(devices))

    def _size(self, name: str) -> int:
        return len(self.__dict__[name]) + sum(map(len, self.joining.get(name, [])))

    def join_cast(self) -> None:
        """Let everybody who was added during the casting in."""
        for name, batches in self.joining.items():
            self.__dict__[name] = Batch.concat([self.__dict__[name], *batches])
        self.joining = {}

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
    sellers = _sellers(streams.get("sellers"), clock, users, addresses, max(scale // 70, 14))
    addresses = Batch.concat([addresses, _seller_addresses(streams.get("warehouses"), sellers)])
    sellers.address = len(addresses) - len(sellers) + np.arange(len(sellers))
    products = _products(streams.get("products"), clock, sellers)
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
    )


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
        spelling=rng.integers(0, 4, n),
        cell=rng.integers(0, 32_768, n),
        name=name,
        kind=np.array([0, 1, 2, 3, 5])[kind],
        added_at=added,
    )


def _households(rng: np.random.Generator, users: Batch) -> None:
    """One user in ten shares home line and card with a neighbour in the sign-up order."""
    n = len(users)
    joined = np.flatnonzero((rng.random(n) < 0.10) & (np.arange(n) > 0))
    joined = joined[users.region[joined] == users.region[joined - 1]]
    users.home[joined] = users.home[joined - 1]
    users.host[joined] = users.host[joined - 1]
    share_card = joined[rng.random(len(joined)) < 0.4]
    users.card[share_card] = users.card[share_card - 1]
    users.bin[share_card] = users.bin[share_card - 1]


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
    return Batch(
        region=region,
        line=line,
        kind=kind,
        category=category,
        onboarded_at=onboarded,
        owner=np.where(rng.random(n) < 0.7, owner, -1),
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
    )


def _seller_addresses(rng: np.random.Generator, sellers: Batch) -> Batch:
    addresses = _addresses(rng, sellers.region, sellers.name, sellers.onboarded_at - 2 * HOUR)
    addresses.owner = np.arange(len(sellers))
    addresses.party = np.ones(len(sellers), dtype=np.int64)
    addresses.kind = np.full(len(sellers), 4)
    return addresses


def _products(rng: np.random.Generator, clock: Clock, sellers: Batch) -> Batch:
    count = np.clip(rng.poisson(5 + 3 * np.sqrt(sellers.weight * 4)), 3, 40)
    seller, position = runs(count)
    n = len(seller)
    category = sellers.category[seller]
    usd = CATEGORY_USD[category] * np.exp(rng.normal(0, 1, n) * CATEGORY_SPREAD[category])
    since = sellers.onboarded_at[seller]
    listed = since + (rng.random(n) ** 2 * 0.6 * (clock.end - since)).astype(np.int64)
    listed = np.where(position < 3, since + HOUR, listed)
    sellers.first_product = np.cumsum(count) - count
    sellers.products = count
    return Batch(
        seller=seller,
        region=sellers.region[seller],
        category=category,
        sub=rng.integers(0, 4, n),
        price=shelf_price(np.clip(usd, 2, 1800), sellers.region[seller]),
        grams=(CATEGORY_GRAMS[category] * np.exp(rng.normal(0, 0.5, n))).astype(np.int64) + 20,
        weight=(rng.pareto(1.3, n) + 0.1) * sellers.weight[seller],
        listed_at=listed,
        gtin=np.where(rng.random(n) < 0.7, rng.integers(0, 10**6, n), -1),
        brand=rng.integers(0, 30, n),
        condition=np.searchsorted([0.93, 0.98], rng.random(n)),
        limit=np.where(rng.random(n) < 0.08, rng.integers(1, 4, n), NA),
    )


def _creators(rng: np.random.Generator, clock: Clock, users: Batch, n: int) -> Batch:
    user = []
    for code in range(len(REGIONS)):
        user.append(np.flatnonzero(users.region == code)[:1])
    picked = rng.choice(len(users), min(n, len(users)), replace=False)
    user = np.unique(np.concatenate([*user, picked]))
    since = np.maximum(users.created_at[user], clock.history)
    onboarded = since + (rng.random(len(user)) * 0.3 * (clock.end - since)).astype(np.int64)
    onboarded = np.where(user < len(REGIONS), since + DAY, onboarded)
    return Batch(
        user=user,
        region=users.region[user],
        onboarded_at=onboarded,
        agency=np.where(
            rng.random(len(user)) < 0.45, rng.integers(0, max(len(user) // 25, 2), len(user)), -1
        ),
        fame=np.minimum(rng.pareto(1.1, len(user)) + 0.1, 40.0),
        pace=np.minimum(rng.gamma(1.2, 0.09, len(user)), 0.9),
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
