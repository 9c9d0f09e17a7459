"""The project parsed once, and what is made once of the code as it stands: for whoever asks.

`python -m tests.helpers.project ...` is dbt on the parsed project: every other command line of dbt
parses all models anew as soon as its variables or its state differ from the last one's.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from nightly.versions import versions

PROJECT = Path(__file__).resolve().parents[2]
KEPT = PROJECT / ".kept"
KEPT_CODES = 2
FOLDERS = ("models", "macros", "seeds", "tests", "analyses", "simulator", "nightly")
FILES = ("dbt_project.yml", "profiles.yml")
SUFFIXES = {".sql", ".yml", ".csv", ".md", ".py"}


def fingerprint() -> str:
    """Hash of all that decides what is parsed, simulated, built and compared."""
    digest = hashlib.sha256(repr((PROJECT, versions())).encode())
    found = [path for folder in FOLDERS for path in (PROJECT / folder).glob("**/*")]
    for path in sorted([*found, *(PROJECT / name for name in FILES)]):
        if path.suffix in SUFFIXES:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(PROJECT)} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:16]


@cache
def code() -> str:
    """The fingerprint when this process first asked."""
    return fingerprint()


def keep(name: str, make: Callable[[Path], None]) -> Path:
    """The folder that ``make`` has filled, once for the code as it stands; others wait for it.

    Args:
        name: says all that the content depends on besides the code.
        make: is given an empty folder; if it fails, the next one to ask makes it anew.
    """
    folder = KEPT / code() / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    _forget_old_code()
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not Path(f"{folder}.done").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            if fingerprint() != code():
                raise RuntimeError(f"the code changed while '{name}' was made: start again")
            Path(f"{folder}.done").touch()
    return folder


def _forget_old_code() -> None:
    kept = sorted(KEPT.iterdir(), key=lambda path: path.stat().st_mtime)
    for old in kept[:-KEPT_CODES]:
        if old.name != code():
            shutil.rmtree(old, ignore_errors=True)


def parsed() -> Path:
    """The folder in which dbt has parsed the project: manifest.json, partial_parse.msgpack."""
    return keep("parsed", _parse)


def _parse(folder: Path) -> None:
    real = Path(sys.executable).parent / "dbt"
    strict = ["--warn-error-options", '{"error": ["Deprecations"]}']
    run([real, "--quiet", *strict, "parse", "--no-partial-parse"], _places(folder, folder))


def dbt(*arguments: str, landing: Path, state: Path, target: Path, **environment: str) -> None:
    """Run dbt on the parsed project, in a process of its own; raise with what it said.

    Args:
        arguments: of dbt.
        landing: the landing zone.
        state: the folder of build.duckdb.
        target: the folder for what dbt writes, logs too.
        environment: more variables.
    """
    parsed()
    places = _places(state, target) | {"RISK_LANDING": str(landing)} | environment
    run([sys.executable, "-m", "tests.helpers.project", "--quiet", *arguments], places)


def _places(state: Path, target: Path) -> dict[str, str]:
    return {
        "RISK_STATE": str(state),
        "RISK_HASH_KEY": "",
        "DBT_TARGET_PATH": str(target),
        "DBT_LOG_PATH": str(target / "logs"),
    }


def run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> None:
    """Run a command in the project; raise with what it said when it fails."""
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env=os.environ | dict(environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = " ".join(map(str, command[1:]))
        raise RuntimeError(f"{said} failed:\n{done.stdout}\n{done.stderr}")


def main() -> int:
    """Run dbt on the parsed project; without arguments parse it only; return the exit code."""
    if len(sys.argv) == 1:
        parsed()
        return 0
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest

    manifest = Manifest.from_msgpack((parsed() / "partial_parse.msgpack").read_bytes())
    manifest.build_flat_graph()
    done = dbtRunner(manifest=manifest).invoke(sys.argv[1:])
    if done.exception:
        print(done.exception, file=sys.stderr)
    return 0 if done.success else 1


if __name__ == "__main__":
    sys.exit(main())
