"""Honest people are left alone: no alert on look-alikes that the allow-list does not explain."""

import csv
import warnings
from pathlib import Path

import pytest

from score.scoring import Demo
from tests.clean.corpus import ALLOW_LIST, build, judge
from tests.helpers.marts import hand_made


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return build(tmp_path_factory.mktemp("clean"))


def test_honest_people_are_left_alone(corpus: Demo) -> None:
    found = judge(corpus)
    for line in found.idle:
        warnings.warn(f"{ALLOW_LIST.name}: {line}", stacklevel=1)
    listing = "\n".join(found.unexpected)
    assert not found.unexpected, (
        f"{len(found.unexpected)} alerts on honest people that {ALLOW_LIST.name} does not explain:"
        f"\n{listing}\nFind the cause; what has to stay gets a row, with the reason."
    )


HEAD = "detection_id,lookalike,entity,at_most,reason\n"


@pytest.fixture
def honest(tmp_path: Path) -> Demo:
    """A-1 alerts a look-alike and two others, A-2 a session, REG-01 a seller."""
    alerts = [
        ("a1", "A-1", "user", "U1", "user:U1", "2026-01-03", "2026-01-03"),
        ("a2", "A-1", "user", "U2", "user:U2", "2026-01-04", "2026-01-04"),
        ("a3", "A-1", "user", "U3", "user:U3", "2026-01-05", "2026-01-05"),
        ("a4", "A-2", "session", "S1", "session:S1", "2026-01-05", "2026-01-05"),
        ("a5", "REG-01", "seller", "S1", "seller:S1", "2026-01-05", "2026-01-05"),
    ]
    lookalikes = [("l1", "household", "A-9", "user", "U1", "2026-01-01")]
    return hand_made(
        tmp_path, [], lookalikes, fct_alerts=alerts, fct_detection_coverage=[("2026-01-31",)]
    )


@pytest.mark.parametrize(
    ("rows", "size", "unexpected", "idle"),
    [
        ("", 1, ["U1", "U2", "U3", "S1"], []),
        ("A-1,household,,1,r", 1, ["U2", "U3", "S1"], []),
        ("A-1,dormitory,,1,r", 1, ["U1", "U2", "U3", "S1"], [2]),
        ("A-1,,user:U[23],2,r", 1, ["U1", "S1"], []),
        ("A-1,,user:U,9,r", 1, ["U1", "U2", "U3", "S1"], [2]),
        ("A-1,,user:.*,2,r", 1, ["U3", "S1"], []),
        ("A-1,,user:.*,0.2,r", 10, ["U3", "S1"], []),
        ("A-1,household,,1,r\nA-1,,user:.*,2,r\nA-2,,session:.*,1,r", 1, [], []),
        ("A-3,,user:.*,0.5,r", 1, ["U1", "U2", "U3", "S1"], []),
        ("A-3,,user:.*,0.5,r", 2, ["U1", "U2", "U3", "S1"], [2]),
    ],
    ids=[
        "nothing is forgiven",
        "a look-alike",
        "a look-alike it does not touch",
        "entities by pattern",
        "a pattern is the whole entity",
        "at most so many",
        "more in a larger marketplace",
        "the first row that fits",
        "an idle row expected in a larger marketplace only",
        "an idle row",
    ],
)
def test_the_allow_list_is_held_to(
    honest: Demo, tmp_path: Path, rows: str, size: float, unexpected: list[str], idle: list[int]
) -> None:
    own = tmp_path / "own.csv"
    own.write_text(HEAD + rows + "\n", encoding="utf-8")
    found = judge(honest, own, size)
    assert found.alerts == 4
    assert [line.split()[1].split(":")[1] for line in found.unexpected] == unexpected
    assert [int(line.split()[1]) for line in found.idle] == idle


def test_every_row_says_why() -> None:
    with ALLOW_LIST.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert all(row["detection_id"] and row["reason"] and float(row["at_most"]) for row in rows)
    assert all(row["lookalike"] or row["entity"] for row in rows)
