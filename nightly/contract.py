"""The landing contract as Python objects, read from the dbt source file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml

CONTRACT_PATH = Path(__file__).resolve().parent.parent / "models/staging/landing_contract.yml"

Kind = Literal["entity", "event"]


@dataclass(frozen=True)
class Column:
    """One column a marketplace delivers."""

    name: str
    data_type: str
    description: str
    required: bool = False
    pii: bool = False
    enum: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table a marketplace delivers, with its columns in contract order."""

    name: str
    description: str
    kind: Kind
    key: tuple[str, ...]
    event_time: str
    required: bool
    columns: tuple[Column, ...]

    @property
    def row_key(self) -> tuple[str, ...]:
        """The columns that name one row: the key, and for entities the version too."""
        return (*self.key, "record_seq") if self.kind == "entity" else self.key

    @property
    def pii(self) -> tuple[str, ...]:
        """Names of the columns that identify a person."""
        return tuple(column.name for column in self.columns if column.pii)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}


def load_contract(path: Path | str = CONTRACT_PATH) -> dict[str, Table]:
    """Read the contract: its tables by name, in the order of the file."""
    document = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    (source,) = document["sources"]
    tables = (_table(entry) for entry in source["tables"])
    return {table.name: table for table in tables}


def _meta(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return entry.get("config", {}).get("meta", {})


def _table(entry: Mapping[str, Any]) -> Table:
    meta = _meta(entry)
    return Table(
        name=entry["name"],
        description=entry["description"],
        kind=meta["kind"],
        key=tuple(meta["key"]),
        event_time=meta["event_time"],
        required=meta["required"],
        columns=tuple(_column(column) for column in entry["columns"]),
    )


def _column(entry: Mapping[str, Any]) -> Column:
    meta = _meta(entry)
    return Column(
        name=entry["name"],
        data_type=entry["data_type"],
        description=entry["description"],
        required=meta.get("required", False),
        pii=meta.get("pii", False),
        enum=tuple(meta.get("enum", ())),
    )
