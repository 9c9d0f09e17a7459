"""Looks for personal values where none may be: in every table after landing, and in files.

Three nets, because each has holes the others do not:

* names: no column carries the name of a personal column of the contract;
* shape: whatever is called a hash looks like one;
* values: no landed personal value stands in a text column, alone or (a few of each kind) inside
  longer text such as JSON.

Findings name the place and the kind of value, never the value itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from nightly.contract import Table, load_contract

LANDING_SCHEMAS = ("landing",)
SYSTEM_SCHEMAS = ("information_schema", "pg_catalog")
TOO_COMMON = {"card_last4", "date_of_birth"}
"""Columns whose values also mean other things (four digits, a day): found by name only."""
SHORTEST = 6
HASH = "^[0-9a-f]{32}$"

Values = Mapping[str, Iterable[str]]


@dataclass(frozen=True, order=True)
class Leak:
    """A place that holds something personal, what it seems to be, and in how many rows."""

    place: str
    what: str
    rows: int


def landed_values(
    landing: Path, *, per_column: int = 2000, contract: Mapping[str, Table] | None = None
) -> dict[str, list[str]]:
    """Personal texts of a landing zone by `table.column`: lower case, some of each column."""
    connection = duckdb.connect()
    values: dict[str, list[str]] = {}
    for table in (contract or load_contract()).values():
        if not any(landing.glob(f"{table.name}/*/*.parquet")):
            continue
        files = f"read_parquet('{landing}/{table.name}/*/*.parquet', union_by_name = true)"
        present = {row[0] for row in connection.execute(f"describe from {files}").fetchall()}
        for column in sorted(present.intersection(table.pii) - TOO_COMMON):
            rows = connection.execute(
                f"select distinct lower(trim({column})) as value from {files} "
                f"where length(trim({column})) >= {SHORTEST} order by md5(value) limit {per_column}"
            ).fetchall()
            values[f"{table.name}.{column}"] = [value for (value,) in rows]
    return values


def find_leaks(
    database: Path,
    values: Values,
    *,
    skip_schemas: Iterable[str] = LANDING_SCHEMAS,
    allowed: Iterable[str] = (),
    contract: Mapping[str, Table] | None = None,
) -> list[Leak]:
    """Everything personal in the tables and views of a DuckDB file.

    Args:
        database: the file, opened for reading only.
        values: what to look for, by kind, as `landed_values` returns it.
        skip_schemas: schemas that may hold personal data.
        allowed: places, as `schema.table.column`, where a finding is known to be harmless.
        contract: the tables whose personal columns must not reappear; the project's by default.
    """
    personal = {name for table in (contract or load_contract()).values() for name in table.pii}
    allowed = set(allowed)
    pattern = _pattern(values)
    connection = duckdb.connect(str(database), read_only=True)
    pairs = [(value.lower(), kind) for kind, kept in values.items() for value in kept]
    connection.register(
        "personal_values",
        pa.table(
            {
                "value": pa.array([value for value, _ in pairs], pa.string()),
                "kind": pa.array([kind for _, kind in pairs], pa.string()),
            }
        ),
    )
    leaks: list[Leak] = []
    for relation, column, data_type in _columns(connection, {*skip_schemas, *SYSTEM_SCHEMAS}):
        if f"{relation}.{column}" in allowed:
            continue
        if column in personal:
            leaks.append(Leak(f"{relation}.{column}", "named as a personal column", 0))
        if "VARCHAR" in data_type or data_type == "JSON":
            leaks += _scan(connection, relation, column, pattern)
    connection.close()
    return sorted(leaks)


def find_in_files(paths: Iterable[Path], values: Values) -> list[Leak]:
    """A few personal values of each kind inside text files: logs, compiled SQL, pages."""
    expression = re.compile(_pattern(values) or r"(?!)")
    leaks = []
    for path in paths:
        found = expression.findall(path.read_text("utf-8", errors="ignore").lower())
        if found:
            leaks.append(Leak(str(path), "personal text", len(found)))
    return sorted(leaks)


def _columns(
    connection: duckdb.DuckDBPyConnection, skipped: set[str]
) -> Iterator[tuple[str, str, str]]:
    rows = connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type, schema_name "
        "from duckdb_columns() where database_name = current_database() and not internal "
        "order by all"
    ).fetchall()
    yield from ((row[0], row[1], row[2]) for row in rows if row[3] not in skipped)


def _scan(
    connection: duckdb.DuckDBPyConnection, relation: str, column: str, pattern: str
) -> Iterator[Leak]:
    schema, table = relation.split(".", 1)
    place, source = f"{relation}.{column}", f'"{schema}"."{table}" as scanned'
    text = f'lower(trim(cast(scanned."{column}" as varchar)))'
    if column.endswith("_hash"):
        rows = _count(connection, f"from {source} where not regexp_matches({text}, '{HASH}')")
        if rows:
            yield Leak(place, "called a hash, but none", rows)
        return
    alone = connection.execute(
        f"select personal_values.kind, count(*) from {source} "
        f"join personal_values on {text} = personal_values.value group by all"
    ).fetchall()
    yield from (Leak(place, kind, rows) for kind, rows in alone)
    if pattern:
        quoted = pattern.replace("'", "''")
        inside = f"from {source} where regexp_matches({text}, '{quoted}')"
        rows = _count(connection, inside)
        if rows and not alone:
            yield Leak(place, "personal text inside longer text", rows)


def _count(connection: duckdb.DuckDBPyConnection, clause: str) -> int:
    return connection.execute(f"select count(*) {clause}").fetchall()[0][0]


def _pattern(values: Values, of_each: int = 4) -> str:
    """A regular expression that finds some values of each kind, not as part of a longer word."""
    chosen = {value.lower() for kept in values.values() for value in list(kept)[:of_each]}
    if not chosen:
        return ""
    special = re.compile(r"([.^$*+?()\[\]{}|\\])")
    either = "|".join(special.sub(r"\\\1", value) for value in sorted(chosen))
    return f"(?:^|[^a-z0-9])(?:{either})(?:[^a-z0-9]|$)"
