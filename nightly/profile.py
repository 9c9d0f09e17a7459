"""Profiles the files of a range of nights: one query per table, counts per night, no values.

The rules about rows are the ones the landing views apply (macro `landing_view_ddl`): what dbt
leaves out, the gate records. A test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from nightly.contract import Column, Table
from nightly.landing import Night
from nightly.settings import Settings

INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"} | {
    f"U{name}" for name in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
}
FRACTIONS = {"FLOAT", "DOUBLE", "DECIMAL"}
TIMES = {
    "DATE",
    "TIMESTAMP",
    "TIMESTAMP_S",
    "TIMESTAMP_MS",
    "TIMESTAMP_NS",
    "TIMESTAMP WITH TIME ZONE",
}
ALWAYS = {"VARCHAR", '"NULL"'}
"""Text is judged row by row (does it cast?); a file of nulls knows no type."""

COMPATIBLE = {
    "varchar": ALWAYS | INTEGERS | {"UUID", "ENUM"},
    "bigint": ALWAYS | INTEGERS,
    "boolean": ALWAYS | {"BOOLEAN"},
    "double": ALWAYS | INTEGERS | FRACTIONS,
    "decimal(18,10)": ALWAYS | INTEGERS | FRACTIONS,
    "timestamp": ALWAYS | TIMES,
    "date": ALWAYS | TIMES,
}


@dataclass
class TableNight:
    """What one night brought for one table."""

    night: date
    table: str
    rows_listed: int
    files_listed: int
    required_not_listed: int = 0
    unknown_table: int = 0
    misplaced_files: int = 0
    missing_files: int = 0
    unreadable_files: int = 0
    rows_found: int | None = None
    bad_rows: int = 0
    excess_bad_rows: int = 0
    misdated_rows: int = 0
    key_conflicts: int = 0
    redeliveries: int = 0
    late_redeliveries: int = 0


@dataclass
class ColumnNight:
    """What one night brought for one column of one table."""

    night: date
    table: str
    column: str
    delivered_type: str | None
    unknown_column: int = 0
    missing_required: int = 0
    incompatible_type: int = 0
    rows: int = 0
    nulls: int | None = None
    missing_values: int = 0
    cast_errors: int = 0
    enum_violations: int = 0


@dataclass
class Profile:
    """All of it. The bad rows are in the connection's table bad_rows."""

    connection: duckdb.DuckDBPyConnection
    tables: dict[tuple[str, date], TableNight] = field(default_factory=dict)
    columns: dict[tuple[str, date, str], ColumnNight] = field(default_factory=dict)
    sound: dict[tuple[str, date], list[str]] = field(default_factory=dict)

    def delivered(self, table: str, nights: Iterable[date]) -> set[str]:
        """Columns that the nights brought for a table."""
        wanted = set(nights)
        return {
            column
            for name, night, column in self.columns
            if name == table
            and night in wanted
            and self.columns[name, night, column].delivered_type is not None
        }


def connect(settings: Settings) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that spills beyond its limit."""
    settings.spill.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(
        config={
            "memory_limit": settings.memory_limit,
            "temp_directory": str(settings.spill),
            "preserve_insertion_order": "false",
        }
    )
    connection.execute("set timezone = 'UTC'")
    connection.execute(
        "create temp table bad_rows "
        "(table_name varchar, night date, path varchar, row_number bigint, reason varchar)"
    )
    return connection


def profile(
    settings: Settings,
    contract: dict[str, Table],
    nights: Sequence[Night],
    earlier: Sequence[Night],
    redelivery_nights: int,
) -> Profile:
    """Profile `nights`; keys are also compared with the `earlier` ones."""
    result = Profile(connect(settings))
    schemas = _schemas(result.connection, settings, [*_files(nights)])
    for night in nights:
        _look_at_files(result, settings, contract, night, schemas)
    for table in contract.values():
        listed = {
            night: paths for (name, night), paths in result.sound.items() if name == table.name
        }
        if any(listed.values()):
            _look_at_rows(result, settings, table, listed)
            _look_at_keys(result, settings, table, listed, earlier, redelivery_nights)
    _count_bad_rows(result)
    return result


# ------------------------------------------------------------------------------------------- files


@dataclass
class FileFacts:
    """A Parquet file's footer."""

    rows: int
    types: dict[str, str]


