"""The life of a detection and a policy diff, end to end, on a warehouse that this code built."""

import csv
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from nightly.manifest import History
from nightly.policy_diff import policy_diff
from nightly.settings import REPOSITORY, Settings
from nightly.versions import code_hash

NIGHTS = 90
FOLDERS = ("models", "macros", "seeds", "nightly", "tests/generic", "tests/fixtures")
FILES = ("dbt_project.yml", "profiles.yml")
TODAY = "2099-01-01,2099-01-01,risk-policy-board,a test"
RAISED, SAID_AGAIN = "TXN-05", "RSL-01"
READ_BY_OTHERS = {"COL-01", "COL-02", "COL-03", "RSL-01"}
"""Their fires are an input of INC-06."""


@dataclass
class Diff:
    """A copy of the repository with changed policy, and what the diff said of it."""

    settings: Settings
    summary: dict[str, dict[str, str]]
    alerts: list[dict[str, str]]
    built: dict[str, tuple[int, int]]
    """Alerts and queued alerts of each detection in the warehouse itself."""
    shadow: str
    retired: str
    excepted: str
    entity: str
    """The entity of `excepted` that an exception names."""

    def pair(self, detection: str, name: str) -> tuple[float, float]:
        """A number before and after."""
        row = self.summary[detection]
        return float(row[f"{name}_before"]), float(row[f"{name}_after"])

    def of(self, detection: str, side: str) -> list[dict[str, str]]:
        """Alerts of a detection on one side."""
        return [
            row for row in self.alerts if (row["detection_id"], row["side"]) == (detection, side)
        ]


def digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def append(repository: Path, seed: str, *lines: str) -> None:
    with (repository / "seeds" / "policy" / f"{seed}.csv").open("a", encoding="utf-8") as handle:
        handle.writelines(f"{line}\n" for line in lines)


def version_of(repository: Path, detection: str) -> str:
    """The version of a detection's latest stage row."""
    path = repository / "seeds" / "policy" / "policy_stages.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["detection_id"] == detection]
    return max(rows, key=lambda row: row["effective_from"])["detection_version"]


