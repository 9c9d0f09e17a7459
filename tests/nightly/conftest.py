"""A small landing zone, made from the contract alone, and a warehouse around it."""

import json
import os
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nightly.build import Built
from nightly.contract import Table, load_contract
from nightly.policy_check import check_seeds
from nightly.publish import publish
from nightly.run import Request, Steps, run, run_gate
from nightly.settings import Settings

CONTRACT = load_contract()
FIRST = date(2026, 1, 1)
TYPES = {
    "varchar": pa.string(),
    "bigint": pa.int64(),
    "boolean": pa.bool_(),
    "double": pa.float64(),
    "timestamp": pa.timestamp("us"),
    "date": pa.date32(),
    "decimal(18,10)": pa.decimal128(18, 10),
}
SMALL = ("users", "sellers", "orders", "order_items", "payment_attempts", "refunds", "sessions")
Row = dict[str, Any]


def night_of(number: int) -> date:
    return FIRST + timedelta(days=number)


def sample_rows(table: Table, night: date, count: int) -> list[Row]:
    """Rows that keep the contract, with keys of their own each night."""
    at = datetime.combine(night, datetime.min.time()) + timedelta(hours=2)
    values = {
        "varchar": lambda name, i: f"{table.name}-{name}-{night}-{i}",
        "bigint": lambda name, i: i + 1,
        "boolean": lambda name, i: i % 2 == 0,
        "double": lambda name, i: i / 4,
        "timestamp": lambda name, i: at + timedelta(seconds=i),
        "date": lambda name, i: night,
        "decimal(18,10)": lambda name, i: 1,
    }
    return [
        {
            column.name: column.enum[i % len(column.enum)]
            if column.enum
            else values[column.data_type](column.name, i)
            for column in table.columns
        }
        for i in range(count)
    ]


@dataclass
class Landing:
    """A landing zone under construction."""

    root: Path
    rows: dict[tuple[str, date], list[Row]] = field(default_factory=dict)

    def fill(self, nights: int, tables: tuple[str, ...] = SMALL, count: int = 20) -> "Landing":
        for number in range(nights):
            for name in tables:
                night = night_of(number)
                self.rows[name, night] = sample_rows(CONTRACT[name], night, count)
        self.write()
        return self

    def folder(self, table: str, night: date) -> Path:
        return self.root / table / f"dt={night}"

    def file(self, table: str, night: date) -> Path:
        return self.folder(table, night) / "part-0.parquet"

    def write(self) -> None:
        for name, night in self.rows:
            self.write_table(name, night)
        for night in sorted({night for _, night in self.rows}):
            self.close(night)
        (self.root / "_PUBLIC").write_text("synthetic data\n")

    def write_table(
        self,
        name: str,
        night: date,
        drop: tuple[str, ...] = (),
        types: dict[str, pa.DataType] | None = None,
    ) -> None:
        columns = [column for column in CONTRACT[name].columns if column.name not in drop]
        rows = self.rows[name, night]
        extra = [key for key in (rows[0] if rows else {}) if key not in CONTRACT[name].by_name]
        arrays = {
            column.name: pa.array(
                [row[column.name] for row in rows],
                (types or {}).get(column.name, TYPES[column.data_type]),
            )
            for column in columns
        }
        arrays |= {name: pa.array([row.get(name) for row in rows]) for name in extra}
        self.folder(name, night).mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table(arrays), self.file(name, night))

    def close(self, night: date, **overrides: dict[str, Any] | None) -> None:
        listed: dict[str, Any] = {
            name: {
                "rows": len(rows),
                "files": [self.file(name, on).relative_to(self.root).as_posix()],
            }
            for (name, on), rows in self.rows.items()
            if on == night
        }
        for name, item in overrides.items():
            if item is None:
                listed.pop(name)
            else:
                listed[name] = listed.get(name, {}) | item
        path = self.root / "_nights" / f"{night}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"night": str(night), "tables": listed}))

    def add(self, name: str, night: date, row: Row, **changes: Any) -> None:
        """A copy of a row arrives on a night, changed."""
        at = datetime.combine(night, datetime.min.time()) + timedelta(hours=20)
        self.rows[name, night].append(row | {"ingested_at": at} | changes)
        self.write_table(name, night)
        self.close(night)


@dataclass
class Warehouse:
    """A landing zone, a state folder, and runs with a dbt that does next to nothing."""

    settings: Settings
    landing: Landing
    builds: list[tuple[date, date]] = field(default_factory=list)
    fail: dict[str, BaseException] = field(default_factory=dict)

    def build(self, settings, run_id, first, last, lock, full_refresh) -> Built:
        """Stands in for dbt: a mart that says which nights were built."""
        if "build" in self.fail:
            raise self.fail.pop("build")
        self.builds.append((first, last))
        with duckdb.connect(str(settings.build)) as connection:
            connection.execute("create schema if not exists marts")
            connection.execute("create table if not exists marts.fct_nights (night date)")
            connection.execute(
                "delete from marts.fct_nights where night between ? and ?", [first, last]
            )
            connection.execute(
                "insert into marts.fct_nights select unnest(generate_series(?, ?, interval 1 day))",
                [first, last],
            )
        return Built(nodes={"model": {"success": 1}, "test": {"pass": 2}}, marts={"fct_nights"})

    def publish(self, *arguments):
        if "publish" in self.fail:
            raise self.fail.pop("publish")
        return publish(*arguments)

    def gate(self, *arguments):
        if "gate" in self.fail:
            raise self.fail.pop("gate")
        return run_gate(*arguments) if self.real_gate else PassingGate()

    def policy(self, settings):
        if self.real_policy:
            check_seeds(settings)

    real_gate: bool = False
    real_policy: bool = False

    def run(self, **request: Any) -> str | None:
        steps = Steps(self.policy, self.gate, self.build, self.publish)
        return run(self.settings, Request(**request), steps)

    def manifest(self, run_id: str) -> dict[str, Any]:
        return json.loads((self.settings.manifests / f"{run_id}.json").read_text())

    def marts(self, query: str) -> list[tuple[Any, ...]]:
        path = self.settings.published / "marts.duckdb"
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(query).fetchall()


class PassingGate:
    def facts(self):
        return {"rows_in": {"orders": 20}, "quarantined": {}, "gate": {"result": "passed"}}

    def line(self):
        return "passed"


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch):
    for name in list(os.environ):
        if name.startswith("RISK_"):
            monkeypatch.delenv(name)


@pytest.fixture
def landing(tmp_path):
    return Landing(tmp_path / "landing")


@pytest.fixture
def warehouse(tmp_path, landing):
    repository = tmp_path / "repository"
    (repository / "models").mkdir(parents=True)
    (repository / "models" / "one.sql").write_text("select 1")
    (repository / "seeds" / "policy").mkdir(parents=True)
    settings = Settings(
        landing.root, tmp_path / "state", repository, memory_limit="1GB", min_free_mb=1
    )
    return Warehouse(settings, landing)