def _files(nights: Sequence[Night]) -> Iterable[str]:
    return (path for night in nights for item in night.tables.values() for path in item.files)


def _schemas(
    connection: duckdb.DuckDBPyConnection, settings: Settings, files: list[str]
) -> dict[str, FileFacts | None]:
    """Footers of the files that exist; nothing for one that cannot be read."""
    existing = [path for path in files if (settings.landing / path).is_file()]
    facts: dict[str, FileFacts | None] = {}
    for chunk in (existing[start : start + 2000] for start in range(0, len(existing), 2000)):
        try:
            facts |= _footers(connection, settings, chunk)
        except duckdb.Error:
            for path in chunk:
                try:
                    facts |= _footers(connection, settings, [path])
                except duckdb.Error:
                    facts[path] = None
    return facts


def _footers(
    connection: duckdb.DuckDBPyConnection, settings: Settings, files: list[str]
) -> dict[str, FileFacts]:
    names = {str(settings.landing / path): path for path in files}
    found = {
        names[name]: FileFacts(rows, {})
        for name, rows in connection.execute(
            "select file_name, num_rows from parquet_file_metadata(?)", [list(names)]
        ).fetchall()
    }
    for name, column, kind in connection.execute(
        "select file_name, name, duckdb_type from parquet_schema(?) "
        "where duckdb_type is not null order by file_name, column_id",
        [list(names)],
    ).fetchall():
        found[names[name]].types[column.lower()] = kind.split("(")[0]
    return found


def _look_at_files(
    result: Profile,
    settings: Settings,
    contract: dict[str, Table],
    night: Night,
    schemas: dict[str, FileFacts | None],
) -> None:
    required = [name for name, table in contract.items() if table.required]
    for name in sorted({*night.tables, *required}):
        item = night.tables.get(name)
        row = TableNight(
            night.night, name, item.rows if item else 0, len(item.files) if item else 0
        )
        result.tables[name, night.night] = row
        if item is None:
            row.required_not_listed = 1
            continue
        if name not in contract:
            row.unknown_table = 1
            continue
        place = f"{name}/dt={night.night}/"
        row.misplaced_files = sum(not path.startswith(place) for path in item.files)
        row.missing_files = sum(path not in schemas for path in item.files)
        row.unreadable_files = sum(path in schemas and schemas[path] is None for path in item.files)
        sound = {path: facts for path in item.files if (facts := schemas.get(path))}
        row.rows_found = sum(facts.rows for facts in sound.values())
        for facts in sound.values():
            _look_at_types(result, contract[name], night.night, facts)
        if not (row.misplaced_files or row.missing_files or row.unreadable_files):
            blocked = any(
                found.missing_required or found.incompatible_type
                for column in contract[name].columns
                if (found := result.columns.get((name, night.night, column.name)))
            )
            paths = [str(settings.landing / path) for path in sound]
            result.sound[name, night.night] = [] if blocked else paths


def _look_at_types(result: Profile, table: Table, night: date, facts: FileFacts) -> None:
    for column, kind in facts.types.items():
        key = (table.name, night, column)
        row = result.columns.setdefault(key, ColumnNight(night, table.name, column, kind))
        row.delivered_type = kind
        known = table.by_name.get(column)
        if known is None:
            row.unknown_column = int(column != "dt")
        elif kind not in COMPATIBLE[known.data_type]:
            row.incompatible_type = 1
    for known in table.columns:
        if known.name not in facts.types:
            key = (table.name, night, known.name)
            row = result.columns.setdefault(key, ColumnNight(night, table.name, known.name, None))
            if known.required and facts.rows:
                row.missing_required = 1


# -------------------------------------------------------------------------------------------- rows