@pytest.fixture(scope="module")
def diff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Diff]:
    """One diff of the last nights: TXN-05 asks for a million declines, RSL-01 says its number
    again, and of the detections that alert most one goes to shadow, one is retired and one has an
    entity excepted."""
    settings = Settings.from_environment()
    history = History.read(settings)
    if not settings.build.exists() or history.code != code_hash(REPOSITORY):
        pytest.skip("no warehouse that this code built: `make test` builds one")
    assert history.last_night
    start = min(date.fromisoformat(run["from_night"]) for run in history.completed)
    last, first = history.last_night, max(start, history.last_night - timedelta(days=NIGHTS - 1))
    with duckdb.connect(str(settings.build), read_only=True) as connection:
        found = connection.execute(
            "select detection_id, count(*), count(*) filter (is_queued), min(entity_type), "
            "min_by(entity_id, (entity_type, entity_id)) from marts.fct_alerts "
            "where alerted_on between ? and ? group by 1 order by 2 desc, 1",
            [first, last],
        ).fetchall()
    chosen = [
        (detection, kind, entity)
        for detection, alerts, queued, kind, entity in found
        if alerts == queued and detection not in {*READ_BY_OTHERS, RAISED}
    ]
    if len(chosen) < 3:
        pytest.skip("too few detections alert in this warehouse")
    (shadow, *_), (retired, *_), (excepted, kind, entity), *_ = chosen
    repository = tmp_path_factory.mktemp("repository")
    for name in FOLDERS:
        shutil.copytree(
            REPOSITORY / name, repository / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in FILES:
        shutil.copy(REPOSITORY / name, repository / name)
    git = ["git", "-C", str(repository), "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for arguments in (["init"], ["add", "."], ["commit", "--message", "as it is"]):
        subprocess.run([*git, *arguments], check=True, capture_output=True)
    append(
        repository,
        "policy_parameters",
        f"{RAISED},min_declines,all,all,1000000,{TODAY}",
        f"{SAID_AGAIN},min_accounts,all,all,3,{TODAY}",
    )
    append(
        repository,
        "policy_stages",
        f"{shadow},{version_of(repository, shadow)},shadow,{TODAY}",
        f"{retired},{version_of(repository, retired)},retired,{TODAY}",
    )
    append(
        repository,
        "policy_exceptions",
        f"E-1,{excepted},{kind},{entity},2099-01-01,,2099-01-01,risk-policy-board,a test",
    )
    before = digest(settings.build), sorted(path.name for path in settings.state.iterdir())
    folder = policy_diff(replace(settings, repository=repository), first, last)
    names = {path.name for path in settings.state.iterdir()} - {"policy-diff"}
    assert (digest(settings.build), sorted(names)) == (
        before[0],
        [name for name in before[1] if name != "policy-diff"],
    )
    with (folder / "summary.csv").open(newline="") as handle:
        summary = {row["detection_id"]: row for row in csv.DictReader(handle)}
    with (folder / "alerts.csv").open(newline="") as handle:
        rows = list(csv.DictReader(handle))
    built = {detection: (alerts, queued) for detection, alerts, queued, *_ in found}
    yield Diff(settings, summary, rows, built, shadow, retired, excepted, entity)
    shutil.rmtree(folder)


def test_before_is_what_the_warehouse_says(diff):
    assert diff.built.keys() == diff.summary.keys() - {"all"}
    for detection, (alerts, queued) in diff.built.items():
        assert diff.pair(detection, "alerts")[0] == alerts, detection
        assert diff.pair(detection, "queued")[0] == queued, detection


def test_a_threshold_above_everything_leaves_no_alert(diff):
    alerts, queued = diff.built.get(RAISED, (0, 0))
    if not alerts:
        pytest.skip(f"{RAISED} has no alert in this warehouse")
    assert diff.pair(RAISED, "alerts") == (alerts, 0)
    assert diff.pair(RAISED, "queued") == (queued, 0)
    minutes = diff.pair(RAISED, "minutes")
    assert minutes[0] > 0 or not queued
    assert minutes[1] == 0
    assert diff.pair(RAISED, "value_usd")[1] == 0
    assert int(diff.summary[RAISED]["alerts_gone"]) == alerts


def test_shadow_alerts_and_is_never_queued(diff):
    alerts, queued = diff.built[diff.shadow]
    assert diff.pair(diff.shadow, "alerts") == (alerts, alerts)
    assert diff.pair(diff.shadow, "queued") == (queued, 0)
    assert diff.pair(diff.shadow, "minutes")[1] == 0
    assert {(row["stage"], row["is_queued"]) for row in diff.of(diff.shadow, "after")} == {
        ("shadow", "false")
    }
    before, after = diff.pair(diff.shadow, "value_usd")
    assert before == after


def test_a_retired_detection_fires_no_more(diff):
    assert diff.pair(diff.retired, "alerts") == (diff.built[diff.retired][0], 0)


def test_an_excepted_entity_alerts_and_is_not_queued(diff):
    before, after = (
        {row["alert_id"]: row for row in diff.of(diff.excepted, side)}
        for side in ("before", "after")
    )
    assert before.keys() == after.keys()
    left = {name for name in before if before[name]["is_queued"] != after[name]["is_queued"]}
    assert left == {name for name, row in before.items() if row["entity_id"] == diff.entity}
    assert left


def test_what_did_not_change_is_the_same(diff):
    changed = {RAISED, diff.shadow, diff.retired, diff.excepted}
    for detection in diff.built.keys() - changed:
        row = diff.summary[detection]
        assert (row["alerts_new"], row["alerts_gone"]) == ("0", "0"), detection
        for name in ("alerts", "queued", "minutes", "value_usd", "confirmed_usd"):
            assert row[f"{name}_before"] == row[f"{name}_after"], (detection, name)
