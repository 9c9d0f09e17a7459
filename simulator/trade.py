"""Plants whose orders are known from the start, and what several of them do alike."""

from __future__ import annotations

import numpy as np

from simulator.batch import Array, Batch
from simulator.clock import DAY, HOUR
from simulator.economy.demand import plan_orders
from simulator.planting import Plant
from simulator.regions import SHARES, to_usd
from simulator.world import World

_FLOATS = {"slow", "grams", "back_grams"}


class Trades(Plant):
    """A plant that says who buys what from whom and when (`trade`), mostly in `arrange`."""

    def __init__(self) -> None:
        self.planned: list[Batch] = []
        self.shops: list[tuple[int, Array]] = []

    def trade(
        self, number: int, buyer: Array, at: Array, sku: Array, **given: Array | int | float
    ) -> None:
        """Orders of an instance; `given` sets further columns of the order plan."""
        n = len(buyer)
        rows = {"plant": number, "buyer": buyer, "placed_at": at, "sku": sku, **given}
        self.planned.append(
            Batch(
                **{
                    name: np.broadcast_to(
                        np.asarray(value, dtype=float if name in _FLOATS else np.int64), n
                    ).copy()
                    for name, value in rows.items()
                }
            )
        )

    def orders(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch | None:
        """The orders of the users first..last, as they were planned."""
        parts = []
        for rows in self._alike():
            fit = (rows.buyer >= first) & (rows.buyer < last)
            fit &= rows.placed_at > world.users.created_at[rows.buyer]
            mine = rows.take(fit & (rows.placed_at > world.products.listed_at[rows.sku]))
            if not len(mine):
                continue
            plan = plan_orders(world, rng, mine.buyer, mine.placed_at, mine.sku)
            for name in mine.names():
                setattr(plan, name, mine.__dict__[name])
            parts.append(plan)
        return Batch.concat(parts) if parts else None

    def _alike(self) -> list[Batch]:
        """The planned orders, those with the same columns together."""
        groups: dict[tuple[str, ...], list[Batch]] = {}
        for rows in self.planned:
            groups.setdefault(tuple(rows.names()), []).append(rows)
        self.planned = [Batch.concat(group) for group in groups.values()]
        return self.planned

    def shape(self, world: World, rng: np.random.Generator, plan: Batch) -> None:
        """What the shops of an instance sell to strangers from its start on is at stake too."""
        if not self.shops:
            return
        owner = np.full(len(world.sellers), -1)
        for number, sellers in self.shops:
            owner[sellers] = number
        number = owner[plan.seller]
        begun = np.maximum(np.array(world.truth.first)[number], world.clock.start)
        hit = (number >= 0) & (plan.plant < 0) & (plan.placed_at >= begun)
        plan.plant[hit] = number[hit]


class Refunded(Trades):
    """Trades of which the refunds are at stake."""

    def stakes(
        self, world: World, plan: Batch, items: Batch, refunds: Batch, disputes: Batch
    ) -> Array:
        """What was refunded."""
        back = np.zeros(len(plan), dtype=np.int64)
        np.add.at(back, refunds.order, refunds.amount)
        return to_usd(back, plan.region)


def some_region(rng: np.random.Generator) -> int:
    """A region, the busier the likelier."""
    return int(rng.choice(len(SHARES), p=SHARES / SHARES.sum()))


def inside(world: World, at: Array) -> Array:
    """Moments pulled back to where somebody new can still arrive."""
    return np.minimum(np.asarray(at, dtype=np.int64), world.clock.end - 6 * HOUR)


def open_shops(
    world: World,
    rng: np.random.Generator,
    region: int,
    onboarded_at: Array,
    weight: float = 0.5,
    activity: float = 0.3,
    lead_days: float = 6.0,
    **fixed: Array | int | float,
) -> tuple[Array, Array]:
    """New shops, each of a new owner who registered `lead_days` before: (users, sellers)."""
    at = inside(world, onboarded_at)
    n = len(at)
    born = at - (rng.gamma(1.5, lead_days / 1.5, n) * DAY).astype(np.int64) - HOUR // 4
    owner = world.add_users(n, np.full(n, region), born, rng, activity)
    sellers = world.add_sellers(owner, np.full(n, region), at, rng, weight, **fixed)
    return owner, sellers


def use_device(world: World, users: Array, device: Array | int) -> None:
    """Let users sign up and act on a device only; their shops too."""
    world.users.device[users] = device
    world.users.device_b[users] = -1
    shops = np.flatnonzero(np.isin(world.sellers.owner, users))
    world.sellers.device[shops] = world.users.device[world.sellers.owner[shops]]


def sit_at(world: World, users: Array, prefix: Array | int, host: Array | int) -> None:
    """Put users on a line; their shops too."""
    world.users.home[users], world.users.host[users] = prefix, host
    shops = np.flatnonzero(np.isin(world.sellers.owner, users))
    world.sellers.home[shops] = world.users.home[world.sellers.owner[shops]]
    world.sellers.host[shops] = world.users.host[world.sellers.owner[shops]]


def same_building(world: World, places: Array, like: int, rng: np.random.Generator) -> None:
    """Move addresses into the building of another, each behind a door of its own."""
    homes = world.addresses
    for name in ("region", "city", "zone", "street", "house", "cell"):
        homes.__dict__[name][places] = homes.__dict__[name][like]
    homes.unit[places] = rng.integers(1, 60, len(places))


def shelf_of(world: World, seller: int, before: int) -> Array:
    """What a shop has on sale at a moment; its first products where it opens later."""
    first = int(world.sellers.first_product[seller])
    skus = first + np.arange(int(world.sellers.products[seller]))
    listed = skus[world.products.listed_at[skus] < before]
    return listed if len(listed) else skus[:1]


def near_price(world: World, skus: Array, usd: float) -> int:
    """The product of a few that costs most nearly so much."""
    price = to_usd(world.products.price[skus], world.products.region[skus])
    return int(skus[np.argmin(np.abs(np.log(price / usd)))])


def log_in(
    world: World,
    users: Array,
    at: Array,
    device: Array,
    ip: Array,
    rng: np.random.Generator,
) -> Batch:
    """Sessions of users at moments, for `demand.write_sessions`."""
    n = len(users)
    return Batch(
        number=world.ids.take("session", n),
        user=users,
        device=device,
        ip=ip,
        at=at,
        until=at + (rng.lognormal(2.3, 0.8, n) * 60 * 10**6).astype(np.int64),
        login=np.zeros(n, dtype=np.int64),
        views=rng.integers(0, 3, n),
    )
