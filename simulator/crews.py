"""What people with several accounts do alike: register them, equip them, wait for a drop."""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY, HOUR
from simulator.regions import to_usd
from simulator.trade import sit_at, use_device
from simulator.world import SERVICES, World

_PLACE = ("region", "city", "zone", "street", "house", "unit", "cell")


def register(
    world: World,
    rng: np.random.Generator,
    count: int,
    region: int,
    before: int,
    days: float,
    activity: float = 0.0,
) -> Array:
    """New accounts made over some days before a moment, the oldest first."""
    born = before - 2 * HOUR - (rng.random(count) * days * DAY).astype(np.int64)
    born = np.maximum(np.sort(born), world.clock.history + HOUR)
    return world.add_users(count, np.full(count, region), born, rng, activity)


def one_flat(world: World, people: Array, rng: np.random.Generator, styles: int = 4) -> None:
    """Let people live behind one door, each with a spelling of the address; 4 = the usual ones."""
    homes, places = world.addresses, world.users.address[people]
    for name in _PLACE:
        homes.__dict__[name][places] = homes.__dict__[name][places[0]]
    homes.spelling[places] = rng.permutation(styles)[np.arange(len(people)) % styles]
    world.users.address_b[people] = -1


def one_line(world: World, people: Array) -> None:
    """Let people sit on the home line of the first."""
    first = people[0]
    sit_at(world, people, int(world.users.home[first]), int(world.users.host[first]))


def share_devices(world: World, people: Array, each: int) -> Array:
    """Let every `each` accounts act on one device; returns the devices in use."""
    owner = people[np.arange(len(people)) // each * each]
    use_device(world, people, world.users.device[owner])
    seen = world.devices.first_seen_at
    np.minimum.at(seen, world.users.device[people], world.users.created_at[people])
    return np.unique(world.users.device[owner])


def share_cards(world: World, people: Array, each: int) -> None:
    """Let every `each` accounts pay with one card."""
    users = world.users
    owner = people[np.arange(len(people)) // each * each]
    users.card[people], users.bin[people] = users.card[owner], users.bin[owner]
    users.method[people] = 0


def pick_drops(
    world: World,
    rng: np.random.Generator,
    count: int,
    sale: bool | None,
    days_left: float,
    deepest: float = 1.0,
) -> list[int]:
    """Some restocks or flash sales (None: either) of one market, early enough; may be empty."""
    latest = world.clock.end - days_left * DAY
    fit = [
        number
        for number, drop in enumerate(world.drops)
        if drop.start < latest
        and (sale is None or (drop.off > 0) == sale)
        and drop.off <= deepest * world.products.price[drop.sku]
    ]
    if not fit:
        return []
    region = world.products.region[world.drops[int(rng.choice(fit))].sku]
    fit = [n for n in fit if world.products.region[world.drops[n].sku] == region]
    chosen = rng.choice(fit, min(count, len(fit)), replace=False)
    return sorted(int(n) for n in chosen)


def goods_at(world: World, region: int, before: int, low: float, high: float) -> Array:
    """Products on sale in a market for a price (USD) between two limits, without a limit a head."""
    products = world.products
    usd = to_usd(products.price, products.region)
    fit = (products.region == region) & (products.listed_at < before) & (usd > low) & (usd < high)
    fit &= (products.category != SERVICES) & (products.limit < 0)
    fit &= world.sellers.terminated_at[products.seller] < 0
    return np.flatnonzero(fit)


def dear_goods(world: World, region: int, before: int, low: float, high: float) -> Array:
    """Like `goods_at`; in a small market the dearest there is. Empty only if nothing is on sale."""
    fit = goods_at(world, region, before, low, high)
    if len(fit):
        return fit
    fit = goods_at(world, region, before, 0, high)
    return fit[np.argsort(-world.products.price[fit], kind="stable")[:5]]


def goods_of_shops(
    world: World, region: int, before: int, low: float, high: float, shops: int
) -> Array:
    """Like `dear_goods`, of several shops: where there are too few, cheaper goods too."""
    fit = dear_goods(world, region, before, low, high)
    while low > 2 and len(np.unique(world.products.seller[fit])) < shops:
        low /= 1.5
        fit = dear_goods(world, region, before, low, high)
    return fit


def shop_by_shop(world: World, rng: np.random.Generator, shelf: Array, count: int) -> Array:
    """Some products of a shelf, each from another shop as long as there is one."""
    mixed = rng.permutation(shelf)
    seller = world.products.seller[mixed]
    order = np.argsort(seller, kind="stable")
    turn = np.empty(len(mixed), dtype=np.int64)
    first = np.append(True, seller[order][1:] != seller[order][:-1])
    start = np.maximum.accumulate(np.where(first, np.arange(len(mixed)), 0))
    turn[order] = np.arange(len(mixed)) - start
    round_robin = mixed[np.argsort(turn, kind="stable")]
    return round_robin[np.arange(count) % len(round_robin)]
