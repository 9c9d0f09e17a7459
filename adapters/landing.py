"""The writing half every adapter shares: tables by arrival date, then the files that close nights.

An adapter brings SQL: one `sql/tables/<landing table>.sql` per table it can honestly fill, each a
plain select that names `ingested_at`, the moment each row became known. Everything else is here.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import duckdb

OWNER = "_ADAPTER"  # who wrote the folder: a rerun may empty it, nobody else
PUBLIC = "_PUBLIC"  # the public demo key may hash what lies here
NIGHTS = "_nights"

RowsByNight = Mapping[date, int]


class AdapterError(Exception):
    """What stops an adapter, said in one line for the person who started it."""


def quoted(text: object) -> str:
    """A text as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


def create_views(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """Turn every `<name>.sql` of a folder into the view `<name>`, in order."""
    names = []
    for path in sorted(folder.glob("*.sql")):
        name = path.stem.lstrip("0123456789_")  # 2_items.sql is created after 1_orders.sql
        connection.execute(f"create view {name} as\n{path.read_text(encoding='utf-8')}")
        names.append(name)
    return names


def prepare(landing: Path, adapter: str, tables: Iterable[str], *, is_public: bool) -> None:
    """Empty the landing root of what this adapter wrote before; refuse a root that is not its own.

    `is_public` says that the data is synthetic or published by its owner. Real people's data is
    not, and then only a landing run with RISK_HASH_KEY will read it.
    """
    if landing.exists() and not landing.is_dir():
        raise AdapterError(f"{landing} is not a folder: choose another landing folder")
    owner = landing / OWNER
    own = owner.is_file() and owner.read_text(encoding="utf-8").strip() == adapter
    if landing.is_dir() and any(landing.iterdir()) and not own:
        raise AdapterError(
            f"{landing} holds something that {adapter} did not write: choose an empty folder"
        )
    shutil.rmtree(landing / NIGHTS, ignore_errors=True)  # first: an open night is never read
    for table in tables:
        shutil.rmtree(landing / table, ignore_errors=True)
    landing.mkdir(parents=True, exist_ok=True)
    owner.write_text(f"{adapter}\n", encoding="utf-8")
    if is_public:
        (landing / PUBLIC).write_text("synthetic or public data\n", encoding="utf-8")


def write_table(
    connection: duckdb.DuckDBPyConnection, table: str, order_by: str, landing: Path
) -> dict[date, int]:
    """Write one table to `<table>/dt=YYYY-MM-DD/part-0.parquet`; returns its rows by night."""
    connection.execute(
        f"create temp table landed_{table} as "
        f"select *, cast(ingested_at as date) as dt from {table}"
    )
    unplaced = f"select count(*) from landed_{table} where dt is null"
    if connection.execute(unplaced).fetchall()[0][0]:
        raise AdapterError(f"{table}: a row has no ingested_at, so it belongs to no night")
    rows = connection.execute(
        f"select dt, count(*) from landed_{table} group by dt order by dt"
    ).fetchall()
    connection.execute(
        f"copy (select * from landed_{table} order by dt, {order_by}) "
        f"to {quoted(landing / table)} "
        "(format parquet, partition_by (dt), filename_pattern 'part-{i}', overwrite_or_ignore)"
    )
    return dict(rows)


def close_nights(landing: Path, tables: Mapping[str, RowsByNight]) -> tuple[date, date]:
    """Close every calendar night from the first row to the last, the empty ones too.

    A table delivered on some night is listed on all of them: 0 rows says that nothing happened,
    absence would say that nobody looks.
    """
    nights = sorted({night for rows in tables.values() for night in rows})
    if not nights:
        raise AdapterError("no rows at all: there is no night to close")
    (landing / NIGHTS).mkdir(exist_ok=True)
    night = nights[0]
    while night <= nights[-1]:
        listed = {table: _delivery(table, night, rows) for table, rows in sorted(tables.items())}
        text = json.dumps({"night": night.isoformat(), "tables": listed}, indent=1)
        (landing / NIGHTS / f"{night}.json").write_text(text + "\n", encoding="utf-8")
        night += timedelta(days=1)
    return nights[0], nights[-1]


def _delivery(table: str, night: date, rows: RowsByNight) -> dict[str, object]:
    count = rows.get(night, 0)
    return {"rows": count, "files": [f"{table}/dt={night}/part-0.parquet"] if count else []}
