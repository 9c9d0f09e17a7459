"""Source folders in Olist's format, from rows written in a test."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from adapters.olist.__main__ import SOURCES

Row = Mapping[str, str]


def write_source(folder: Path, rows: Mapping[str, Sequence[Row]]) -> Path:
    """Write a source folder in Olist's format; files without rows get their header only."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (file_name, columns) in SOURCES.items():
        with (folder / file_name).open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, fieldnames=columns, restval="")
            writer.writeheader()
            writer.writerows(rows.get(name, ()))
    return folder
