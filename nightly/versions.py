"""What built the marts: versions, code and limits."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("dbt-core", "dbt-duckdb", "duckdb", "great_expectations")
CODE = (
    "models/**/*.sql",
    "macros/**/*.sql",
    "models/**/*.yml",
    "seeds/reference/**/*.csv",
    "dbt_project.yml",
)


def versions() -> dict[str, str]:
    """Versions of Python and of what computes."""
    return {"python": platform.python_version()} | {name: version(name) for name in PACKAGES}


def code_hash(repository: Path) -> str:
    """Hash of every file that decides what a mart says, policy aside."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in CODE for path in repository.glob(pattern)}):
        digest.update(path.relative_to(repository).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def revision(repository: Path) -> str | None:
    """The git commit, where there is one."""
    try:
        found = subprocess.run(
            ["git", "-C", str(repository), "rev-parse", "--short=12", "HEAD"],
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.strip()
