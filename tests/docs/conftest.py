"""The parsed project, and a database that the current code built."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from nightly.manifest import History
from nightly.settings import Settings
from nightly.versions import code_hash
from tests.helpers import project

REPO = Path(__file__).resolve().parents[2]
PROJECT = "marketplace_risk_warehouse"


@dataclass(frozen=True)
class Parsed:
    """dbt's manifest of the project as it stands."""

    path: Path
    document: dict[str, Any]

    def own(self, section: str) -> list[dict[str, Any]]:
        """Entries of a section that are ours, not dbt's."""
        found = [e for e in self.document[section].values() if e["package_name"] == PROJECT]
        return sorted(found, key=lambda entry: entry["unique_id"])

    def nodes(self, *kinds: str) -> list[dict[str, Any]]:
        """Our nodes of some kinds."""
        return [node for node in self.own("nodes") if node["resource_type"] in kinds]


@pytest.fixture(scope="session")
def parsed() -> Parsed:
    path = project.parsed() / "manifest.json"
    return Parsed(path, json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def warehouse() -> dict[str, Path]:
    """Where a warehouse lies that the code as it stands built, else one with empty tables."""
    settings = Settings.from_environment()
    if settings.build.exists() and History.read(settings).code == code_hash(REPO):
        return {"landing": settings.landing, "state": settings.state}

    def make(folder: Path) -> None:
        simulate = [sys.executable, "-m", "simulator", "--landing", str(folder / "landing")]
        project.run([*simulate, "--scale", "50", "--nights", "1"])
        empty = {"landing": folder / "landing", "state": folder, "target": folder / "target"}
        project.dbt("seed", **empty)
        project.dbt("run", "--empty", **empty)

    folder = project.keep("empty", make)
    return {"landing": folder / "landing", "state": folder}


@pytest.fixture
def built(warehouse: dict[str, Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Its build database, to read."""
    path = warehouse["state"] / "build.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


def tracked_files() -> list[Path]:
    """Every file in git; without git, nothing can be said."""
    done = subprocess.run(
        ["git", "-C", str(REPO), "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        pytest.skip("not a git checkout")
    return [REPO / name for name in done.stdout.split("\0") if name and (REPO / name).is_file()]


def without_comments(sql: str) -> str:
    """SQL without its comments, Jinja's and its own."""
    return re.sub(r"--[^\n]*", "", re.sub(r"\{#.*?#\}", "", sql, flags=re.S))
