"""The gate: profiles a delivery, has it judged, sets bad rows aside, stops a bad table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import yaml

from nightly.console import say
from nightly.contract import Table
from nightly.errors import NightlyError
from nightly.landing import Night, closed_nights
from nightly.profile import ColumnNight, Profile, TableNight, profile
from nightly.quarantine import write_quarantine
from nightly.settings import Settings

if TYPE_CHECKING:
    from nightly.expectations import Finding

CONFIG = Path(__file__).with_name("gate.yml")
SHOWN = 5
KEPT_PROFILES = 90

DRIFT_SQL = """
with volumes as (
    select
        night,
        "table",
        median(rows_listed) over past_month as usual,
        count(*) over past_month as nights
    from tables
    window past_month as (
        partition by "table" order by night
        range between to_days($days) preceding and to_days(1) preceding
    )
)
select
    t.* exclude (remembered),
    case
        when v.nights >= $minimum and v.usual >= $minimum_rows
            then round(t.rows_listed / v.usual, 4)
    end as volume_ratio
from tables as t
join volumes as v using (night, "table")
where not t.remembered
order by t.night, t."table"
"""

NULLS_SQL = """
with rates as (
    select
        night,
        "table",
        "column",
        sum(nulls) over past_month
            / nullif(sum(rows) over past_month, 0) as usual,
        count(*) over past_month as nights,
        sum(rows) over past_month as trailing_rows
    from columns
    where rows > 0
    window past_month as (
        partition by "table", "column" order by night
        range between to_days($days) preceding and to_days(1) preceding
    )
)
select
    c.* exclude (remembered),
    round(c.nulls / nullif(c.rows, 0), 6) as null_rate,
    case
        when r.nights >= $minimum and r.trailing_rows >= $minimum_rows
            and c.rows >= $minimum_rows
            then round(c.nulls / c.rows - r.usual, 6)
    end as null_rate_change
from columns as c
left join rates as r using (night, "table", "column")
where not c.remembered
order by c.night, c."table", c."column"
"""


@dataclass(frozen=True)
class Report:
    """What the gate saw."""

    rows_in: dict[str, int]
    reasons: dict[str, dict[str, int]]
    warnings: list[str]
    checks: int
    redeliveries: int

    def facts(self) -> dict[str, Any]:
        """For the run manifest."""
        return {
            "rows_in": self.rows_in,
            "quarantined": {name: sum(found.values()) for name, found in self.reasons.items()},
            "gate": {
                "result": "passed",
                "checks": self.checks,
                "redeliveries": self.redeliveries,
                "quarantine_reasons": self.reasons,
                "warnings": self.warnings,
            },
        }

    def line(self) -> str:
        """For the console."""
        bad = sum(sum(found.values()) for found in self.reasons.values())
        return (
            f"{sum(self.rows_in.values()):,} rows in {len(self.rows_in)} tables, {bad:,} in "
            f"quarantine, {self.redeliveries:,} delivered again, {len(self.warnings)} warnings"
        )


def gate(
    settings: Settings,
    contract: dict[str, Table],
    nights: Sequence[Night],
    run_id: str,
    config: dict[str, Any] | None = None,
) -> Report:
    """Judge nights; a bad table stops them with one line, bad rows go to quarantine."""
    from nightly.expectations import judge, rules

    limits = config or yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    first = nights[0].night
    earlier = [item for item in closed_nights(settings) if item.night < first]
    seen = profile(settings, contract, nights, earlier, limits["redelivery_nights"])
    for row in seen.tables.values():
        row.excess_bad_rows = _excess(row, limits)
    reasons = write_quarantine(seen.connection, settings, [item.night for item in nights])
    frames = _frames(seen, settings, first, limits["drift"])
    judged = rules(limits["drift"])
    findings = judge(frames, judged, settings.docs / "gate", run_id)
    bad = [found.line for found in findings if found.rule.stops]
    if bad:
        for line in bad[1:SHOWN]:
            say(f"  also: {line}")
        more = f" ({len(bad) - 1} more, see {settings.docs}/gate/index.html)" if bad[1:] else ""
        raise NightlyError(f"the gate stopped {bad[0]}{more}")
    warnings = _grouped(findings)
    for line in warnings[:SHOWN]:
        say(f"  warning: {line}")
    if len(warnings) > SHOWN:
        say(f"  ... {len(warnings) - SHOWN} more in {settings.docs}/gate/index.html")
    _remember(seen, settings, run_id)
    rows_in: dict[str, int] = {}
    for row in seen.tables.values():
        if row.rows_found is not None:
            rows_in[row.table] = rows_in.get(row.table, 0) + row.rows_found
    return Report(
        rows_in=rows_in,
        reasons=reasons,
        warnings=warnings,
        checks=sum(len(frames[rule.frame]) for rule in judged),
        redeliveries=sum(row.redeliveries for row in seen.tables.values()),
    )


def _grouped(findings: Sequence[Finding]) -> list[str]:
    """One line per rule, table and column: what goes on for weeks is said once."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for found in findings:
        key = (found.rule.measure, found.row["table"], found.row.get("column", ""))
        groups.setdefault(key, []).append(found)
    return [
        found[0].line
        + (
            f" (and on {len(found) - 1} more nights to {found[-1].row['night']})"
            if found[1:]
            else ""
        )
        for found in groups.values()
    ]


