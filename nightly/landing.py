"""The landing zone: which nights are closed and what each of them lists."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from nightly.errors import NightlyError
from nightly.settings import Settings, need_folder

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Delivery:
    """What one night lists for one table. Files are paths relative to the landing root."""

    rows: int
    files: tuple[str, ...]


@dataclass(frozen=True)
class Night:
    """A closed night."""

    night: date
    tables: dict[str, Delivery]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(delivery.rows for delivery in self.tables.values())

    @property
    def digest(self) -> str:
        """Changes when what the night lists changes."""
        listed = {name: [item.rows, sorted(item.files)] for name, item in self.tables.items()}
        return hashlib.sha256(json.dumps(listed, sort_keys=True).encode()).hexdigest()[:16]


def parse_night(text: str) -> date | None:
    """A date written YYYY-MM-DD, else nothing."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def closed_nights(settings: Settings) -> list[Night]:
    """Every closed night, oldest first; an empty landing zone is an error."""
    need_folder(
        settings.landing,
        "RISK_LANDING",
        "run `make build` for the demo, or point it at your landing zone",
    )
    nights = [read_night(path) for path in sorted(settings.nights.glob("*.json"))]
    if not nights:
        raise NightlyError(
            f"no closed night in {settings.nights}: run `make seal` to close what has landed, "
            "or `make build` for the demo"
        )
    return nights


def read_night(path: Path) -> Night:
    """Read one `_nights` file."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        night = date.fromisoformat(document["night"])
        tables = {
            name: Delivery(int(item.get("rows") or 0), tuple(item.get("files") or ()))
            for name, item in document["tables"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NightlyError(
            f"{path} is not a night file ({error}): delete it and run "
            f"`make seal NIGHT={path.stem}`, or have the producer write it again"
        ) from error
    if night.isoformat() != path.stem:
        raise NightlyError(f"{path} closes night {night}: the file name must be {night}.json")
    return Night(night, tables)


def first_gap(nights: list[Night], after: date) -> date | None:
    """The first night after `after` that is not closed although a later one is."""
    closed = {item.night for item in nights}
    night = after + ONE_DAY
    while night <= max(closed):
        if night not in closed:
            return night
        night += ONE_DAY
    return None
