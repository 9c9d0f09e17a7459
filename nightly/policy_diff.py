"""Policy diff: what changed policy rows would have done on nights that are built.

The working tree's policy seeds are compared with a revision's. On a scratch copy of the build,
what depends on the changed rows is built twice over the nights, once by each policy, with the
changed rows in force from the first of them; the warehouse itself is only read.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from nightly.console import say
from nightly.errors import NightlyError, UsageError
from nightly.manifest import History
from nightly.policy_check import Seed, check_seeds, read_seed
from nightly.settings import Settings
from nightly.versions import code_hash

QUERIES = Path(__file__).with_name("sql")
TARGETS = ("fct_alerts", "bridge_alert_evidence")
MODEL_OF = {
    "policy_parameters": "int_policy_parameters",
    "policy_stages": "int_policy_stages",
    "policy_actions": "int_policy_actions",
    "policy_escalations": "int_policy_escalations",
}
READS_POLICY = re.compile(r"policy_in_force\s*\(|ref\('int_policy_parameters'\)")
DETECTION = re.compile(r"'([A-Z]{2,4}-\d{2})'")
Row = dict[str, str]


@dataclass(frozen=True)
class Change:
    """A policy row that one side has and the other has not."""

    seed: str
    line: int | None
    values: tuple[tuple[str, str], ...]

    @property
    def row(self) -> Row:
        """Its columns."""
        return dict(self.values)

    def __str__(self) -> str:
        said = [value for name, value in self.values if name not in {"approver", "reason"}]
        where = f"seeds/policy/{self.seed}.csv"
        return f"+ {where}:{self.line} {', '.join(said)}" if self.line else f"- {where} {said}"


@dataclass
class Policy:
    """The rows of each seed before and after, and what tells them apart."""

    before: dict[str, list[Row]] = field(default_factory=dict)
    after: dict[str, list[Row]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    ignored: list[Change] = field(default_factory=list)
    """Changed rows of which a later one of the same key is taken."""

    @property
    def seeds(self) -> set[str]:
        """The seeds that differ."""
        return {change.seed for change in self.changes}

    def detections(self, seed: str) -> set[str]:
        """The detections whose rows of a seed differ."""
        return {
            change.row["detection_id"]
            for change in self.changes
            if change.seed == seed and "detection_id" in change.row
        }


def policy_diff(settings: Settings, first: date, last: date, base: str = "HEAD") -> Path:
    """Print what the changed rows would have done and write it as CSV; returns the folder."""
    if first > last:
        raise UsageError(f"FROM {first} is after TO {last}: swap them")
    check_built(settings, first, last)
    check_seeds(settings)
    policy = read_policy(settings.repository, base, first)
    if not policy.changes:
        raise NightlyError(
            f"no policy row differs from {base}: change seeds/policy/*.csv first, or compare with "
            "an older revision: make policy-diff FROM=... TO=... BASE=<revision>"
        )
    for change in policy.changes:
        say(f"{change}{' (a later row of the same key is taken)' * (change in policy.ignored)}")
    say(f"policy   these rows as if in force from {first}, nights up to {last}")
    settings.state.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="policy-diff-", dir=settings.state) as folder:
        scratch = Scratch(settings, Path(folder), first, last)
        scratch.copy()
        models = selection(settings.repository, policy)
        for side, seeds in (("before", policy.before), ("after", policy.after)):
            say(f"  building {side}")
            scratch.write_seeds(policy.seeds, seeds)
            scratch.build(models)
            scratch.keep(side)
        compare(scratch.path("diff"), policy)
        return report(scratch.path("diff"), settings.state / "policy-diff" / f"{first}_{last}")


def check_built(settings: Settings, first: date, last: date) -> None:
    """The nights must be built, by the code as it stands."""
    history = History.read(settings)
    if not history.completed or not settings.build.exists():
        raise NightlyError(f"nothing is built in {settings.state}: run `make build` first")
    start = min(date.fromisoformat(run["from_night"]) for run in history.completed)
    end = history.last_night
    assert end
    if first < start or last > end:
        raise UsageError(f"nights {first} to {last} are not built: built are {start} to {end}")
    if history.code != code_hash(settings.repository):
        raise NightlyError(
            f"{settings.build} was built by other code, so that a difference would not be the "
            'policy\'s: `make restate FROM=... REASON="..."` first, or set RISK_STATE to a '
            "warehouse that this code built"
        )


def read_policy(repository: Path, base: str, first: date) -> Policy:
    """The two policies: a revision's, and the same with the working tree's changes from `first`."""
    policy = Policy()
    for path in sorted((repository / "seeds" / "policy").glob("*.yml")):
        seed = read_seed(path, [])
        before = _rows_of_revision(repository, base, seed)
        lines = {_key(row): line for line, row in seed.rows}
        known = {_key(row) for row in before}
        added = [Change(seed.name, line, key) for key, line in lines.items() if key not in known]
        gone = [Change(seed.name, None, key) for key in known if key not in lines]
        policy.before[seed.name] = before
        policy.after[seed.name], ignored = _applied(seed, before, added, gone, first)
        policy.changes += [*sorted(gone, key=lambda change: change.values), *added]
        policy.ignored += ignored
    return policy


def _applied(
    seed: Seed, before: list[Row], added: list[Change], gone: list[Change], first: date
) -> tuple[list[Row], list[Change]]:
    """The rows after the change, the changed ones in force from `first` and nothing after them."""

    def name(row: Row) -> tuple[str, ...]:
        return tuple(row[column] for column in seed.key)

    def start(row: Row) -> str:
        return max(row["effective_from"], row["approved_on"])

    ordered = sorted(added, key=lambda change: (start(change.row), change.line or 0))
    taken = {name(change.row): change for change in ordered} if seed.key else {}
    chosen = list(taken.values()) if seed.key else ordered
    without = {change.values for change in gone}
    kept = [
        row
        for row in before
        if _key(row) not in without
        and not (seed.key and name(row) in taken and start(row) >= first.isoformat())
    ]
    dates = {"effective_from": first.isoformat(), "approved_on": first.isoformat()}
    return (
        [*kept, *(change.row | dates for change in chosen)],
        [change for change in ordered if change not in chosen],
    )


def _key(row: Row) -> tuple[tuple[str, str], ...]:
    """What a row says; an empty column says nothing."""
    return tuple((name, value) for name, value in row.items() if value)


def _rows_of_revision(repository: Path, base: str, seed: Seed) -> list[Row]:
    done = subprocess.run(
        ["git", "-C", str(repository), "show", f"{base}:./{seed.file}"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        if _is_revision(repository, base):
            return []
        raise UsageError(f"BASE {base} is no revision of this repository: give a commit or a tag")
    rows = csv.DictReader(io.StringIO(done.stdout, newline=""))
    return [{name: (row.get(name) or "").strip() for name in seed.types} for row in rows]


def _is_revision(repository: Path, base: str) -> bool:
    asked = ["git", "-C", str(repository), "rev-parse", "--verify", "--quiet", f"{base}^{{commit}}"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def selection(repository: Path, policy: Policy) -> list[str]:
    """What dbt has to build: the changed policy's models and what alerts read of theirs."""
    starts = {"int_alert_exceptions"}
    for seed in policy.seeds & MODEL_OF.keys():
        starts.add(MODEL_OF[seed])
    judged = policy.detections("policy_parameters") | policy.detections("policy_stages")
    if judged:
        starts |= set(_readers(repository, judged))
    if policy.seeds & {"policy_actions", "policy_escalations"}:
        starts.add("int_alert_severities")
    if "policy_stages" in policy.seeds:
        starts.add("dim_detections")
    chosen = [
        f"{name}+,+{target}"
        for name in sorted(starts - set(MODEL_OF.values()))
        for target in TARGETS
    ]
    chosen += sorted(starts & set(MODEL_OF.values()))
    for seed in sorted(policy.seeds):
        if seed.startswith("policy_identity"):
            chosen += [f"{seed}+,+{target}" for target in TARGETS]
    return [*chosen, *TARGETS]