def _excess(row: TableNight, limits: dict[str, Any]) -> int:
    share = limits["bad_row_share_by_table"].get(row.table, limits["bad_row_share"])
    allowed = max(limits["bad_rows_always_allowed"], int(share * row.rows_listed))
    return max(0, row.bad_rows - allowed)


def _frames(
    seen: Profile, settings: Settings, first: date, drift: dict[str, Any]
) -> dict[str, pd.DataFrame]:
    """The profile as two frames, each row beside what the trailing month makes one expect."""
    parameters = {
        "days": drift["trailing_nights"],
        "minimum": drift["minimum_nights"],
        "minimum_rows": drift["minimum_rows"],
    }
    connection = seen.connection
    _load(connection, "tables", TableNight, list(seen.tables.values()))
    _load(connection, "columns", ColumnNight, list(seen.columns.values()))
    _recall(connection, settings, first, drift["trailing_nights"])
    return {
        "deliveries": _frame(connection, DRIFT_SQL, parameters).assign(
            row_difference=lambda frame: frame["rows_found"] - frame["rows_listed"]
        ),
        "columns": _frame(connection, NULLS_SQL, parameters),
    }


def _frame(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]
) -> pd.DataFrame:
    frame = connection.execute(query, parameters).df()
    return frame.assign(night=frame["night"].dt.strftime("%Y-%m-%d"))


def _load(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    kind: type[TableNight] | type[ColumnNight],
    rows: Sequence[TableNight | ColumnNight],
) -> None:
    types = {"str": "varchar", "str | None": "varchar", "date": "date"}
    columns = ", ".join(
        f'"{key}" {types.get(str(form), "bigint")}' for key, form in kind.__annotations__.items()
    )
    connection.execute(f"create or replace temp table {name} ({columns}, remembered boolean)")
    frame = pd.DataFrame([asdict(row) for row in rows], columns=list(kind.__annotations__))
    connection.register("incoming", frame)
    connection.execute(f"insert into {name} by name select *, false as remembered from incoming")
    connection.unregister("incoming")


def _recall(
    connection: duckdb.DuckDBPyConnection, settings: Settings, first: date, days: int
) -> None:
    """Add what earlier runs saw of the trailing nights."""
    for name in ("tables", "columns"):
        pattern = str(settings.profiles / f"{name}-*.parquet")
        if not list(settings.profiles.glob(f"{name}-*.parquet")):
            continue
        connection.execute(
            f"insert into {name} by name select * exclude (filename), true as remembered "
            "from read_parquet(?, union_by_name = true, filename = true) "
            "where night < $2 and night >= $2 - to_days($3) "
            'qualify filename = max(filename) over (partition by night, "table")'.replace(
                "?", "$1"
            ),
            {"1": pattern, "2": first, "3": days},
        )


def _remember(seen: Profile, settings: Settings, run_id: str) -> None:
    """Keep the counts of these nights for the drift of the next ones."""
    settings.profiles.mkdir(parents=True, exist_ok=True)
    for name in ("tables", "columns"):
        path = settings.profiles / f"{name}-{run_id}.parquet"
        temporary = path.with_name(f".{path.name}.tmp")
        target = str(temporary).replace("'", "''")
        seen.connection.execute(
            f"copy (select * exclude (remembered) from {name} where not remembered) "
            f"to '{target}' (format parquet)"
        )
        temporary.replace(path)
        for old in sorted(settings.profiles.glob(f"{name}-*.parquet"))[:-KEPT_PROFILES]:
            old.unlink()
