"""Month close: freezes what the books say of a month, and what changed since the last close.

A close reads the published marts up to a cut-off night. It takes every posting of the month and of
earlier months that was known by then and that no earlier close holds: what becomes known later is
a prior-period change of the next close. A closed month is never written again; a reopened one is a
new version beside the old. docs/close.md says why.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from nightly.close_page import page
from nightly.console import say
from nightly.errors import NightlyError, UsageError
from nightly.files import sync, write_json, write_text
from nightly.landing import ONE_DAY
from nightly.lock import run_lock
from nightly.manifest import Document, History
from nightly.settings import Settings

QUERIES = Path(__file__).with_name("sql")
NEEDED = (
    "fct_ledger_postings",
    "fct_loss_events",
    "fct_metric_coverage",
    "fct_orders",
    "mart_ledger_reconciliation",
    "mart_loss_reserves",
    "mart_reconciliation_breaks",
)
STEPS = (
    *("postings", "orders", "subjects", "since_known", "balances", "trial_balance", "coverage"),
    *(
        "losses",
        "rates",
        "reserves",
        "reconciliation",
        "breaks",
        "causes",
        "reasons",
        "changes",
        "checks",
    ),
)
INNER = {"postings", "orders", "subjects", "since_known"}
FILES = tuple(name for name in STEPS if name not in INNER)
BALANCES = (
    "event_month varchar, account varchar, currency varchar, amount_minor bigint, "
    "amount_usd decimal(18, 2), is_usd_complete boolean"
)
BREAKS = (
    "cause varchar, currency varchar, breaks bigint, unapplied_minor bigint, "
    "missing_minor bigint, excess_minor bigint, unapplied_usd decimal(18, 2), "
    "largest_subject_id varchar, breaks_then bigint, unapplied_then_minor bigint, "
    "missing_then_minor bigint, excess_then_minor bigint"
)
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
VERSION = re.compile(r"v(\d+)")
RUN_AGAIN = "`make nightly`, then close again"


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    first: date

    @classmethod
    def read(cls, text: str) -> Month:
        """Read YYYY-MM or say how to write it."""
        if not MONTH.fullmatch(text) or text < "0001":
            raise UsageError(f"MONTH '{text}' is no month: write it as YYYY-MM, say 2026-05")
        return cls(date.fromisoformat(f"{text}-01"))

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - ONE_DAY

    @property
    def next(self) -> Month:
        """The month after it."""
        year, month = divmod(self.first.year * 12 + self.first.month, 12)
        return Month(date(year, month + 1, 1))

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


@dataclass(frozen=True)
class Frozen:
    """A close that was written."""

    month: Month
    version: int
    folder: Path
    manifest: Document

    @property
    def cut_off(self) -> date:
        """The last night it knew."""
        return date.fromisoformat(self.manifest["cut_off"])

    @property
    def run(self) -> int:
        """Number of the run whose marts it read."""
        return _number(self.manifest["run"])

    def named(self) -> Document:
        """How the next close refers to it."""
        digest = _digest(self.folder / "manifest.json")
        return {"close": str(self), "cut_off": self.cut_off.isoformat(), "manifest_sha256": digest}

    def __str__(self) -> str:
        return f"{self.month} v{self.version}"


@dataclass(frozen=True)
class Plan:
    """What is to be closed, and on what it rests."""

    month: Month
    version: int
    cut_off: date
    before: Frozen | None
    """The close of the month before: the opening balance."""
    since: Frozen | None
    """The last close, against which changes are told: `before`, or the version reopened."""
    reason: str | None


def close(
    settings: Settings, month: str, cut_off: date | None = None, reopen: str | None = None
) -> Path:
    """Freeze a month as known on the cut-off night; returns the folder of the close."""
    wanted = Month.read(month)
    if reopen is not None and not reopen.strip():
        raise UsageError("REOPEN is empty: give the reason, it goes into the report")
    with run_lock(settings):
        history = History.read(settings)
        marts = _published(settings, history)
        folder = settings.closes
        plan = _plan(folder, history, wanted, cut_off, reopen.strip() if reopen else None)
        for frozen in {str(item): item for item in (plan.before, plan.since) if item}.values():
            _check_unchanged(frozen)
        with closing(_compute(settings, marts, plan)) as connection:
            restatements = _restatements(history, plan)
            _check(connection, plan, restatements)
            return _freeze(connection, folder, plan, history.completed[-1], restatements)


def _published(settings: Settings, history: History) -> Path:
    """The marts of the last completed run, named by the run and not by a link that may move."""
    if not history.completed:
        raise NightlyError(f"nothing is published in {settings.published}: run `make build`")
    file = settings.published / history.completed[-1]["published"]["file"]
    if not file.exists():
        raise NightlyError(f"{file} is gone: `.venv/bin/python -m nightly publish` writes it again")
    return file


# ---------------------------------------------------------------------------------------- planning


def _plan(
    folder: Path, history: History, month: Month, cut_off: date | None, reason: str | None
) -> Plan:
    built = history.last_night
    assert built
    if month.last > built:
        raise NightlyError(
            f"{month} has not ended: nights are built up to {built}, close it once {month.last} "
            "is built (`make nightly`)"
        )
    end = cut_off or built
    if not month.last <= end <= built:
        raise UsageError(
            f"CUTOFF {end} cannot close {month}: give a night from {month.last}, its last day, "
            f"to {built}, the last one built"
        )
    _refuse_unbuilt(history, month, end)
    versions = [item for item in closes(folder) if item.month == month]
    others = [item for item in closes(folder) if item.month != month]
    before = _before(others, month)
    since = versions[-1] if versions else before
    if versions and not reason:
        raise NightlyError(
            f"{month} is closed (v{versions[-1].version}, {versions[-1].folder}) and stays as it "
            "is: what came since is in the next close, or write a new version beside it: "
            f'make close MONTH={month} REOPEN="why"'
        )
    if reason and not versions:
        raise UsageError(f"{month} was never closed: there is nothing to reopen, leave REOPEN out")
    if since and end < since.cut_off:
        raise UsageError(
            f"CUTOFF {end} is before {since.cut_off}, the cut-off of {since}: a later close knows "
            "no less"
        )
    version = versions[-1].version + 1 if versions else 1
    return Plan(month, version, end, before, since, reason)


def _refuse_unbuilt(history: History, month: Month, end: date) -> None:
    built, night = history.digests, month.first
    while night <= end:
        if night not in built:
            raise NightlyError(
                f"{month} is not wholly built: night {night} is in no completed run (they start at "
                f"{min(built)}); `make backfill FROM={night} TO={end}`, or close a later month"
            )
        night += ONE_DAY


def _before(others: list[Frozen], month: Month) -> Frozen | None:
    """The close of the month before; months close in their order."""
    if not others:
        return None
    last = others[-1]
    if last.month > month:
        raise NightlyError(
            f"{last} rests on what was known of {month}: what came since is a prior-period change "
            f'of the next close, or of a new version: make close MONTH={last.month} REOPEN="why"'
        )
    if last.month.next != month:
        raise NightlyError(
            f"months close in their order and {last.month} was the last: "
            f"make close MONTH={last.month.next} first"
        )
    return last


def closes(folder: Path) -> list[Frozen]:
    """Every close in its order, the versions of a month one after the other."""
    found = []
    for path in folder.glob("*/v*/manifest.json"):
        version, month = VERSION.fullmatch(path.parent.name), path.parent.parent.name
        if version and MONTH.fullmatch(month):
            document = json.loads(path.read_text(encoding="utf-8"))
            found.append(Frozen(Month.read(month), int(version[1]), path.parent, document))
    return sorted(found, key=lambda item: (item.month, item.version))


def _check_unchanged(frozen: Frozen) -> None:
    """A close that somebody edited is no ground for the next one."""
    for name, item in frozen.manifest["files"].items():
        path = frozen.folder / name
        if not path.exists() or _digest(path) != item["sha256"]:
            raise NightlyError(
                f"{path} is not what was frozen: restore the folder of {frozen} from a backup"
            )


def _restatements(history: History, plan: Plan) -> list[Document]:
    """Declared restatements since the close before that reach into what was closed."""
    if not plan.since:
        return []
    known = (plan.before or plan.since).run
    return [
        {
            "run_id": run["run_id"],
            "from_night": run["from_night"],
            "to_night": run["to_night"],
            "reason": (run.get("restatement") or {}).get("reason"),
            "code": run["code"]["hash"],
        }
        for run in history.completed
        if run["kind"] == "restatement"
        and _number(run["run_id"]) > known
        and date.fromisoformat(run["from_night"]) <= plan.since.cut_off
    ]


# --------------------------------------------------------------------------------------- computing


def _compute(settings: Settings, marts: Path, plan: Plan) -> duckdb.DuckDBPyConnection:
    """An open database with a table for each file of the close."""
    connection = duckdb.connect(config={"memory_limit": settings.memory_limit})
    connection.execute("set timezone = 'UTC'")
    connection.execute(f"attach '{_text(marts)}' as published (read_only)")
    _refuse_missing(connection)
    for name, value in (
        ("cut_off", plan.cut_off),
        ("month_start", plan.month.first),
        ("month_end", plan.month.last),
        ("before_cut_off", plan.before and plan.before.cut_off),
        ("since_cut_off", plan.since and plan.since.cut_off),
        ("since_month_end", plan.since and plan.since.month.last),
    ):
        said = f"date '{value}'" if value else "cast(null as date)"
        connection.execute(f"set variable {name} = {said}")
    _load(connection, "before_balances", BALANCES, plan.before, "balances")
    _load(connection, "since_balances", BALANCES, plan.since, "balances")
    _load(connection, "since_breaks", BREAKS, plan.since, "breaks")
    connection.execute((QUERIES / "close_scope.sql").read_text(encoding="utf-8"))
    for name in STEPS:
        query = (QUERIES / f"close_{name}.sql").read_text(encoding="utf-8")
        try:
            connection.execute(f"create table {name} as {query}")
        except duckdb.BinderException as error:
            said = str(error).splitlines()[0]
            raise NightlyError(
                f"the published marts are not of this code ({said}): `make nightly`, or for nights "
                'that are built `make restate FROM=... REASON="..."`, then close again'
            ) from error
    return connection


def _refuse_missing(connection: duckdb.DuckDBPyConnection) -> None:
    found = {
        name
        for (name,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = 'published'"
        ).fetchall()
    }
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise NightlyError(f"the published marts have no {missing[0]}: {RUN_AGAIN}")


def _load(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: str,
    frozen: Frozen | None,
    file: str,
) -> None:
    """A table of an earlier close, from its file; empty when there is none."""
    connection.execute(f"create table {table} ({columns})")
    if frozen:
        path = _text(frozen.folder / f"{file}.csv")
        connection.execute(f"copy {table} from '{path}' (header, nullstr '')")


def _check(connection: duckdb.DuckDBPyConnection, plan: Plan, restatements: list[Document]) -> None:
    """Refuse to freeze figures that do not agree with one another."""
    off = _rows(
        connection,
        "select source_table, account, currency, nights_off, difference_to_date_minor "
        "from reconciliation where nights_off > 0",
    )
    if off:
        source, account, currency, nights, difference = off[0]
        raise NightlyError(
            f"ledger and raw tables differ on {nights} night{'s' * (nights > 1)} ({source}, "
            f"{account}: {difference:,} {currency} to date): find them in "
            "mart_ledger_reconciliation, a month closes at difference 0"
        )
    failed = _rows(
        connection,
        "select check_name, currency, expected_minor, found_minor from checks "
        "where difference_minor != 0",
    )
    if failed:
        name, currency, expected, found = failed[0]
        raise NightlyError(
            f"check failed, {name}: {expected:,} and {found:,} {currency} (minor units); "
            f"the marts contradict one another: {RUN_AGAIN}"
        )
    again = _rows(
        connection,
        "select account, currency, amount_minor from causes where cause = 'restated' union all "
        "select account, currency, restated_minor from trial_balance where restated_minor != 0",
    )
    if again and not restatements:
        account, currency, amount = again[0]
        raise NightlyError(
            f"the ledger does not say any more what {plan.since} froze ({account} moved by "
            f"{amount:,} {currency}) and no restatement is declared since: declare it with "
            '`make restate FROM=... REASON="..."`'
        )


# ---------------------------------------------------------------------------------------- freezing


def _freeze(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    plan: Plan,
    run: Document,
    restatements: list[Document],
) -> Path:
    """Write the files beside where they belong, then move them there at once."""
    target = folder / str(plan.month) / f"v{plan.version}"
    scratch = target.with_name(f".{target.name}")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    rows: dict[str, int | None] = {}
    for name in FILES:
        path = scratch / f"{name}.csv"
        connection.execute(f"copy {name} to '{_text(path)}' (header)")
        rows[path.name] = _rows(connection, f"select count(*) from {name}")[0][0]
    facts: Document = {
        "month": str(plan.month),
        "version": plan.version,
        "cut_off": plan.cut_off.isoformat(),
        "reopened_because": plan.reason,
        "before": plan.before.named() if plan.before else None,
        "since": plan.since.named() if plan.since else None,
        "restatements": restatements,
        "run": run["run_id"],
        "marts": run["published"]["file"],
        "code": run["code"],
        "policy": run["policy"]["hash"],
    }
    write_text(scratch / "index.html", page(connection, facts, rows))
    rows["index.html"] = None
    files = {
        name: ({} if count is None else {"rows": count}) | {"sha256": _digest(scratch / name)}
        for name, count in rows.items()
    }
    write_json(scratch / "manifest.json", facts | {"files": files})
    for path in (*sorted(scratch.iterdir()), scratch):
        sync(path)
    scratch.rename(target)
    sync(target.parent)
    say(f"close    {plan.month} v{plan.version}, cut-off {plan.cut_off}: {_headline(connection)}")
    say(f"close    {_short(target / 'index.html')}")
    return target


def _headline(connection: duckdb.DuckDBPyConnection) -> str:
    ((net, gmv, known),) = _rows(
        connection,
        "select sum(net_loss_usd), coalesce(sum(gmv_usd), 0), count(*) = count(net_loss_usd) "
        "from rates where scope = 'month'",
    )
    ((moved, causes),) = _rows(
        connection, "select (select count(*) from changes), (select count(*) from causes)"
    )
    loss = f"{net or 0:,.2f} USD" if known else "unknown"
    return (
        f"GMV {gmv:,.2f} USD, net loss {loss}, difference 0, "
        f"{moved} balances of closed months moved by {causes} causes"
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def _number(run_id: str) -> int:
    return int(run_id.split("-")[0])


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _text(value: object) -> str:
    return str(value).replace("'", "''")


def _short(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