def _typed(table: Table, present: set[str], files: list[str], only: str = "") -> str:
    """The table with contract types, arrival night, content hash and the rule a row breaks."""
    typed = [
        f'try_cast("{column.name}" as {column.data_type}) as "{column.name}"'
        if column.name in present
        else f'null::{column.data_type} as "{column.name}"'
        for column in table.columns
    ]
    errors = [
        f"""when "{column.name}" is not null and try_cast("{column.name}" as {column.data_type}) """
        f"is null then 'not a {column.data_type}: {column.name}'"
        for column in table.columns
        if column.name in present
    ]
    content = ", ".join(
        f"""'{column.name}': "{column.name}\""""
        for column in table.columns
        if column.name != "ingested_at"
    )
    return f"""
        with delivered as (
            select * from read_parquet(
                {_list(files)},
                union_by_name = true,
                hive_partitioning = true,
                hive_types = {{'dt': date}},
                filename = 'delivered_path',
                file_row_number = true
            )
        ),
        typed as (
            select
                {", ".join(typed)},
                dt as night,
                delivered_path,
                file_row_number,
                case {" ".join(errors)} when false then '' end as cast_error
            from delivered
        )
        select *, md5(to_json({{{content}}})) as row_hash, {_reason(table)} as quarantine_reason
        from (from typed {only})
    """


def _reason(table: Table) -> str:
    rules = [
        f"""when "{column.name}" is null then 'required but missing: {column.name}'"""
        for column in table.columns
        if column.required
    ]
    rules += [
        f"""when {_outside(column)} then 'value not in the contract: {column.name}'"""
        for column in table.columns
        if column.enum
    ]
    rules.append("when ingested_at::date <> night then 'arrived on another night: ingested_at'")
    return f"coalesce(cast_error, case {' '.join(rules)} end)"


def _outside(column: Column) -> str:
    return f'"{column.name}" not in ({", ".join(_quote(value) for value in column.enum)})'


def _look_at_rows(
    result: Profile, settings: Settings, table: Table, listed: dict[date, list[str]]
) -> None:
    files = [path for paths in listed.values() for path in paths]
    present = result.delivered(table.name, listed)
    known = [column for column in table.columns if column.name in present]
    measures = [f'count("{column.name}")' for column in known]
    measures += [
        f"count(*) filter ({_outside(column)})" if column.enum else "0" for column in known
    ]
    measures += [
        f"""count(*) filter (cast_error = 'not a {column.data_type}: {column.name}')"""
        for column in known
    ]
    rows = result.connection.execute(
        "select night, count(*), count(quarantine_reason), "
        "count(*) filter (ingested_at::date <> night), "
        f"{', '.join(measures)} "
        f"from ({_typed(table, present, files)}) group by night order by night"
    ).fetchall()
    width = len(known)
    suspect = [night for night, _, bad, *_ in rows if bad]
    for night, count, _, misdated, *values in rows:
        result.tables[table.name, night].misdated_rows = misdated
        for index, column in enumerate(known):
            row = result.columns.get((table.name, night, column.name))
            if row is None:
                row = ColumnNight(night, table.name, column.name, None)
                result.columns[table.name, night, column.name] = row
            filled, outside, uncast = (
                values[index],
                values[width + index],
                values[2 * width + index],
            )
            row.rows, row.nulls = count, count - filled - uncast
            row.enum_violations, row.cast_errors = outside, uncast
            row.missing_values = row.nulls if column.required else 0
        for column in table.columns:
            if column.name not in present and (table.name, night, column.name) in result.columns:
                row = result.columns[table.name, night, column.name]
                row.rows = row.nulls = count
    if suspect:
        files = [path for night in suspect for path in listed[night]]
        result.connection.execute(
            f"insert into bad_rows select ?, night, delivered_path, file_row_number, "
            f"quarantine_reason "
            f"from ({_typed(table, present, files)}) where quarantine_reason is not null",
            [table.name],
        )


# -------------------------------------------------------------------------------------------- keys


