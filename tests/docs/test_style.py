"""What a reader can rely on in every model file, and what no tracked file may hold."""

import re
import statistics
from pathlib import Path

import pytest

from docs.generate.project import read_yaml
from tests.docs.conftest import REPO, tracked_files, without_comments

MODELS = sorted((REPO / "models").glob("**/*.sql"))
DETECTIONS = [path for path in MODELS if path.name.startswith("det_")]
LONGEST = 120

CLOCK = re.compile(
    r"\b(current_timestamp|current_date|current_time|localtimestamp|getdate|gen_random_uuid|uuid)\b"
    r"|\b(now|today|random|setseed|get_current_timestamp)\s*\(",
    re.I,
)
STRING = re.compile(r"'[^']*'")
DECIMAL = re.compile(r"decimal\(\s*\d+\s*,\s*\d+\s*\)")
NAMED_WINDOW = re.compile(r"_(\d+)d\b")
WINDOW = re.compile(r"\b(?:night|\w+_on) [-+] (\d+)\b")
NUMBER = re.compile(r"(?<![\w.'])\d+(?:\.\d+)?")

MACHINE = re.compile(r"(?<![\w.~*}>])/(?:work|home|root|Users|opt|mnt|srv)/[\w.]")
REGISTRIES = ("pypi.org", "pythonhosted.org", "artifactory", "nexus.", "npmjs.org")

each_model = pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)


@each_model
def test_a_model_fits_on_two_screens_and_has_its_own_yml(path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
    document = read_yaml(path.with_suffix(".yml"))
    assert [model["name"] for model in document["models"]] == [path.stem]


@each_model
def test_a_model_begins_with_its_purpose(path) -> None:
    text = re.sub(r"^\{\{\s*config\(.*?\)\s*\}\}\s*", "", path.read_text("utf-8"), flags=re.S)
    assert text.startswith("--"), "one comment first: grain and purpose"


@each_model
def test_a_model_knows_no_clock_and_no_chance(path) -> None:
    sql = STRING.sub("", without_comments(path.read_text(encoding="utf-8")))
    assert not CLOCK.search(sql)


@pytest.mark.parametrize("path", DETECTIONS, ids=lambda path: path.stem)
def test_a_detection_holds_no_number(path) -> None:
    """Thresholds are policy. 0 and 1 (a default, the first of an order) are none, nor is the
    window that a measure is defined by, where its name says it (`refunds_180d`)."""
    sql = without_comments(path.read_text(encoding="utf-8"))
    windows = set(NAMED_WINDOW.findall(sql))
    sql = DECIMAL.sub("", STRING.sub("", sql))
    sql = WINDOW.sub(lambda found: "" if found[1] in windows else found[0], sql)
    assert not set(NUMBER.findall(sql)) - {"0", "1"}


def test_say_how_long_models_are(capsys) -> None:
    layers: dict[str, list[int]] = {}
    for path in MODELS:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        layers.setdefault(path.relative_to(REPO / "models").parts[0], []).append(lines)
    every = [count for counts in layers.values() for count in counts]
    with capsys.disabled():
        parts = [f"{name} {statistics.median(n):.0f}" for name, n in sorted(layers.items())]
        print(
            f"\nlines of {len(every)} models: median {statistics.median(every):.0f}, "
            f"longest {max(every)} ({', '.join(parts)})"
        )
    assert max(every) <= LONGEST


def test_tracked_files_name_no_machine_and_no_registry() -> None:
    found = []
    for path in set(tracked_files()) - {Path(__file__)}:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if MACHINE.search(line) or any(name in line for name in REGISTRIES):
                found.append(f"{path.relative_to(REPO)}:{number}: {line.strip()[:100]}")
    assert not found


def test_no_data_is_tracked() -> None:
    data = {".parquet", ".duckdb", ".db", ".zip", ".gz"}
    assert not [path for path in tracked_files() if path.suffix in data]


@pytest.mark.parametrize("name", [f"requirements{extra}.txt" for extra in ("", "-dev", "-bench")])
def test_locks_are_hashed_and_name_no_index(name: str) -> None:
    text = (REPO / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(
        r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b", text, re.M
    )
    pins = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.M).strip())
    assert pins
    assert not [pin.split()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin]


def test_every_dependency_has_its_line_in_decisions() -> None:
    decisions = (REPO / "DECISIONS.md").read_text(encoding="utf-8")
    wanted = set()
    for name in ("requirements.in", "requirements-dev.in", "requirements-bench.in"):
        for line in (REPO / name).read_text(encoding="utf-8").splitlines():
            if match := re.match(r"[A-Za-z][\w.-]*", line):
                wanted.add(match[0])
    assert wanted
    assert not {name for name in wanted if f"| `{name}` |" not in decisions}
