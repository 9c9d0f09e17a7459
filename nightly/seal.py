"""Closes nights for a landing zone whose producer does not write `_nights` files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
from pyarrow import ArrowException

from nightly.contract import Table
from nightly.errors import NightlyError
from nightly.files import write_json
from nightly.landing import ONE_DAY, parse_night
from nightly.settings import Settings, need_folder


def seal(settings: Settings, contract: dict[str, Table], only: date | None = None) -> list[date]:
    """Write the missing `_nights` files, oldest first, and return their nights.

    Every date from the first partition to the last is closed, also one on which nothing arrived.
    A table is listed from its first partition on (a required one always, once its folder exists),
    with 0 rows where it has none; before that, the marketplace does not deliver it yet.
    """
    need_folder(settings.landing, "RISK_LANDING", "point it at your landing zone")
    partitions = {
        name: _partitions(settings.landing / name)
        for name in contract
        if (settings.landing / name).is_dir()
    }
    dates = sorted({night for found in partitions.values() for night in found})
    if not dates and only is None:
        raise NightlyError(
            f"nothing to seal in {settings.landing}: put Parquet files at "
            "<table>/dt=YYYY-MM-DD/, tables as in models/staging/landing_contract.yml"
        )
    first = {name: min(found) for name, found in partitions.items() if found}
    sealed = []
    for night in [only] if only else _every_date(dates[0], dates[-1]):
        path = settings.nights / f"{night}.json"
        if path.exists():
            continue
        tables = {
            name: _delivery(settings.landing, found.get(night))
            for name, found in partitions.items()
            if contract[name].required or (name in first and first[name] <= night)
        }
        write_json(path, {"night": night.isoformat(), "tables": tables})
        sealed.append(night)
    return sealed


def _every_date(first: date, last: date) -> Iterable[date]:
    return (first + ONE_DAY * day for day in range((last - first).days + 1))


def _partitions(table: Path) -> dict[date, Path]:
    found = {}
    for folder in table.glob("dt=*"):
        night = parse_night(folder.name.removeprefix("dt="))
        if night is None:
            raise NightlyError(f"{folder} is no partition: rename it to dt=YYYY-MM-DD")
        found[night] = folder
    return found


def _delivery(landing: Path, folder: Path | None) -> dict[str, object]:
    files = sorted(folder.glob("*.parquet")) if folder else []
    return {
        "rows": sum(_rows(path) for path in files),
        "files": [path.relative_to(landing).as_posix() for path in files],
    }


def _rows(path: Path) -> int:
    try:
        return pq.read_metadata(path).num_rows
    except (ArrowException, OSError) as error:
        raise NightlyError(
            f"{path} is not readable Parquet: have it delivered again, then `make seal`"
        ) from error
