"""Policy guard: a policy row that has applied is never edited or deleted, only succeeded."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from nightly.errors import NightlyError
from nightly.landing import parse_night
from nightly.manifest import History

PERIOD = ("effective_from", "approved_on")


@dataclass(frozen=True)
class PolicyRow:
    """One row of a policy seed."""

    file: str
    line: int
    values: dict[str, str]

    @property
    def hash(self) -> str:
        """Hash of what the row says; a new column that it leaves empty changes nothing."""
        said = {name: value for name, value in self.values.items() if value}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]

    @property
    def applies_from(self) -> date:
        """greatest(effective_from, approved_on)."""
        dates = (parse_night(self.values.get(name, "")[:10]) for name in PERIOD)
        return max((day for day in dates if day), default=date.min)


def read_policy(folder: Path) -> list[PolicyRow]:
    """Every row of every policy seed, in file and line order."""
    rows = []
    for path in sorted(folder.glob("**/*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            for values in reader:
                clean = {str(name): (value or "").strip() for name, value in values.items()}
                name = path.relative_to(folder).as_posix()
                rows.append(PolicyRow(name, reader.line_num, clean))
    return rows


def policy_hash(folder: Path) -> str:
    """Hash of the policy files as they are."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("**/*.csv")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def applied_before(history: History) -> dict[tuple[str, str], dict[str, Any]]:
    """Rows that have applied in completed runs, by file and hash."""
    return {
        (row["file"], row["hash"]): row
        for run in history.completed
        for row in run["policy"]["applied"]
    }


def check_policy(folder: Path, history: History) -> list[str]:
    """Refuse an edited or deleted applied row; return warnings about backdated new rows."""
    applied, rows = applied_before(history), read_policy(folder)
    present = {(row.file, row.hash) for row in rows}
    for key, was in applied.items():
        if key not in present:
            raise NightlyError(_refusal(was, [row for row in rows if row.file == key[0]], applied))
    last = history.last_night
    return [
        f"seeds/policy/{row.file}:{row.line} applies from {row.applies_from}, before the next "
        f"night: nights up to {last} keep what they said (`make restate` to change them)"
        for row in rows
        if last and row.applies_from <= last and (row.file, row.hash) not in applied
    ]


def newly_applied(folder: Path, history: History, to_night: date) -> list[dict[str, Any]]:
    """Rows that apply by `to_night` and are in no completed run's manifest yet."""
    before = applied_before(history)
    return [
        {"file": row.file, "line": row.line, "hash": row.hash, "values": row.values}
        for row in read_policy(folder)
        if row.applies_from <= to_night and (row.file, row.hash) not in before
    ]


def _refusal(
    was: dict[str, Any], rows: list[PolicyRow], applied: dict[tuple[str, str], Any]
) -> str:
    said = {name: value for name, value in was["values"].items() if value}
    where, what = f"seeds/policy/{was['file']}:{was['line']}", "deleted"
    strange = [row for row in rows if (row.file, row.hash) not in applied]
    if strange:
        nearest = max(strange, key=lambda row: (_alike(said, row), -row.line))
        if _alike(said, nearest) * 2 > len(said):
            names = said.keys() | nearest.values.keys()
            changed = sorted(
                name for name in names if said.get(name, "") != nearest.values.get(name, "")
            )
            where = f"seeds/policy/{nearest.file}:{nearest.line}"
            what = f"edited ({', '.join(changed)})"
    return (
        f"{where}: an applied policy row was {what}: restore it and append a successor row "
        "with its own effective_from, approved_on, approver and reason"
    )


def _alike(said: dict[str, str], row: PolicyRow) -> int:
    return sum(row.values.get(name) == value for name, value in said.items())
