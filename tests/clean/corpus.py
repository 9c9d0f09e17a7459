"""A marketplace of honest people: builds it, and says which alerts nobody expected."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from nightly.hash_key import PUBLIC_DEMO_KEY
from score.scoring import SQL, Demo, score
from tests.helpers.project import dbt, run

ALLOW_LIST = Path(__file__).parent / "allow_list.csv"
SCALE, NIGHTS, SEED = 4000, 90, 7
"""The corpus that ``at_most`` counts alerts of: 0.1 is one alert in a corpus ten times its size."""


@dataclass(frozen=True)
class Found:
    """What the detections said of honest people."""

    alerts: int
    unexpected: list[str]
    idle: list[str]


def build(work: Path, scale: int = SCALE, nights: int = NIGHTS, seed: int = SEED) -> Demo:
    """Simulate look-alikes without schemes and run every model over them."""
    landing, state = work / "landing", work / "state"
    simulate = ["simulator", "--clean", "--landing", str(landing), "--seed", str(seed)]
    simulate += ["--scale", str(scale), "--nights", str(nights)]
    run([sys.executable, "-m", *simulate])
    build = ("build", "--exclude-resource-type", "test", "unit_test")
    dbt(*build, landing=landing, state=state, target=work / "target")
    return Demo("clean", state / "build.duckdb", work / "truth", schema="marts")


def judge(demo: Demo, allow_list: Path = ALLOW_LIST, size: float = 1.0) -> Found:
    """Hold the alerts against the allow-list.

    Args:
        size: users times nights, as a multiple of the corpus that the allow-list is for.
    """
    connection = score([demo], PUBLIC_DEMO_KEY)
    connection.execute("set variable size = ?", [size])
    connection.execute(
        "create table allow_list as select 1 + row_number() over () as line, * "
        "from read_csv(?, header = true, columns = {'detection_id': 'varchar', "
        "'lookalike': 'varchar', 'entity': 'varchar', 'at_most': 'decimal(9,3)', "
        "'reason': 'varchar'})",
        [str(allow_list)],
    )
    connection.execute((SQL / "clean_corpus.sql").read_text(encoding="utf-8"))
    unexpected = connection.execute(
        "select detection_id, entity, alerted_on, lookalikes, line, forgiven from unexpected"
    ).fetchall()
    idle = connection.execute("select line, detection_id, lookalike, entity from idle").fetchall()
    return Found(
        alerts=len(connection.execute("from allowed").fetchall()),
        unexpected=[
            f"{detection:7} {entity:44} alerted on {night}, "
            + (f"look-alikes {', '.join(touched)}" if touched else "no look-alike")
            + (f", more than the {most} of line {line}" if line else "")
            for detection, entity, night, touched, line, most in unexpected
        ],
        idle=[
            f"line {line} matches nothing any more: {', '.join(filter(None, said))}"
            for line, *said in idle
        ],
    )
