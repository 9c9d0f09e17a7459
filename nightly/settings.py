"""Where things are, from the environment."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nightly.errors import NightlyError, UsageError

REPOSITORY = Path(__file__).resolve().parent.parent

VARIABLES = (
    "RISK_LANDING",
    "RISK_STATE",
    "RISK_HASH_KEY",
    "RISK_MEMORY_LIMIT",
    "RISK_MIN_FREE_MB",
)


@dataclass(frozen=True)
class Settings:
    """Folders and limits of one warehouse."""

    landing: Path
    state: Path
    repository: Path = REPOSITORY
    memory_limit: str = "8GB"
    min_free_mb: int = 1024

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read RISK_LANDING, RISK_STATE and the limits; a misspelt name is an error."""
        given = os.environ if environment is None else environment
        refuse_misspelt(given)
        free = given.get("RISK_MIN_FREE_MB") or "1024"
        if not free.isdigit():
            raise UsageError(f"RISK_MIN_FREE_MB is '{free}': give a whole number of megabytes")
        return cls(
            landing=Path(given.get("RISK_LANDING") or "data/landing").absolute(),
            state=Path(given.get("RISK_STATE") or "data").absolute(),
            memory_limit=given.get("RISK_MEMORY_LIMIT") or "8GB",
            min_free_mb=int(free),
        )

    @property
    def nights(self) -> Path:
        """Folder of the files that close a night."""
        return self.landing / "_nights"

    @property
    def quarantine(self) -> Path:
        """Bad rows. It holds personal data, so it lies under landing."""
        return self.landing / "_quarantine"

    @property
    def build(self) -> Path:
        """The file dbt writes."""
        return self.state / "build.duckdb"

    @property
    def published(self) -> Path:
        """What readers open."""
        return self.state / "published"

    @property
    def manifests(self) -> Path:
        """One JSON file per run."""
        return self.state / "manifest"

    @property
    def closes(self) -> Path:
        """Closed months, a folder per month and version."""
        return self.state / "closes"

    @property
    def profiles(self) -> Path:
        """What the gate saw, night by night: counts only, no values."""
        return self.state / "gate"

    @property
    def docs(self) -> Path:
        """Pages for people."""
        return self.state / "docs"

    @property
    def logs(self) -> Path:
        """dbt's full log, a folder per run."""
        return self.state / "logs"

    @property
    def spill(self) -> Path:
        """Where DuckDB puts what does not fit in memory."""
        return self.state / "spill"

    @property
    def target(self) -> Path:
        """Where dbt leaves its artefacts; as dbt does, from DBT_TARGET_PATH or the project."""
        return self.repository / (os.environ.get("DBT_TARGET_PATH") or "target")

    @property
    def policy(self) -> Path:
        """The policy seeds."""
        return self.repository / "seeds" / "policy"


def refuse_misspelt(environment: Mapping[str, str]) -> None:
    """Refuse RISK_LANDNG and its like: an ignored setting is a wrong build."""
    for name in environment:
        if name.startswith("RISK_") and name not in VARIABLES:
            close = difflib.get_close_matches(name, VARIABLES, n=1, cutoff=0.8)
            if close:
                raise UsageError(f"unknown variable {name}: did you mean {close[0]}?")


def need_folder(path: Path, variable: str, advice: str) -> None:
    """Stop when a folder is missing."""
    if not path.is_dir():
        raise NightlyError(f"{variable} {path} does not exist: {advice}")
