"""What people and machines in front of content do alike: find a film, watch, follow, write it."""

from __future__ import annotations

import numpy as np

from simulator.batch import NA, Array, Batch
from simulator.clock import DAY, HOUR, SECOND
from simulator.economy.traffic import write_engagement
from simulator.landing import Landing
from simulator.world import World


def pick_film(world: World, rng: np.random.Generator, days_left: float, quiet: float = 1.0) -> int:
    """A short film published within the nights, by a creator nothing else was planted on; or -1.

    `quiet` keeps to the less famous creators (a share of them).
    """
    content, clock = world.content, world.clock
    fit = (content.published_at >= clock.start) & (
        content.published_at < clock.end - days_left * DAY
    )
    fit &= world.creators.fame[content.creator] <= np.quantile(world.creators.fame, quiet)
    pool = np.flatnonzero(fit & ~content.live)
    free = pool[~np.isin(content.creator[pool], sorted(world.engaged))]
    pool = free if len(free) else pool
    if not len(pool):
        pool = np.flatnonzero((content.published_at < clock.end - days_left * DAY) & ~content.live)
    if not len(pool):
        return -1
    film = int(rng.choice(pool))
    world.engaged.add(int(content.creator[film]))
    return film


def films_of(world: World, creators: Array, before: int) -> Array:
    """Everything some creators have published before a moment."""
    content = world.content
    return np.flatnonzero(np.isin(content.creator, creators) & (content.published_at < before))


def hold(world: World, rng: np.random.Generator, share: Array, film: Array) -> Array:
    """Milliseconds watched, as a share of the film (live rooms: of ten minutes)."""
    long = np.where(world.content.live[film], 600, world.content.duration[film])
    return np.maximum(np.clip(share, 0.0, 1.0) * long * 1000, 200).astype(np.int64)


def acts(
    world: World,
    actor: Array,
    film: Array,
    kind: Array,
    at: Array,
    device: Array | None = None,
    ip: Array | None = None,
    watched: Array | int = NA,
) -> Batch:
    """Engagement of actors with films: on their own phones, from home, where nothing is said."""
    users = world.users
    home = users.home[actor] * 256 + users.host[actor]
    n = len(actor)
    return Batch(
        actor=actor,
        content=film,
        creator=world.content.creator[film],
        kind=np.broadcast_to(np.asarray(kind, dtype=np.int64), n).copy(),
        device=users.device[actor] if device is None else device,
        ip=home if ip is None else ip,
        at=np.asarray(at, dtype=np.int64),
        watched=np.broadcast_to(np.asarray(watched, dtype=np.int64), n).copy(),
    )


def write_acts(
    world: World, landing: Landing, rng: np.random.Generator, parts: list[Batch]
) -> None:
    """Write engagement of plants: what lies within the run, before an account is closed."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return
    events = Batch.concat(parts)
    closed = world.users.suspended_at[events.actor]
    fit = (events.at < world.clock.end - SECOND) & ((closed == NA) | (events.at < closed))
    fit &= events.at >= world.users.created_at[events.actor]
    fit &= events.at >= world.content.published_at[events.content]
    write_engagement(world, landing, rng, events.take(fit))


def hired(
    world: World,
    rng: np.random.Generator,
    count: int,
    region: int,
    before: int,
    days: float,
) -> Array:
    """Accounts made for hire over some days before a moment; they buy nothing."""
    born = before - HOUR - (rng.random(count) * days * DAY).astype(np.int64)
    born = np.maximum(np.sort(born), world.clock.history + HOUR)
    return world.add_users(count, np.full(count, region), born, rng)


def crowd_size(world: World, rng: np.random.Generator, low: int, high: int) -> int:
    """How many accounts a provider runs: fewer on a small marketplace."""
    scale = min(max(world.scale / 20_000, 0.4), 2.0)
    return int(rng.uniform(low, high) * scale**0.5)


def surge(rng: np.random.Generator, count: int, start: int, hours: float, early: float) -> Array:
    """Moments after a start, most of them in the first part (`early` above 1) of some hours."""
    return start + (rng.beta(1.2, early, count) * hours * HOUR).astype(np.int64)
