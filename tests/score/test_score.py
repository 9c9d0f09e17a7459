"""The score of a truth and marts small enough to count by hand.

Two schemes of A-1 (one seen on its second day, one missed), two of A-2 (one seen by A-1 only) and
one that has not begun; a look-alike of A-2 that is taken in and one that lives on a network which
A-2 rightly alerts; alerts on a network, an article, a cluster and by evidence that came later.
"""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest

from score.scoring import Demo, printed, score, write
from tests.helpers.marts import hand_made

KEY = "key of this test"
NETWORK = sha256(f"{KEY}|ip_prefix|10.3.4.".encode()).hexdigest()[:32]

SCHEMES = [
    # (scheme, type, detection, strength, entity type, entity, first event)
    ("s1", "ring", "A-1", "low", "user", "U1", "2026-01-01 10:00:00"),
    ("s1", "ring", "A-1", "low", "user", "U2", "2026-01-03 10:00:00"),
    ("s2", "ring", "A-1", "high", "user", "U3", "2026-01-01 10:00:00"),
    ("s2", "ring", "A-1", "high", "user", "U5", "2026-01-01 10:00:00"),
    ("s3", "net", "A-2", "low", "ip_prefix", "10.3.4", "2026-01-02 23:00:00"),
    ("s3", "net", "A-2", "low", "bin_asn", "991003:64512", "2026-01-02 23:00:00"),
    ("s4", "net", "A-2", "medium", "payment", "P4", "2026-01-04 00:00:00"),
    ("s4", "net", "A-2", "medium", "sku", "K1", "2026-01-04 00:00:00"),
    ("s8", "drop", "C-1", "low", "sku", "K2", "2026-01-04 00:00:00"),
    ("s9", "drop", "C-1", "low", "user", "U9", "2026-01-04 00:00:00"),
    ("s5", "net", "A-2", "low", "user", "U5", "2026-02-01 00:00:00"),
    ("s6", "register", "REG-01", "low", "user", "U6", "2026-01-01 00:00:00"),
    ("s7", "later", "B-1", "low", "user", "U7", "2026-01-01 00:00:00"),
]
LOOKALIKES = [
    ("l1", "household", "A-2", "user", "H1", "2026-01-01 00:00:00"),
    ("l2", "crowd", "A-2", "ip_prefix", "10.3.4", "2026-01-01 00:00:00"),
    ("l3", "festival", "A-2", "region", "BR", "2026-01-01 00:00:00"),
    ("l4", "household", "A-1", "user", "H4", "2026-01-06 00:00:00"),
]
ALERTS = [
    # (alert, detection, entity type, entity, cluster, alerted, last fired)
    ("a1", "A-1", "user", "V1", "user:U0", "2026-01-02", "2026-01-02"),
    ("a2", "A-1", "payment", "P4", "payment:P4", "2026-01-05", "2026-01-05"),
    ("a3", "A-2", "ip_prefix", NETWORK, "ip_prefix:n", "2026-01-02", "2026-01-09"),
    ("a4", "A-2", "user", "X", "user:X", "2026-01-03", "2026-01-08"),
    ("a5", "A-2", "user", "nobody", "user:nobody", "2026-01-03", "2026-01-03"),
    ("a6", "REG-01", "user", "U6", "user:U6", "2026-01-03", "2026-01-03"),
    ("a7", "A-1", "user", "H4", "user:H4", "2026-01-03", "2026-01-03"),
    ("a9", "C-1", "sku", "K2", "sku:K2", "2026-01-08", "2026-01-10"),
    ("a8", "A-1", "cluster", "user:U0", "user:U0", "2026-01-01", "2026-01-01"),
]
EVIDENCE = [
    ("a4", "user", "H1", "2026-01-07"),
    ("a5", "order", "U3", "2026-01-03"),
    ("a5", "sku", "K1", "2026-01-03"),
    ("a9", "cluster", "user:C9", "2026-01-10"),
]
MEMBERS = [
    # (cluster, party type, party, from): U1 joins the cluster of V1 on the 2nd, U3 after the alert
    ("user:U0", "user", "V1", "2026-01-01"),
    ("user:U0", "user", "U1", "2026-01-02"),
    ("user:U0", "user", "U3", "2026-01-03"),
    # U5 of s2 had left it by then
    ("user:U0", "user", "U5", "2025-12-01"),
    ("user:U5", "user", "U5", "2026-01-01"),
    ("user:C9", "user", "U9", "2026-01-01"),
]


@pytest.fixture
def demo(tmp_path: Path) -> Demo:
    return hand_made(
        tmp_path,
        SCHEMES,
        LOOKALIKES,
        fct_alerts=ALERTS,
        bridge_alert_evidence=EVIDENCE,
        bridge_cluster_members=MEMBERS,
        dim_detections=[
            ("A-1", "collusion", "active"),
            ("A-2", "kyc", "shadow"),
            ("C-1", "reselling", "active"),
            ("REG-01", "kyc", "active"),
        ],
        fct_detection_coverage=[("2026-01-31",)],
    )


@pytest.fixture
def scored(demo: Demo) -> duckdb.DuckDBPyConnection:
    return score([demo], KEY)


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()