def _look_at_keys(
    result: Profile,
    settings: Settings,
    table: Table,
    listed: dict[date, list[str]],
    earlier: Sequence[Night],
    redelivery_nights: int,
) -> None:
    """Same key again: same content is a redelivery, other content a conflict; the first wins."""
    first = min(listed)
    past = {
        item.night: [
            str(settings.landing / path)
            for path in item.tables[table.name].files
            if (settings.landing / path).is_file()
        ]
        for item in earlier
        if item.night < first and table.name in item.tables
    }
    since = first - timedelta(days=redelivery_nights)
    recent = [path for night, paths in past.items() if night >= since for path in paths]
    new = [path for paths in listed.values() for path in paths]
    key = ", ".join(f'"{column}"' for column in table.row_key)
    connection = result.connection
    connection.execute("drop table if exists repeated")
    connection.execute(
        f"create temp table repeated as select {key} from ({_keys(table, [*recent, *new])}) "
        f"group by {key} having count(*) > 1 and max(dt) >= ?",
        [first],
    )
    older = _older(connection, table, past, since, new, redelivery_nights)
    found = connection.execute("select count(*) from repeated").fetchall()[0][0]
    if not found:
        return
    files = [*older, *recent, *new]
    present = {name for facts in [_columns(connection, files)] for name in facts}
    connection.execute("drop table if exists judged")
    connection.execute(f"""
        create temp table judged as
        with kept as (
            select *
            from ({_typed(table, present, files, f"semi join repeated using ({key})")})
            where quarantine_reason is null
        )
        select
            night,
            delivered_path,
            file_row_number,
            row_hash = first_value(row_hash) over arrivals as same,
            night - first_value(night) over arrivals as days,
            row_number() over arrivals as arrival
        from kept
        window arrivals as (
            partition by {key}
            order by night, ingested_at, row_hash, delivered_path, file_row_number
        )
    """)
    connection.execute(
        "insert into bad_rows select ?, night, delivered_path, file_row_number, "
        "'same key, other content: the first arrival counts' "
        "from judged where not same and night >= ?",
        [table.name, first],
    )
    for night, again, late, conflicts in connection.execute(
        "select night, count(*) filter (same), count(*) filter (same and days > ?), "
        "count(*) filter (not same) from judged where arrival > 1 and night >= ? group by night",
        [redelivery_nights, first],
    ).fetchall():
        row = result.tables[table.name, night]
        row.redeliveries, row.late_redeliveries, row.key_conflicts = again, late, conflicts


def _keys(table: Table, files: list[str]) -> str:
    casts = ", ".join(
        f'try_cast("{column}" as {table.by_name[column].data_type}) as "{column}"'
        for column in table.row_key
    )
    event = table.event_time
    return (
        f'select {casts}, try_cast("{event}" as timestamp) as event_at, dt '
        f"from read_parquet({_list(files)}, union_by_name = true, hive_partitioning = true, "
        "hive_types = {'dt': date})"
    )


def _older(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    past: dict[date, list[str]],
    since: date,
    new: list[str],
    redelivery_nights: int,
) -> list[str]:
    """Files before the look-back that hold a key of a new row whose event is older than it."""
    if not any(night < since for night in past):
        return []
    key = ", ".join(f'"{column}"' for column in table.row_key)
    connection.execute(
        f"create or replace temp table late as select {key}, event_at from "
        f"({_keys(table, new)}) where event_at < dt - to_days(?)",
        [redelivery_nights],
    )
    oldest = connection.execute("select min(event_at)::date from late").fetchall()[0][0]
    if oldest is None:
        return []
    candidates = [
        path for night, paths in past.items() if oldest <= night < since for path in paths
    ]
    if not candidates:
        return []
    names = _keys(table, candidates).replace(", dt from", ", dt, filename from")
    names = names.replace("union_by_name", "filename = true, union_by_name")
    connection.execute(
        f"create or replace temp table met as select {key}, filename from ({names}) "
        f"semi join late using ({key})"
    )
    connection.execute(
        f"insert into repeated select distinct {key} from met anti join repeated using ({key})"
    )
    found = connection.execute("select distinct filename from met order by 1").fetchall()
    return [path for (path,) in found]


def _columns(connection: duckdb.DuckDBPyConnection, files: list[str]) -> set[str]:
    rows = connection.execute(
        "select distinct lower(name) from parquet_schema(?) where duckdb_type is not null", [files]
    ).fetchall()
    return {name for (name,) in rows}


def _count_bad_rows(result: Profile) -> None:
    for name, night, count in result.connection.execute(
        "select table_name, night, count(*) from bad_rows group by all"
    ).fetchall():
        result.tables[name, night].bad_rows = count


def _list(files: Iterable[str | Path]) -> str:
    return f"[{', '.join(_quote(path) for path in files)}]"


def _quote(value: Any) -> str:
    return "'" + str(value).replace("'", "''") + "'"