def _readers(repository: Path, detections: set[str]) -> Iterable[str]:
    """Models that read policy of these detections, or of any that they do not name."""
    for path in (repository / "models").glob("**/*.sql"):
        sql = path.read_text(encoding="utf-8")
        named = set(DETECTION.findall(sql))
        reads = READS_POLICY.search(sql) or path.name.startswith("det_")
        own = path.stem in MODEL_OF.values()
        if reads and not own and (named & detections or not named):
            yield path.stem


@dataclass
class Scratch:
    """A copy of the build, thrown away afterwards."""

    settings: Settings
    folder: Path
    first: date
    last: date

    def path(self, name: str) -> Path:
        """A database of the scratch folder."""
        return self.folder / f"{name}.duckdb"

    def copy(self) -> None:
        """Copy the build; nobody may be writing it."""
        build, free = self.settings.build, shutil.disk_usage(self.folder).free
        if free < 2 * build.stat().st_size:
            raise NightlyError(
                f"no disk: a copy of {build} needs {2 * build.stat().st_size / 2**20:,.0f} MB, "
                f"{free / 2**20:,.0f} MB are free: free some, or set RISK_STATE to a larger disk"
            )
        try:
            duckdb.connect(str(build), read_only=True).close()
        except duckdb.IOException as error:
            raise NightlyError(
                f"{build} is open elsewhere: wait for the run that writes it to end"
            ) from error
        shutil.copy(build, self.path("build"))

    def write_seeds(self, names: Iterable[str], seeds: dict[str, list[Row]]) -> None:
        """Put the rows of a policy into the copy's seed tables."""
        with closing(duckdb.connect(str(self.path("build")))) as connection:
            for name in sorted(names):
                table = f"policy.{name}"
                if not _has_table(connection, name):
                    continue
                connection.execute(f"delete from {table}")
                for row in seeds[name]:
                    given = {column: value for column, value in row.items() if value}
                    marks = ", ".join("?" for _ in given)
                    connection.execute(
                        f"insert into {table} ({', '.join(given)}) values ({marks})",
                        list(given.values()),
                    )

    def build(self, models: list[str]) -> None:
        """Let dbt build the models over the nights, in the copy."""
        nights = {"from_night": self.first.isoformat(), "to_night": self.last.isoformat()}
        repository = str(self.settings.repository)
        command = [
            str(Path(sys.executable).parent / "dbt"),
            *("--quiet", "--no-use-colors", "--log-path", str(self.folder / "logs"), "run"),
            *("--project-dir", repository, "--profiles-dir", repository),
            *("--target-path", str(self.folder / "target"), "--vars", json.dumps(nights)),
            *("--select", *models),
        ]
        environment = os.environ | {
            "RISK_LANDING": str(self.settings.landing),
            "RISK_STATE": str(self.folder),
            "RISK_MEMORY_LIMIT": self.settings.memory_limit,
        }
        done = subprocess.run(
            command,
            cwd=repository,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = " ".join((done.stdout + done.stderr).split())
            raise NightlyError(f"dbt could not build the policy's models: {said[:700]}")

    def keep(self, side: str) -> None:
        """Keep the alerts of the nights, what is behind them and the verdicts known."""
        with closing(duckdb.connect(str(self.path("diff")))) as connection:
            connection.execute(f"attach '{self.path('build')}' as build (read_only)")
            connection.execute(f"create schema {side}")
            connection.execute(
                f"create table {side}.alerts as select '{side}' as side, * "
                "from build.marts.fct_alerts where alerted_on between ? and ?",
                [self.first, self.last],
            )
            connection.execute(
                f"create table {side}.evidence as select '{side}' as side, * "
                "from build.marts.bridge_alert_evidence where night <= ? and alert_id in "
                f"(select alert_id from {side}.alerts)",
                [self.last],
            )
            connection.execute(
                "create or replace table labels as select verdicts.*, members.cluster_id "
                "from build.staging.stg_case_dispositions as verdicts left join ("
                "select party_type, party_id, max_by(cluster_id, from_night) as cluster_id "
                "from build.marts.bridge_cluster_members group by all) as members "
                "on verdicts.target_type = members.party_type "
                "and verdicts.target_id = members.party_id"
            )


def compare(path: Path, policy: Policy) -> None:
    """Put the two sides next to each other: tables alerts, shares and summary."""
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute(
            "create table review_minutes "
            "(side varchar, severity varchar, minutes integer, applies_from date)"
        )
        for side, seeds in (("before", policy.before), ("after", policy.after)):
            rows = seeds.get("policy_review_minutes") or policy.after["policy_review_minutes"]
            for row in rows:
                starts = max(row["effective_from"], row["approved_on"])
                connection.execute(
                    "insert into review_minutes values (?, ?, ?, ?)",
                    [side, row["severity"], row["minutes"], starts],
                )
        for name in ("alerts", "shares", "summary"):
            query = (QUERIES / f"diff_{name}.sql").read_text(encoding="utf-8")
            connection.execute(f"create table {name} as {query}")


def report(path: Path, folder: Path) -> Path:
    """Print the table and write summary.csv and alerts.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(duckdb.connect(str(path), read_only=True)) as connection:
        for name, order in (
            ("summary", "detection_id = 'all', detection_id"),
            ("alerts", "detection_id, alerted_on, alert_id, side desc"),
        ):
            connection.execute(
                f"copy (select * from {name} order by {order}) to '{folder / name}.csv'"
            )
        found = connection.execute(
            f"select * from '{folder}/summary.csv' order by detection_id = 'all', detection_id"
        )
        columns = [column[0] for column in found.description]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    say("\n".join(table(rows)))
    say(f"policy   {_short(folder)}/summary.csv and alerts.csv")
    return folder


def table(rows: list[dict[str, Any]]) -> list[str]:
    """The summary for a terminal: what moved, and all detections together."""

    def pair(row: dict[str, Any], name: str, unit: float = 1, digits: int = 0) -> str:
        before, after = (float(row[f"{name}_{side}"]) / unit for side in ("before", "after"))
        return f"{before:,.{digits}f} → {after:,.{digits}f}"

    head = [
        "",
        "alerts",
        "new",
        "gone",
        "same",
        "queued",
        "queue hours",
        "value USD",
        "confirmed USD",
    ]
    lines = [
        [
            str(row["detection_id"]),
            pair(row, "alerts"),
            *(f"{row[f'alerts_{name}']:,}" for name in ("new", "gone", "same")),
            pair(row, "queued"),
            pair(row, "minutes", 60, 1),
            pair(row, "value_usd"),
            pair(row, "confirmed_usd"),
        ]
        for row in rows
        if row["detection_id"] == "all" or _moved(row)
    ]
    widths = [max(len(line[i]) for line in [head, *lines]) for i in range(len(head))]
    return [
        "  " + "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        for line in [head, *lines]
    ]


def _moved(row: dict[str, Any]) -> bool:
    names = ("alerts", "queued", "minutes", "value_usd", "confirmed_usd")
    return bool(row["alerts_new"] or row["alerts_gone"]) or any(
        row[f"{name}_before"] != row[f"{name}_after"] for name in names
    )


def _has_table(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    ((found,),) = connection.execute(
        "select count(*) from information_schema.tables "
        "where table_schema = 'policy' and table_name = ?",
        [name],
    ).fetchall()
    return bool(found)


def _short(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
