"""What was decided at the time, and what turned out to be true later."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from simulator.batch import NA, Batch
from simulator.clock import DAY, MINUTE, SECOND
from simulator.columns import Code, Const, Id
from simulator.landing import Landing, Versions
from simulator.regions import CURRENCIES, minor_units, to_usd
from simulator.world import World

DECISIONS = ["pending", "approve", "challenge", "review", "hold", "decline"]
SCENARIOS = [
    "transactions",
    "kyc",
    "after_sales",
    "collusion",
    "reselling",
    "scams",
    "traffic",
    "incentives",
]
DISPOSITIONS = ["confirmed_fraud", "confirmed_abuse", "not_fraud", "inconclusive"]
SOURCES = ["analyst", "chargeback", "issuer_report", "inspection", "appeal", "random_sample"]
TARGETS = ["user", "seller", "creator", "device", "order", "payment", "return"]
TARGET_PREFIX = ["U", "S", "C", "D", "O", "PY", "R"]
HOLDOUT = 0.015
_ABUSES = (2, 4, 7)  # scenarios whose offenders break terms rather than laws


def emit_decisions(world: World, landing: Landing, rng: np.random.Generator, plan: Batch) -> None:
    """A score for one order in ten at checkout; a small share is let through on purpose."""
    rows = np.flatnonzero(rng.random(len(plan)) < 0.1)
    n = len(rows)
    usd = to_usd(plan.paid_total[rows], plan.region[rows])
    score = np.clip(
        rng.beta(1.3, 9, n) + 0.05 * (usd > 150) + 0.3 * (plan.disputed[rows] == 1), 0, 0.999
    )
    wanted = np.select([score > 0.62, score > 0.45, score > 0.3], [5, 3, 2], 1)
    holdout = (wanted > 1) & (rng.random(n) < HOLDOUT * 4)
    outcome = np.where(holdout, 1, np.where(wanted == 5, 3, wanted))
    queued = plan.placed_at[rows] + SECOND
    slow = outcome == 3
    decided = (
        queued
        + np.where(slow, rng.gamma(2, 90, n) * MINUTE, rng.gamma(2, 3, n) * SECOND).astype(np.int64)
        + SECOND
    )
    challenge = np.where(outcome == 2, np.searchsorted([0.9, 0.96], rng.random(n)), -1)
    versions = Versions(
        world.clock,
        {
            "decision_id": Id("DC", world.ids.take("decision", n)),
            "subject_type": Const("order", n),
            "subject_id": Id("O", plan.number[rows]),
            "policy_id": Const("checkout-1", n),
            "score": np.round(score, 4),
            "decision": Const("pending", n),
            "currency": Code(CURRENCIES, plan.region[rows]),
            "amount_minor": plan.paid_total[rows],
            "queued_at": queued,
            "is_holdout": holdout,
            "holdout_probability": np.where(wanted > 1, HOLDOUT * 4, np.nan),
        },
        n,
    )
    versions.step(queued)
    versions.step(
        decided,
        np.ones(n, dtype=bool),
        decided_at=decided,
        decision=Code(DECISIONS, outcome),
        challenge_result=Code(["passed", "failed", "abandoned"], challenge),
    )
    versions.write(landing, "risk_decisions")


def emit_labels(
    world: World,
    landing: Landing,
    rng: np.random.Generator,
    plan: Batch,
    items: Batch,
    claims: Batch,
    disputes: Batch,
) -> None:
    """Labels that follow from disputes, inspections, and a weekly random sample."""
    n = len(plan)
    sample = np.flatnonzero(rng.random(n) < 0.01)
    fraud = np.flatnonzero((disputes.group == 0) & (disputes.lost_at != NA))
    bad = np.flatnonzero((claims.inspection >= 2) & (rng.random(len(claims)) < 0.6))
    order_loss = plan.paid_total[disputes.order[fraud]]
    parts = [
        _labels(
            4,
            plan.number[sample],
            0,
            np.where(rng.random(len(sample)) < 0.99, 2, 3),
            5,
            plan.placed_at[sample] + _days(rng, len(sample), 6),
            plan.region[sample],
            np.zeros(len(sample), dtype=np.int64),
        ),
        _labels(
            4,
            plan.number[disputes.order[fraud]],
            0,
            np.zeros(len(fraud), dtype=np.int64),
            1,
            disputes.lost_at[fraud] + _days(rng, len(fraud), 3),
            disputes.region[fraud],
            order_loss,
        ),
        _labels(
            6,
            claims.number[bad],
            2,
            np.ones(len(bad), dtype=np.int64),
            3,
            claims.received_at[bad] + _days(rng, len(bad), 2),
            claims.region[bad],
            claims.paid[bad],
        ),
    ]
    write_labels(world, landing, rng, Batch.concat(parts))


def _days(rng: np.random.Generator, n: int, mean: float) -> np.ndarray:
    return (rng.gamma(2, mean / 2, n) * DAY).astype(np.int64) + MINUTE


def _labels(
    target: int,
    number: np.ndarray,
    scenario: int,
    disposition: np.ndarray,
    source: int,
    at: np.ndarray,
    region: np.ndarray,
    loss: np.ndarray,
) -> Batch:
    n = len(number)
    return Batch(
        target=np.full(n, target),
        number=number,
        scenario=np.full(n, scenario),
        disposition=disposition,
        source=np.full(n, source),
        at=at,
        region=region,
        loss=loss,
        detection=np.full(n, -1),
    )


def write_labels(
    world: World,
    landing: Landing,
    rng: np.random.Generator,
    labels: Batch,
    detections: list[str] | None = None,
) -> None:
    """Write case dispositions; detection is an index into `detections` or -1."""
    n = len(labels)
    sampled = labels.source == 5
    landing.add(
        "case_dispositions",
        labels.at,
        disposition_id=Id("CD", world.ids.take("disposition", n)),
        case_id=Id("CS", np.where(sampled, -1, world.ids.take("case", n))),
        detection_id=Code(detections or [""], labels.detection),
        target_type=Code(TARGETS, labels.target),
        target_id=target_id(labels.target, labels.number),
        scenario=Code(SCENARIOS, labels.scenario),
        disposition=Code(DISPOSITIONS, labels.disposition),
        label_source=Code(SOURCES, labels.source),
        sample_stratum=Code(["weekly"], np.where(sampled, 0, -1)),
        sample_probability=np.where(sampled, 0.01, np.nan),
        review_minutes=np.where(np.isin(labels.source, [0, 5]), rng.integers(3, 45, n), NA),
        currency=Code(CURRENCIES, labels.region),
        loss_minor=np.where(labels.disposition < 2, labels.loss, NA),
        labelled_at=labels.at,
        record_seq=np.ones(n, dtype=np.int64),
    )


def target_id(target: np.ndarray, number: np.ndarray) -> object:
    """The id text of targets of mixed types."""
    return pc.coalesce(
        *[
            Id(prefix, np.where(target == code, number, -1)).arrow()
            for code, prefix in enumerate(TARGET_PREFIX)
        ]
    )


def emit_enforcement(world: World, landing: Landing) -> None:
    """A background of warnings and limits, some appealed, some overturned."""
    rng = world.streams.get("enforcement")
    clock = world.clock
    n = max(len(world.users) // 250, 3)
    user = rng.choice(len(world.users), n, replace=False)
    span = np.maximum(clock.end - world.users.created_at[user], 2)
    at = world.users.created_at[user] + (rng.random(n) * span).astype(np.int64)
    write_actions(
        world,
        landing,
        rng,
        Batch(
            target=np.zeros(n, dtype=np.int64),
            number=user,
            at=at,
            action=np.searchsorted([0.5, 0.8, 0.95], rng.random(n)),
            scenario=rng.choice([0, 2, 7], n),
            detection=np.full(n, -1),
            appeal=rng.random(n) < 0.25,
        ),
    )
    gone = np.flatnonzero(world.sellers.terminated_at != NA)
    m = len(gone)
    write_actions(
        world,
        landing,
        rng,
        Batch(
            target=np.ones(m, dtype=np.int64),
            number=gone,
            at=world.sellers.terminated_at[gone],
            action=np.full(m, 5),
            scenario=rng.choice([1, 3, 5], m),
            detection=np.full(m, -1),
            appeal=np.zeros(m, dtype=bool),  # what is overturned was no termination
        ),
    )


def write_actions(
    world: World,
    landing: Landing,
    rng: np.random.Generator,
    acts: Batch,
    detections: list[str] | None = None,
) -> None:
    """Write enforcement actions (target, number, at, action, scenario, detection, appeal)."""
    n = len(acts)
    appealed = acts.at + _days(rng, n, 3)
    decided = appealed + _days(rng, n, 4)
    ends = acts.at + 30 * DAY
    versions = Versions(
        world.clock,
        {
            "action_id": Id("EN", world.ids.take("action", n)),
            "target_type": Code(TARGETS, acts.target),
            "target_id": target_id(acts.target, acts.number),
            "action": Code(
                [
                    "warn",
                    "step_up",
                    "limit",
                    "hold_funds",
                    "suspend",
                    "terminate",
                    "discount_metrics",
                ],
                acts.action,
            ),
            "scenario": Code(SCENARIOS, acts.scenario),
            "detection_id": Code(detections or [""], acts.detection),
            "decided_by": Code(["auto", "analyst"], (rng.random(n) < 0.4).astype(np.int64)),
            "started_at": acts.at,
        },
        n,
    )
    versions.step(acts.at)
    versions.step(appealed, acts.appeal, appealed_at=appealed)
    overturned = acts.appeal & (rng.random(n) < 0.3)
    versions.step(
        decided,
        acts.appeal,
        appeal_decided_at=decided,
        appeal_outcome=Code(["upheld", "overturned"], overturned.astype(np.int64)),
    )
    versions.step(decided, overturned, ended_at=decided)
    versions.step(ends, ~overturned & (acts.action == 2), ended_at=ends)
    versions.write(landing, "enforcement_actions")


def emit_experiments(world: World, landing: Landing) -> None:
    """Two experiments on users, assigned on their first day in it."""
    rng = world.streams.get("experiments")
    clock = world.clock
    for name, share, begin in (("step-up-first-order", 0.2, 0.1), ("instant-refund", 0.15, 0.4)):
        starts = clock.start + int((clock.end - clock.start) * begin)
        user = np.flatnonzero(rng.random(len(world.users)) < share)
        at = np.maximum(
            world.users.created_at[user] + MINUTE, starts + rng.integers(0, 20 * DAY, len(user))
        )
        n = len(user)
        landing.add(
            "experiment_assignments",
            at,
            experiment_id=Const(name, n),
            unit_type=Const("user", n),
            unit_id=Id("U", user),
            arm=Code(["treatment", "holdout"], (rng.random(n) < 0.1).astype(np.int64)),
            assignment_probability=np.full(n, 0.9),
            assigned_at=at,
        )


def emit_planted(world: World, landing: Landing) -> None:
    """Late labels for some planted instances: the found-out schemes, and look-alikes cleared."""
    rng, truth = world.streams.get("planted labels"), world.truth
    known = sorted({plant.detection for plant in truth.plants})
    labels, acts = [], []
    for number, plant in enumerate(truth.plants):
        caught = truth.caught_at[number]
        cleared = plant.benign and rng.random() < 0.2
        if caught == NA and not cleared:
            continue
        base = caught if caught != NA else truth.first[number] + int(rng.uniform(5, 50) * DAY)
        for kind in TARGETS:
            for target in truth.numbers(number, kind)[:6]:
                at = base + int(rng.gamma(2.0, 2.0) * DAY)
                verdict = 2 if cleared else (1 if plant.scenario in _ABUSES else 0)
                region = np.array([truth.region[number]])
                loss = int(minor_units(np.array([truth.stake[number]]), region)[0])
                row = {
                    "target": TARGETS.index(kind),
                    "number": target,
                    "scenario": plant.scenario,
                    "at": at,
                    "detection": known.index(plant.detection) if rng.random() < 0.6 else -1,
                }
                labels.append(
                    {
                        **row,
                        "disposition": verdict,
                        "source": 0,
                        "loss": loss,
                        "region": truth.region[number],
                    }
                )
                if not cleared and kind in ("user", "seller", "device"):
                    acts.append({**row, "at": base, "action": 4, "appeal": rng.random() < 0.3})
    if labels:
        write_labels(world, landing, rng, _batch(labels), known)
    if acts:
        write_actions(world, landing, rng, _batch(acts), known)


def _batch(rows: list[dict[str, object]]) -> Batch:
    return Batch(**{name: np.array([row[name] for row in rows]) for name in rows[0]})
