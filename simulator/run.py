"""One run: build the cast, let it act chunk by chunk, write the nights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from simulator import lookalikes, schemes
from simulator.batch import NA, Batch
from simulator.clock import Clock
from simulator.economy import (
    aftersales,
    catalogue,
    demand,
    disputes,
    drops,
    feedback,
    fulfilment,
    governance,
    identity,
    incentives,
    items,
    listings,
    onboarding,
    payments,
    settlement,
    traffic,
)
from simulator.landing import Landing, prepare
from simulator.planting import Plant, discover
from simulator.randomness import Streams
from simulator.world import World, build_world

CHUNK_USERS = 40_000


@dataclass(frozen=True)
class Settings:
    """The arguments of a run."""

    landing: Path
    truth: Path
    scale: int
    nights: int
    seed: int
    start: date
    clean: bool = False
    force: bool = False


@dataclass(frozen=True)
class Result:
    """What was written."""

    rows: dict[str, int]
    planted: dict[str, int]


def run(settings: Settings, say: Callable[[str], None]) -> Result:
    """Write the landing zone and the ground truth."""
    prepare(settings.landing, settings.force)
    clock = Clock.build(settings.start, settings.nights)
    streams = Streams(settings.seed)
    world = build_world(clock, streams, settings.scale)
    drops.plan_drops(world)
    plants = discover(lookalikes) + ([] if settings.clean else discover(schemes))
    for plant in plants:
        plant.cast(world, streams.get(f"cast {plant.name}"))
    world.join_cast()
    for plant in plants:
        plant.arrange(world, streams.get(f"arrange {plant.name}"))
    _suspend(world)
    chunks = range(0, len(world.users), CHUNK_USERS)
    landing = Landing(settings.landing, clock, streams, spill=len(chunks) > 1)
    say(
        f"cast: {len(world.users)} users, {len(world.sellers)} sellers, "
        f"{len(world.products)} products, {len(world.creators)} creators"
    )
    try:
        _live(world, landing, plants, chunks, say)
        say(f"writing {settings.nights + 1} nights")
        landing.write(settings.start)
    finally:
        landing.close()
    return Result(landing.rows, world.truth.write(settings.truth))


def _live(
    world: World,
    landing: Landing,
    plants: list[Plant],
    chunks: range,
    say: Callable[[str], None],
) -> None:
    listings.plan_edits(world)
    identity.emit_identity(world, landing)
    onboarding.emit_onboarding(world, landing)
    catalogue.emit_catalogue(world, landing)
    drops.emit_drops(world, landing)
    traffic.emit_content(world, landing)
    balances = settlement.Balances(world)
    for number, first in enumerate(chunks):
        last = min(first + chunks.step, len(world.users))
        _act(world, landing, balances, plants, number, first, last)
        say(f"users {first} to {last}: {sum(landing.rows.values())} rows so far")
    for plant in plants:
        plant.events(world, landing, world.streams.get(f"events {plant.name}"))
    incentives.emit_awards(world, landing, balances)
    settlement.emit_payouts(world, landing, balances)
    governance.emit_enforcement(world, landing)
    governance.emit_experiments(world, landing)
    governance.emit_planted(world, landing)


def _suspend(world: World) -> None:
    """Close the accounts of the schemes that will be found out, from that moment on."""
    truth = world.truth
    for number, caught_at in enumerate(truth.caught_at):
        if caught_at < world.clock.start or caught_at >= world.clock.end:
            continue
        for kind, party in (("user", world.users), ("seller", world.sellers)):
            who = np.array(truth.numbers(number, kind), dtype=np.int64)
            before = party.suspended_at[who]
            party.suspended_at[who] = np.where(before == NA, caught_at, before)


def _act(
    world: World,
    landing: Landing,
    balances: settlement.Balances,
    plants: list[Plant],
    number: int,
    first: int,
    last: int,
) -> None:
    def rng(name: str) -> np.random.Generator:
        return world.streams.get(f"{name} {number}")

    plans = [
        demand.ordinary_orders(world, rng("demand"), first, last),
        drops.crowd_orders(world, rng("crowds"), world.crowds, first, last),
    ]
    plans.append(demand.baskets(world, rng("baskets"), Batch.concat(plans)))
    for plant in plants:
        extra = plant.orders(world, rng(f"orders {plant.name}"), first, last)
        plans += [extra] if extra is not None and len(extra) else []
    plan = demand.finish_plan(world, rng("plan"), Batch.concat(plans))
    for plant in plants:
        plant.shape(world, rng(f"shape {plant.name}"), plan)
    demand.emit_sessions(world, landing, rng("sessions"), plan, first, last)
    goods = items.build_items(world, rng("items"), plan)
    total = np.zeros(len(plan), dtype=np.int64)
    np.add.at(total, goods.order, goods.paid)
    plan.paid_total = total
    money = [
        payments.verify(world, rng("verify"), plan),
        payments.authorise(world, rng("authorise"), plan),
    ]
    for plant in plants:
        tries = plant.pay(world, rng(f"pay {plant.name}"), plan)
        money += [tries] if tries is not None else []
    fulfilment.fulfil(world, rng("fulfil"), plan)
    money += [
        payments.capture(world, rng("capture"), plan),
        payments.void(world, rng("void"), plan),
    ]
    payments.emit_attempts(world, landing, rng("attempts"), Batch.concat(money))
    fulfilment.emit_orders(world, landing, plan)
    items.emit_items(world, landing, goods, plan)
    fulfilment.emit_shipments(world, landing, rng("parcels"), plan, goods)
    claims = aftersales.claim_returns(world, rng("claims"), plan, goods)
    aftersales.emit_returns(world, landing, rng("returns"), plan, claims)
    refunds = aftersales.refund(world, rng("refunds"), plan, goods, claims)
    aftersales.emit_refunds(landing, plan, goods, refunds)
    feedback.emit_reviews(world, landing, rng("reviews"), plan, goods, claims)
    cases = disputes.open_disputes(world, rng("disputes"), plan, goods, refunds)
    disputes.emit_disputes(world, landing, rng("stages"), plan, cases)
    disputes.emit_issuer_reports(world, landing, rng("issuers"), plan, cases)
    disputes.emit_recoveries(world, landing, rng("recoveries"), plan, goods, cases, refunds)
    settlement.emit_settlement(
        world, landing, balances, rng("settlement"), plan, goods, refunds, cases
    )
    traffic.emit_engagement(world, landing, rng("engagement"), first, last)
    traffic.emit_messages(world, landing, rng("messages"), plan, claims)
    incentives.emit_redemptions(world, landing, plan, goods)
    incentives.emit_referrals(world, landing, plan, first, last)
    governance.emit_decisions(world, landing, rng("decisions"), plan)
    governance.emit_labels(world, landing, rng("labels"), plan, goods, claims, cases)
    world.truth.settle(world, plan, goods, refunds, cases)
