"""The docs site: every page, with what the published marts last said of each detection."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from docs.generate.project import Project
from docs.generate.site import NO_BUILD, _without_links_out, results
from tests.docs.conftest import REPO

TABLES = """
    create table fct_alerts (
        alert_id text, detection_id text, entity_type text, entity_id text, cluster_id text,
        reason_code text, evidence text, amount_at_stake_usd decimal(18, 2), is_queued boolean,
        alerted_on date
    );
    create table fct_detection_coverage (
        detection_id text, state text, reason text, entities bigint, night date
    );
    insert into fct_alerts values
    ('a', 'TST-01', 'user', 'u1', 'c1', 'old', '{}', 10, true, '2026-02-02'),
    ('b', 'TST-01', 'user', 'u2', 'c1', 'recent', '{}', 30, true, '2026-02-03'),
    ('c', 'TST-01', 'seller', 's1', null, 'newest',
     '{"labels": {"value": 15, "threshold": 12.0}, "peers": {"value": 0.25}}', null, false,
     '2026-03-02'),
    ('d', 'TST-02', 'user', 'u9', 'c9', 'other', '{}', 99, true, '2026-03-02');
    insert into fct_detection_coverage values
    ('TST-01', 'fired', null, 1, '2026-03-02'), ('TST-01', 'quiet', null, 40, '2026-03-02'),
    ('TST-01', 'quiet', null, 7, '2026-03-01'),
    ('TST-03', 'not_evaluated', 'no_messages', null, '2026-03-02');
"""


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Published marts of three detections, and the score of one."""
    (tmp_path / "published").mkdir()
    with duckdb.connect(str(tmp_path / "published/marts.duckdb")) as connection:
        connection.execute(TABLES)
    (tmp_path / "score").mkdir()
    (tmp_path / "score/recall_by_detection.csv").write_text(
        "detection_id,low_seen,low_planted,medium_seen,medium_planted,high_seen,high_planted\n"
        "TST-01,2,2,1,2,0,2\nTST-02,9,9,9,9,9,9\n"
    )
    return tmp_path


def test_results_are_those_of_the_detection_and_the_example_its_latest_alert(state) -> None:
    page = results("TST-01", state)
    assert "| Alerts | 3, of them 2 queued; 2 in the last 28 nights |" in page
    assert "| Parties behind them | 2 |" in page
    assert "| Median stake | 20.00 USD |" in page
    assert "| Last night | 1 fired; 40 quiet |" in page
    assert "2 of 2 low, 1 of 2 medium, 0 of 2 high" in page
    assert "The latest alert: a seller on 2026-03-02, `newest`, stake unknown." in page
    assert "| `labels` | 15 | 12.0 |\n| `peers` | 0.25 |  |" in page


def test_a_blind_detection_says_why_and_one_without_alerts_says_so(state) -> None:
    page = results("TST-03", state)
    assert "| Last night | all not_evaluated (no_messages) |" in page
    assert "No alert yet." in page


def test_without_a_build_a_page_says_what_to_do(tmp_path) -> None:
    assert NO_BUILD in results("TST-01", tmp_path)


def test_links_out_of_the_site_become_text(tmp_path) -> None:
    text = "[model](../../models/a.sql) [policy](../policy.md#stages) [here](#top) [w](https://w.w)"
    kept = _without_links_out(text, tmp_path / "docs/detections", tmp_path / "docs")
    assert kept == "model [policy](../policy.md#stages) [here](#top) [w](https://w.w)"


def test_the_site_holds_every_page(state, monkeypatch) -> None:
    monkeypatch.setenv("RISK_STATE", str(state))
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(state / "site")]
    done = subprocess.run(build, cwd=REPO, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = {path.stem for path in (state / "site/detections").glob("*.html")}
    assert pages == {meta["id"] for meta in Project.read().detections} | {"index"}
    assert "Last results" in (state / "site/detections/KYC-01.html").read_text(encoding="utf-8")
