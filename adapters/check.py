"""Does a landing folder keep the contract? `python -m adapters.check --landing DIR`.

Reads the contract and what the `_nights` files list, and prints one line per offence; for any
adapter, and for a producer that writes the landing zone itself. Exit 0 when there is none, 1 when
there are some, 2 when there is nothing to check.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb

from adapters.landing import NIGHTS, AdapterError, quoted
from nightly.contract import CONTRACT_PATH, Table, load_contract

# What a column of the contract may be in the files; anything else is an offence.
ACCEPTED = {
    "varchar": {"VARCHAR"},
    "bigint": {"BIGINT", "INTEGER", "SMALLINT", "TINYINT"},
    "boolean": {"BOOLEAN"},
    "double": {"DOUBLE", "FLOAT"},
    "timestamp": {"TIMESTAMP"},
    "date": {"DATE"},
    "decimal(18,10)": {"DECIMAL(18,10)"},
}

Nights = Mapping[date, Mapping[str, Mapping[str, Any]]]


def check_landing(landing: Path, contract: Mapping[str, Table]) -> list[str]:
    """Every offence of a landing folder against the contract, one line each."""
    nights, offences = _read_nights(landing)
    offences += _calendar(nights)
    offences += _tables(nights, contract)
    connection = duckdb.connect()
    connection.execute("set preserve_insertion_order = false")
    for name in sorted({table for tables in nights.values() for table in tables}):
        if name in contract:
            offences += _table(connection, landing, contract[name], nights)
    return offences


def _read_nights(landing: Path) -> tuple[Nights, list[str]]:
    paths = sorted((landing / NIGHTS).glob("*.json"))
    if not paths:
        raise AdapterError(f"no closed night in {landing / NIGHTS}: run the adapter first")
    nights, offences = {}, []
    for path in paths:
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            night = date.fromisoformat(document["night"])
            tables = document["tables"]
            _ = [(entry["rows"], entry["files"]) for entry in tables.values()]
        except (ValueError, KeyError, TypeError, AttributeError):
            offences.append(f"{NIGHTS}/{path.name}: not a night: needs night, tables, rows, files")
            continue
        if path.stem != night.isoformat():
            offences.append(f"{NIGHTS}/{path.name}: says it is night {night}")
        nights[night] = tables
    return nights, offences


def _calendar(nights: Nights) -> list[str]:
    ordered = sorted(nights)
    return [
        f"{NIGHTS}: no night between {before} and {after}; close empty nights too"
        for before, after in pairwise(ordered)
        if after - before > timedelta(days=1)
    ]


def _tables(nights: Nights, contract: Mapping[str, Table]) -> list[str]:
    listed = {table for tables in nights.values() for table in tables}
    unknown = [f"{name}: not a table of the contract" for name in sorted(listed - set(contract))]
    absent = [
        f"{table.name}: required, but no night lists it"
        for table in contract.values()
        if table.required and table.name not in listed
    ]
    return unknown + absent


def _table(
    connection: duckdb.DuckDBPyConnection, landing: Path, table: Table, nights: Nights
) -> Iterator[str]:
    listed = {
        file: (night, tables[table.name])
        for night, tables in nights.items()
        if table.name in tables
        for file in tables[table.name]["files"]
    }
    absent = [file for file in listed if not (landing / file).is_file()]
    yield from (f"{file}: listed, but not there" for file in absent)
    on_disk = {
        str(path.relative_to(landing)) for path in (landing / table.name).glob("**/*.parquet")
    }
    yield from (
        f"{file}: lies there, but no night lists it" for file in sorted(on_disk - set(listed))
    )
    present = [file for file in listed if file not in absent]
    yield from _row_counts(connection, landing, table, nights, present)
    if present:
        paths = "[" + ", ".join(quoted(landing / file) for file in present) + "]"
        yield from _schema(connection, table, paths)
        yield from _rows(connection, table, paths)


def _row_counts(
    connection: duckdb.DuckDBPyConnection,
    landing: Path,
    table: Table,
    nights: Nights,
    present: Sequence[str],
) -> Iterator[str]:
    """What a night lists against what its files hold, and files that lie in another night."""
    held: dict[str, int] = {}
    if present:
        paths = "[" + ", ".join(quoted(landing / file) for file in present) + "]"
        for path, rows in connection.execute(
            f"select file_name, num_rows from parquet_file_metadata({paths})"
        ).fetchall():
            held[str(Path(path).relative_to(landing))] = rows
    for night, tables in sorted(nights.items()):
        if table.name not in tables:
            continue
        entry = tables[table.name]
        found = sum(held.get(file, 0) for file in entry["files"])
        if found != entry["rows"]:
            yield f"{table.name} of {night}: {entry['rows']} rows listed, {found} in its files"
        home = f"{table.name}/dt={night}/"
        yield from (
            f"{file}: listed by night {night}, but not in {home}"
            for file in entry["files"]
            if not file.startswith(home)
        )


def _schema(connection: duckdb.DuckDBPyConnection, table: Table, paths: str) -> Iterator[str]:
    """Columns and types, looked at file by file."""
    seen = connection.execute(
        "select name, duckdb_type, min(file_name) "
        f"from parquet_schema({paths}) where type is not null group by all order by name"
    ).fetchall()
    for name, found, file in seen:
        if name not in table.by_name:
            yield f"{table.name}.{name}: not a column of the contract ({file})"
        elif found not in ACCEPTED[table.by_name[name].data_type]:
            expected = table.by_name[name].data_type
            yield f"{table.name}.{name}: {found} in {file}, the contract says {expected}"


def _rows(connection: duckdb.DuckDBPyConnection, table: Table, paths: str) -> Iterator[str]:
    """Required values, enums, keys and arrival dates, over all files together."""
    connection.execute(
        "create or replace temp view delivered as select * from "
        f"read_parquet({paths}, union_by_name = true, hive_partitioning = true, "
        "hive_types = {'dt': date})"
    )
    described = connection.execute("describe delivered").fetchall()
    present = {row[0] for row in described}
    rules = {}
    for column in table.columns:
        if column.required and column.name not in present:
            yield f"{table.name}.{column.name}: required, but in no file"
        elif column.required:
            rules[f"{column.name}: required, but null"] = f"{column.name} is null"
        if column.enum and column.name in present:
            allowed = ", ".join(quoted(value) for value in column.enum)
            rules[f"{column.name}: not one of {allowed}"] = f"{column.name} not in ({allowed})"
    if "ingested_at" in present:
        rules["ingested_at: not on the date of its dt"] = "cast(ingested_at as date) <> dt"
    if "record_seq" in present:
        rules["record_seq: below 1"] = "record_seq < 1"
    counts = ", ".join(f"count(*) filter (where {rule})" for rule in rules.values())
    (found,) = connection.execute(f"select {counts or 0} from delivered").fetchall()
    for rule, count in zip(rules, found, strict=bool(rules)):
        if count:
            yield f"{table.name}.{rule} ({count} rows)"
    if set(table.row_key) <= present:
        yield from _keys(connection, table, present)


def _keys(connection: duckdb.DuckDBPyConnection, table: Table, present: set[str]) -> Iterator[str]:
    """One key, one content. The same row delivered again is fine, 14 days long."""
    key = ", ".join(table.row_key)
    content = ", ".join(sorted(present - {"ingested_at", "dt"}))
    grouped = (
        f"select {key}, count(distinct md5(to_json(struct_pack({_pack(content)})))) as contents, "
        f"max(dt) - min(dt) as days from delivered group by {key} having count(*) > 1"
    )
    (found,) = connection.execute(
        "select count(*) filter (where contents > 1), count(*) filter (where days > 14) "
        f"from ({grouped})"
    ).fetchall()
    if found[0]:
        yield f"{table.name}: {found[0]} keys ({key}) with more than one content"
    if found[1]:
        yield f"{table.name}: {found[1]} keys ({key}) delivered again after more than 14 days"


def _pack(columns: str) -> str:
    return ", ".join(f"{name} := {name}" for name in columns.split(", "))


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one landing folder and say what is wrong with it."""
    parser = argparse.ArgumentParser(
        prog="python -m adapters.check",
        description="Check a landing folder against the landing contract.",
    )
    parser.add_argument("--landing", type=Path, required=True, help="landing folder to check")
    parser.add_argument("--contract", type=Path, default=CONTRACT_PATH, help="contract file")
    options = parser.parse_args(arguments)
    try:
        offences = check_landing(options.landing, load_contract(options.contract))
    except AdapterError as error:
        print(f"check: {error}", file=sys.stderr)
        return 2
    for offence in offences:
        print(offence)
    print(f"{len(offences)} offences against the contract in {options.landing}")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
