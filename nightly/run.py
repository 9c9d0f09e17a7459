"""One run: gate, dbt, publish, with a manifest from the first moment to the last."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from nightly import build as dbt
from nightly import policy, policy_check, publish, versions
from nightly.console import say
from nightly.contract import load_contract
from nightly.errors import NightlyError, UsageError
from nightly.landing import ONE_DAY, Night, closed_nights, first_gap
from nightly.lock import run_lock
from nightly.manifest import History, Run, close_interrupted, next_night
from nightly.preflight import (
    check_disk,
    check_key,
    check_same_key,
    check_unlocked,
    key_fingerprint,
)
from nightly.settings import Settings


@dataclass(frozen=True)
class Request:
    """What was asked for."""

    kind: str = "nightly"
    first: date | None = None
    last: date | None = None
    reason: str | None = None
    full_refresh: bool = False


class GateReport(Protocol):
    """What a gate hands back."""

    def facts(self) -> dict[str, Any]:
        """For the manifest: rows_in, quarantined, gate."""

    def line(self) -> str:
        """For the console."""


GateStep = Callable[[Settings, list[Night], str], GateReport]
PolicyStep = Callable[[Settings], None]
BuildStep = Callable[[Settings, str, date, date, int, bool], dbt.Built]


def run_gate(settings: Settings, nights: list[Night], run_id: str) -> GateReport:
    """The gate, imported late: Great Expectations takes seconds to load."""
    from nightly.gate import gate

    return gate(settings, load_contract(), nights, run_id)


@dataclass(frozen=True)
class Steps:
    """The stages, so that a test can put its own in their place."""

    policy: PolicyStep = policy_check.check_seeds
    gate: GateStep = run_gate
    build: BuildStep = dbt.build
    publish: Callable[..., publish.Published] = field(default=publish.publish)


def run(settings: Settings, request: Request, steps: Steps | None = None) -> str | None:
    """Gate, build and publish the asked nights; returns the run's id, or nothing to do.

    Safe to kill at any moment: every stage writes whole files or replaces whole nights, and the
    next run starts at the same night again.
    """
    stages = steps or Steps()
    nights = closed_nights(settings)
    check_key(settings)
    check_disk(settings)
    with run_lock(settings) as lock:
        check_unlocked(settings.build)
        history = History.read(settings)
        for run_id in close_interrupted(settings, history):
            say(f"run {run_id} was interrupted: its nights are built again")
        check_same_key(history, request.full_refresh)
        stages.policy(settings)
        warnings = policy.check_policy(settings.policy, history)
        chosen = choose(settings, request, history, nights)
        for line in warnings:
            say(f"warning: {line}")
        if not chosen:
            return None
        manifest = _start(settings, request, history, chosen, warnings)
        try:
            _stages(settings, request, stages, manifest, chosen, history, lock)
        except BaseException as error:
            text = (
                str(error)
                if isinstance(error, NightlyError)
                else f"{type(error).__name__}: {error}"
            )
            manifest.close("failed", text or type(error).__name__)
            raise
        manifest.close("completed")
        return manifest.run_id


def choose(
    settings: Settings, request: Request, history: History, nights: list[Night]
) -> list[Night]:
    """The nights a request covers; refuses what would leave a hole or change a night in silence."""
    last_closed, built = nights[-1].night, history.last_night
    first = request.first or next_night(history, nights)
    last = request.last or last_closed
    if built and not settings.build.exists():
        say(f"{settings.build.name} is gone: building every night again")
        first, last = nights[0].night, max(last, built)
    if first > last_closed and request.first is None and request.last is None:
        _refuse_changed_past(settings, request, history, nights, first)
        _nothing_to_do(settings, history, built)
        return []
    if first > last:
        raise UsageError(
            f"FROM {first} is after TO {last} (the last closed night is {last_closed})"
        )
    gap = first_gap(nights, first - ONE_DAY) if first <= last_closed else None
    if gap and gap <= last:
        advice = f"`make seal NIGHT={gap}` if nothing landed, else have its producer close it"
        if gap == first or request.last:
            raise NightlyError(f"night {gap} is not closed although {last_closed} is: {advice}")
        say(f"warning: night {gap} is not closed, building up to the night before: {advice}")
        last = gap - ONE_DAY
    chosen = [item for item in nights if first <= item.night <= last]
    for end in (first, last):
        if end not in {item.night for item in chosen}:
            raise UsageError(
                f"night {end} is not closed: closed nights run from {nights[0].night} "
                f"to {last_closed}"
            )
    start = next_night(history, nights)
    if first > start:
        raise UsageError(
            f"FROM {first} would leave a hole: the next night to build is {start}, start there"
        )
    _refuse_changed_past(settings, request, history, nights, first)
    return chosen


def _refuse_changed_past(
    settings: Settings, request: Request, history: History, nights: list[Night], first: date
) -> None:
    """New code or a changed past is a restatement, and that is declared."""
    changed = history.changed_nights(nights)
    if changed and (request.kind != "restatement" or min(changed) < first):
        raise NightlyError(
            f"night {min(changed)} is not what was built (its _nights file changed or came late): "
            f'declare it with `make restate FROM={min(changed)} REASON="..."`'
        )
    again = history.last_night and first <= history.last_night and settings.build.exists()
    silent = again and request.kind != "restatement"
    if silent and versions.code_hash(settings.repository) != history.code:
        raise NightlyError(
            f"the code changed since night {first} was built: declare it with "
            f'`make restate FROM={first} REASON="..."`'
        )


def _nothing_to_do(settings: Settings, history: History, built: date | None) -> None:
    say(f"nothing to do: nights up to {built} are built and published")
    if versions.code_hash(settings.repository) != history.code:
        say(
            "the code changed since: new nights will use it; for built ones "
            '`make restate FROM=<night> REASON="..."`'
        )


def _start(
    settings: Settings,
    request: Request,
    history: History,
    nights: list[Night],
    warnings: list[str],
) -> Run:
    restatement = None
    if request.kind == "restatement":
        restatement = {
            "from_night": nights[0].night.isoformat(),
            "reason": request.reason,
            "full_refresh": request.full_refresh,
        }
    manifest = Run.start(
        settings,
        history,
        nights,
        request.kind,
        restatement=restatement,
        key_fingerprint=key_fingerprint(),
        versions=versions.versions(),
        code={
            "hash": versions.code_hash(settings.repository),
            "revision": versions.revision(settings.repository),
        },
        policy={
            "hash": policy.policy_hash(settings.policy),
            "applied": policy.newly_applied(settings.policy, history, nights[-1].night),
            "warnings": warnings,
        },
    )
    rows = sum(item.rows for item in nights)
    say(
        f"run {manifest.run_id}: {len(nights)} night{'s' * (len(nights) > 1)}, {rows:,} rows "
        f"from {settings.landing}"
    )
    return manifest


def _stages(
    settings: Settings,
    request: Request,
    steps: Steps,
    manifest: Run,
    nights: list[Night],
    history: History,
    lock: int,
) -> None:
    first, last = nights[0].night, nights[-1].night
    with _stage(manifest, "gate") as done:
        try:
            report = steps.gate(settings, nights, manifest.run_id)
        except NightlyError:
            manifest.record(gate={"result": "stopped"})
            raise
        manifest.record(**report.facts())
        done.append(report.line())
    with _stage(manifest, "dbt") as done:
        built = steps.build(settings, manifest.run_id, first, last, lock, request.full_refresh)
        manifest.record(dbt=built.nodes, test_warnings=built.warnings)
        done.append(_dbt_line(built))
    for line in built.warnings:
        say(f"  warning: {line}")
    with _stage(manifest, "publish") as done:
        newest = max(last, history.last_night or last)
        number = manifest.run_id.split("-")[0]
        published = steps.publish(settings, newest, number, built.marts)
        manifest.record(published={"file": published.file.name, "rows": published.rows})
        done.append(f"{len(published.rows)} marts, {sum(published.rows.values()):,} rows")


@contextmanager
def _stage(manifest: Run, name: str) -> Iterator[list[str]]:
    started, done = time.monotonic(), list[str]()
    yield done
    seconds = time.monotonic() - started
    manifest.seconds(name, seconds)
    say(f"{name:<8} {seconds:6.1f} s  {' '.join(done)}")


def _dbt_line(built: dbt.Built) -> str:
    parts = []
    for kind, counts in built.nodes.items():
        other = ", ".join(
            f"{n} {status}" for status, n in counts.items() if status not in {"success", "pass"}
        )
        parts.append(f"{sum(counts.values())} {kind}s" + (f" ({other})" if other else ""))
    return ", ".join(parts)
