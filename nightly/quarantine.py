"""Bad rows, as delivered, with the reason. They hold personal data, so they stay under landing."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb

from nightly.files import sync
from nightly.settings import Settings

COUNT_SQL = "select table_name, reason, count(*) from bad_rows group by all order by all"


def write_quarantine(
    connection: duckdb.DuckDBPyConnection, settings: Settings, nights: Iterable[date]
) -> dict[str, dict[str, int]]:
    """Write `_quarantine/<table>/dt=<night>/` anew; returns rows by table and reason."""
    for night in nights:
        for folder in settings.quarantine.glob(f"*/dt={night}"):
            shutil.rmtree(folder)
    groups = connection.execute(
        "select table_name, night, list(distinct path order by path) from bad_rows "
        "group by all order by all"
    ).fetchall()
    for table, night, paths in groups:
        _write(connection, settings.quarantine / table / f"dt={night}", table, night, paths)
    counts: dict[str, dict[str, int]] = {}
    for table, reason, count in connection.execute(COUNT_SQL).fetchall():
        counts.setdefault(table, {})[reason] = count
    return counts


def _write(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    table: str,
    night: date,
    paths: list[str],
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    temporary, final = folder / ".part-0.tmp", folder / "part-0.parquet"
    files = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    target = str(temporary).replace("'", "''")
    connection.execute(f"""
        copy (
            select
                delivered.* exclude (delivered_path, file_row_number),
                bad_rows.reason as quarantine_reason,
                regexp_extract(delivered.delivered_path, '[^/]+$') as quarantine_file,
                delivered.file_row_number as quarantine_row
            from read_parquet(
                [{files}],
                union_by_name = true,
                hive_partitioning = false,
                filename = 'delivered_path',
                file_row_number = true
            ) as delivered
            join bad_rows
                on bad_rows.table_name = '{table}'
                and bad_rows.night = date '{night}'
                and bad_rows.path = delivered.delivered_path
                and bad_rows.row_number = delivered.file_row_number
            order by delivered.delivered_path, delivered.file_row_number
        ) to '{target}' (format parquet)
    """)
    sync(temporary)
    temporary.replace(final)
