"""The parsed project, and a database that the current code built."""

import json
import os
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


def dbt(*arguments: str, **environment: str) -> None:
    """Run dbt in the project."""
    command = [str(Path(sys.executable).parent / "dbt"), "--quiet", *arguments]
    done = subprocess.run(
        command, cwd=REPO, env=os.environ | environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> Parsed:
    target = tmp_path_factory.mktemp("parsed")
    dbt("parse", "--target-path", str(target))
    path = target / "manifest.json"
    return Parsed(path, json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where a warehouse lies that the code as it stands built, else one with empty tables."""
    settings = Settings.from_environment()
    if settings.build.exists() and History.read(settings).code == code_hash(REPO):
        return {"RISK_LANDING": str(settings.landing), "RISK_STATE": str(settings.state)}
    return _build_empty(tmp_path_factory.mktemp("built"))


@pytest.fixture
def built(warehouse: dict[str, str]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Its build database, to read."""
    path = Path(warehouse["RISK_STATE"]) / "build.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


def _build_empty(work: Path) -> dict[str, str]:
    landing, state = work / "landing", work / "state"
    simulate = [sys.executable, "-m", "simulator", "--landing", str(landing)]
    subprocess.run(
        [*simulate, "--scale", "50", "--nights", "1"], cwd=REPO, check=True, capture_output=True
    )
    places = {"RISK_LANDING": str(landing), "RISK_STATE": str(state)}
    target = ("--target-path", str(work / "target"))
    dbt("seed", *target, **places)
    dbt("run", "--empty", *target, **places)
    return places


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