def test_recall_counts_schemes_of_fraud_that_have_begun(scored) -> None:
    """s1 by A-1 (a1: U1 is in its cluster); s2 by none (U3 joined after a1, an order named U3 is no
    user); s3 by A-2; s4 by A-1 only; B-1 is not built; s5 and REG-01 do not count."""
    found = rows(
        scored,
        "select detection_id, scenario, stage, planted, seen, seen_by_any from recall_by_detection",
    )
    assert found == [
        ("A-1", "collusion", "active", 2, 1, 1),
        ("A-2", "kyc", "shadow", 2, 1, 2),
        ("B-1", "not built", "none", 1, 0, 0),
        ("C-1", "reselling", "active", 2, 2, 2),
    ]


def test_recall_by_scenario_and_strength(scored) -> None:
    found = rows(scored, "select scenario, strength, planted, seen from recall_by_scenario")
    assert found == [
        ("collusion", "low", 1, 1),
        ("collusion", "high", 1, 0),
        ("kyc", "low", 1, 1),
        ("kyc", "medium", 1, 0),
        ("not built", "low", 1, 0),
        ("reselling", "low", 2, 2),
        ("all", "low", 5, 4),
        ("all", "medium", 1, 0),
        ("all", "high", 1, 0),
    ]


def test_intervals_are_wilsons(scored) -> None:
    """1 of 2: centre (1 + 1.9208) / 5.8416 = 0.5, half (1.96 * sqrt(1.4604)) / 5.8416 = 0.405."""
    found = rows(scored, "select recall, low, high from recall_by_detection limit 1")
    assert found == [(0.5, 0.09, 0.91)]


def test_precision_of_own_and_of_any(scored) -> None:
    """a1 true, a2 true of another, a7 before its look-alike began, a8 the day before U1 came."""
    found = rows(
        scored,
        "select detection_id, alerts, true_of_own, true_of_any, lookalikes, others, "
        "precision_own, precision_any from precision_by_detection",
    )
    assert found == [
        ("A-1", 4, 1, 2, 0, 2, 0.25, 0.5),
        ("A-2", 3, 1, 1, 1, 1, 0.333, 0.333),
        ("C-1", 1, 1, 1, 0, 0, 1.0, 1.0),
        ("all", 8, 3, 4, 1, 3, 0.375, 0.5),
    ]


def test_a_lookalike_is_taken_in_by_a_false_alert_only(scored) -> None:
    """l1 by a4's later evidence; l2 shares its network with a scheme that a3 rightly sees."""
    found = rows(
        scored,
        "select lookalike, tempts, planted, matchable, alerted, false_positive_rate, "
        "alerted_by_any from lookalikes_by_type",
    )
    assert found == [
        ("household", "A-1", 1, 1, 0, 0.0, 0),
        ("crowd", "A-2", 1, 1, 0, 0.0, 0),
        ("festival", "A-2", 1, 0, 0, None, 0),
        ("household", "A-2", 1, 1, 1, 1.0, 1),
    ]


def test_days_count_from_the_first_event_to_the_alert(scored) -> None:
    """s1: the 1st to the 2nd; s3: the day it began; s8: the 4th to the 8th; s9: to the 10th."""
    found = rows(
        scored, "select detection_id, seen, median_days, p90_days, longest_days from days_to_detect"
    )
    assert found == [
        ("A-1", 1, 1.0, 1, 1),
        ("A-2", 1, 0.0, 0, 0),
        ("C-1", 2, 5.0, 6, 6),
        ("all", 4, 2.5, 6, 6),
    ]


def test_missed_and_false_are_listed(scored) -> None:
    assert rows(scored, "select scheme_id, is_seen_by_another from missed") == [
        ("s2", False),
        ("s4", True),
        ("s7", False),
    ]
    assert rows(scored, "select alert_id, is_lookalike from false_alerts") == [
        ("a8", False),
        ("a7", False),
        ("a4", True),
        ("a5", False),
    ]


def test_demos_of_several_seeds_add_up_and_do_not_mix(demo: Demo, tmp_path: Path) -> None:
    twice = [Demo("7", demo.marts, demo.truth), Demo("11", demo.marts, demo.truth)]
    scored = score(twice, KEY)
    found = rows(scored, "select planted, seen, seen_by_any from recall_by_detection limit 2")
    assert found == [(4, 2, 2), (4, 2, 4)]
    assert rows(scored, "select seed, planted, seen, alerts, precision_any from by_seed") == [
        ("11", 7, 4, 8, 0.5),
        ("7", 7, 4, 8, 0.5),
    ]
    assert "Each demo by itself" in printed(scored)
    write(scored, tmp_path / "score")
    assert (tmp_path / "score" / "missed.csv").read_text("utf-8").count("\n") == 7


def test_without_truth_or_marts_one_line_says_so(tmp_path: Path) -> None:
    landing, state = tmp_path / "landing", tmp_path / "state"
    landing.mkdir()
    environment = os.environ | {"RISK_LANDING": str(landing), "RISK_STATE": str(state)}
    command = [sys.executable, "-m", "score"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"score: no truth in {tmp_path}/truth: ")
    assert done.stderr.count("\n") == 1
    (tmp_path / "truth").mkdir()
    for name in ("schemes", "lookalikes"):
        (tmp_path / "truth" / f"{name}.parquet").touch()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr.startswith("score: no marts in ")
