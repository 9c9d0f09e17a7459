"""Write, audit, publish: copies the marts to a versioned file and moves one symlink.

The published tables lie in the main schema of the file: `fct_orders` to every client, and
`marts.fct_orders` to one that attaches the file as marts. A schema `marts` would be ambiguous to
DuckDB 1.4, which names the catalog after the symlink.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from nightly.errors import NightlyError
from nightly.files import point, sync
from nightly.preflight import check_unlocked
from nightly.settings import Settings

STORAGE_VERSION = "v1.4.0"
"""Readers that are two years behind can open the file."""

KEEP = 3
VERSIONED = re.compile(r"^(?:marts|parquet)-\d{4}-\d{2}-\d{2}-(\d{6})(?:\.duckdb)?$")


@dataclass(frozen=True)
class Published:
    """What was published."""

    file: Path
    rows: dict[str, int]


def publish(settings: Settings, to_night: date, number: str, names: set[str] | None) -> Published:
    """Copy schema `marts` beside what readers see, then move the symlinks to it.

    Args:
        to_night: the last night the marts hold.
        number: the run's number; with the night it names the version.
        names: the marts the project defines: a model removed from it leaves the file too.
    """
    check_unlocked(settings.build)
    settings.published.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(settings.published)
    file = settings.published / f"marts-{to_night}-{number}.duckdb"
    folder = settings.published / f"parquet-{to_night}-{number}"
    new_file, new_folder = file.with_name(f".{file.name}"), folder.with_name(f".{folder.name}")
    new_folder.mkdir()
    rows = _copy(settings, new_file, new_folder, names)
    for path in (new_file, *new_folder.rglob("*.parquet"), *new_folder.iterdir(), new_folder):
        sync(path)
    new_file.replace(file)
    if folder.exists():
        shutil.rmtree(folder)
    new_folder.replace(folder)
    sync(settings.published)
    point(settings.published / "parquet", folder)
    point(settings.published / "marts.duckdb", file)
    _prune(settings.published)
    return Published(file, rows)


def _copy(settings: Settings, file: Path, folder: Path, names: set[str] | None) -> dict[str, int]:
    rows: dict[str, int] = {}
    alias = settings.build.stem
    with duckdb.connect(config={"memory_limit": settings.memory_limit}) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute("set temp_directory = ?", [str(settings.spill)])
        connection.execute(f"attach '{_text(settings.build)}' as {alias} (read_only)")
        connection.execute(f"attach '{_text(file)}' as out (storage_version '{STORAGE_VERSION}')")
        found = connection.execute(
            "select table_name from information_schema.tables "
            "where table_catalog = ? and table_schema = 'marts' order by table_name",
            [alias],
        ).fetchall()
        for (name,) in found:
            if names is not None and name not in names:
                continue
            source, target = f'{alias}.marts."{name}"', f'out."{name}"'
            connection.execute(f"create table {target} as select * from {source}")
            _copy_comments(connection, alias, name)
            (folder / name).mkdir()
            connection.execute(
                f"copy {target} to '{_text(folder / name / 'part-0.parquet')}' "
                "(format parquet, compression zstd)"
            )
            rows[name] = connection.execute(f"select count(*) from {target}").fetchall()[0][0]
        connection.execute("detach out")
    if not rows:
        raise NightlyError(
            "schema marts is empty, nothing was published: run `.venv/bin/dbt build` and look at "
            "what was skipped"
        )
    return rows


def _copy_comments(connection: duckdb.DuckDBPyConnection, alias: str, name: str) -> None:
    found = connection.execute(
        "select column_name, comment from duckdb_columns() where database_name = ? "
        "and schema_name = 'marts' and table_name = ? and comment is not null",
        [alias, name],
    ).fetchall()
    for column, comment in found:
        connection.execute(f"""comment on column out."{name}"."{column}" is '{_text(comment)}'""")


def _remove_leftovers(published: Path) -> None:
    """Half-written versions of a run that was killed."""
    for path in published.glob(".*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _prune(published: Path) -> None:
    """Keep the last versions, and always what a symlink points at."""
    current = {link.resolve().name for link in published.iterdir() if link.is_symlink()}
    versions: dict[str, list[Path]] = {}
    for path in published.iterdir():
        match = VERSIONED.match(path.name)
        if match and not path.is_symlink():
            versions.setdefault(match[1], []).append(path)
    for number in sorted(versions)[:-KEEP]:
        for path in versions[number]:
            if path.name in current:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def _text(value: object) -> str:
    return str(value).replace("'", "''")
