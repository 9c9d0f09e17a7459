"""The dbt step: builds and tests a range of nights, shows progress, condenses the outcome."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from nightly.console import Progress
from nightly.errors import NightlyError
from nightly.settings import Settings

PR_SET_PDEATHSIG = 1
SHOWN_FAILURES = 10
KEPT_LOGS = 30


@dataclass
class Built:
    """What dbt did."""

    nodes: dict[str, dict[str, int]]
    warnings: list[str] = field(default_factory=list)
    marts: set[str] | None = None


def build(
    settings: Settings, run_id: str, first: date, last: date, lock: int, full_refresh: bool
) -> Built:
    """Run `dbt build` (unit tests aside) over the nights; any error stops the night.

    The child inherits the run lock: should this process be killed, nobody starts a second
    writer while dbt is still ending.
    """
    logs = settings.logs / run_id
    logs.mkdir(parents=True, exist_ok=True)
    for old in sorted(settings.logs.iterdir())[:-KEPT_LOGS]:
        shutil.rmtree(old)
    variables = json.dumps({"from_night": first.isoformat(), "to_night": last.isoformat()})
    command = [
        str(Path(sys.executable).parent / "dbt"),
        *("--log-format", "json", "--log-path", str(logs), "--no-use-colors"),
        "build",
        *("--project-dir", str(settings.repository), "--profiles-dir", str(settings.repository)),
        *("--exclude-resource-type", "unit_test", "--vars", variables),
        *(["--full-refresh"] if full_refresh else []),
    ]
    environment = os.environ | {
        "RISK_LANDING": str(settings.landing),
        "RISK_STATE": str(settings.state),
        "RISK_MEMORY_LIMIT": settings.memory_limit,
    }
    target = settings.target
    (target / "run_results.json").unlink(missing_ok=True)
    errors: list[str] = []
    with (
        Progress("dbt") as progress,
        subprocess.Popen(
            command,
            cwd=settings.repository,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            pass_fds=(lock,),
            preexec_fn=_die_with_parent,
        ) as child,
    ):
        assert child.stdout is not None
        for line in child.stdout:
            _follow(line, progress, errors)
    results = _results(target / "run_results.json")
    failures = [result for result in results if result["status"] in {"error", "fail"}]
    if child.returncode != 0 or failures:
        raise NightlyError(_failure(failures, errors, logs / "dbt.log", child.returncode))
    nodes = _nodes(target / "manifest.json")
    return Built(
        nodes=_counts(results),
        warnings=[_warning(result, nodes) for result in results if result["status"] == "warn"],
        marts=_marts(nodes),
    )


def _die_with_parent() -> None:
    """On Linux, end with the run that started us."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _follow(line: str, progress: Progress, errors: list[str]) -> None:
    try:
        event = json.loads(line)
        info, data = event["info"], event["data"]
    except (ValueError, KeyError, TypeError):
        errors.append(line.strip())
        return
    kind = data.get("node_info", {}).get("resource_type")
    if kind not in {None, "operation"} and {"index", "total", "execution_time"} <= data.keys():
        progress.step(int(data["index"]), int(data["total"]))
    if info.get("level") == "error":
        errors.append(" ".join(str(data.get("exc") or info.get("msg") or "").split()))


def _results(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    results = json.loads(path.read_text(encoding="utf-8"))["results"]
    return [result for result in results if result.get("unique_id")]


def _counts(results: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for result in results:
        kind = result["unique_id"].split(".")[0]
        counts.setdefault(kind, Counter())[result["status"]] += 1
    return {kind: dict(counter) for kind, counter in sorted(counts.items())}


def _outcome(result: dict[str, Any]) -> str:
    kind, _, name = result["unique_id"].split(".")[:3]
    text = " ".join((result.get("message") or "").split())
    return f"{kind} {name}: {text[:300]}"


def _warning(result: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> str:
    advice = " ".join(nodes.get(result["unique_id"], {}).get("description", "").split())
    return f"{_outcome(result)}: {advice}" if advice else _outcome(result)


def _failure(
    failures: list[dict[str, Any]], errors: list[str], log: Path, returned: int | None
) -> str:
    for result in failures[1:SHOWN_FAILURES]:
        print(f"  also failed: {_outcome(result)}", file=sys.stderr)
    if failures:
        more = f" and {len(failures) - 1} more" if len(failures) > 1 else ""
        what = f"{_outcome(failures[0])}{more}"
    else:
        what = next((error for error in errors if error), f"dbt ended with code {returned}")
    return f"dbt stopped the night, published marts stay as they were: {what[:700]} (log: {log})"


def _nodes(path: Path) -> dict[str, dict[str, Any]]:
    if not path.exists():
        return {}
    nodes: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["nodes"]
    return nodes


def _marts(nodes: dict[str, dict[str, Any]]) -> set[str] | None:
    if not nodes:
        return None
    return {
        node["alias"]
        for node in nodes.values()
        if node["resource_type"] in {"model", "seed"} and node["schema"] == "marts"
    }
