"""What a policy diff takes as changed, and how the two sides are compared."""

import csv
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from nightly.errors import NightlyError, UsageError
from nightly.policy_diff import Policy, compare, policy_diff, read_policy, report, selection, table

from .conftest import night_of
from .test_policy_check import GOOD, LATER, SINCE
from .test_policy_check import Policy as Seeds

FROM = date(2026, 1, 15)
AS_IF = "2026-01-15,2026-01-15"


def git(repository: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run(["git", "-C", str(repository), *who, *arguments], check=True)


@pytest.fixture
def seeds(tmp_path):
    """The good policy rows, committed."""
    (tmp_path / "policies").mkdir()
    seeds = Seeds(tmp_path / "policies")
    git(seeds.root, "init", "--quiet")
    git(seeds.root, "add", ".")
    git(seeds.root, "commit", "--quiet", "--message", "good rows")
    return seeds


def lines(policy: Policy, seed: str) -> list[str]:
    """The rows after the change, as lines without approver and reason."""
    return [",".join(list(row.values())[:-2]) for row in policy.after[seed]]


def test_without_a_change_both_policies_are_the_same(seeds):
    policy = read_policy(seeds.root, "HEAD", FROM)
    assert policy.changes == []
    assert policy.before == policy.after
    assert len(policy.before["policy_parameters"]) == len(GOOD["policy_parameters"])


def test_a_new_row_is_in_force_from_the_first_night_and_nothing_of_its_key_after_it(seeds):
    new = "A-1,min_orders,all,all,20,2026-12-01,2026-11-01,risk-policy-board,because"
    seeds.write("policy_parameters", [*GOOD["policy_parameters"], new])
    policy = read_policy(seeds.root, "HEAD", FROM)
    assert [str(change) for change in policy.changes] == [
        "+ seeds/policy/policy_parameters.csv:11 A-1, min_orders, all, all, 20, 2026-12-01, "
        "2026-11-01"
    ]
    after = lines(policy, "policy_parameters")
    assert f"A-1,min_orders,all,all,20,{AS_IF}" in after
    assert "A-1,min_orders,all,all,10,2026-01-01,2025-12-20" in after
    assert not [line for line in after if line.startswith("A-1,min_orders,all,all,15")]
    assert "A-1,min_orders,BR,live_commerce,12,2026-01-01,2025-12-20" in after
    assert "A-1,min_orders,all,all,15,2026-02-01,2026-01-20" in [
        ",".join(list(row.values())[:-2]) for row in policy.before["policy_parameters"]
    ]


def test_the_last_of_several_new_rows_of_a_key_is_taken(seeds):
    new = [
        "A-1,min_orders,all,all,20,2026-12-01,2026-11-01,risk-policy-board,because",
        "A-1,min_orders,all,all,30,2026-11-01,2026-11-01,risk-policy-board,because",
        "A-1,min_orders,DE,all,40,2026-11-01,2026-11-01,risk-policy-board,because",
    ]
    seeds.write("policy_parameters", [*GOOD["policy_parameters"], *new])
    policy = read_policy(seeds.root, "HEAD", FROM)
    after = [line for line in lines(policy, "policy_parameters") if AS_IF in line]
    assert sorted(after) == [
        f"A-1,min_orders,DE,all,40,{AS_IF}",
        f"A-1,min_orders,all,all,20,{AS_IF}",
    ]
    assert [change.line for change in policy.ignored] == [12]


def test_an_edited_row_is_gone_and_new_and_a_deleted_one_is_gone(seeds):
    kept = GOOD["policy_parameters"][:6] + GOOD["policy_parameters"][7:]
    edited = kept[5].replace(",12,", ",13,")
    seeds.write("policy_parameters", [*kept[:5], edited, *kept[6:]])
    policy = read_policy(seeds.root, "HEAD", FROM)
    assert [bool(change.line) for change in policy.changes] == [False, False, True]
    after = lines(policy, "policy_parameters")
    assert f"A-1,min_orders,BR,live_commerce,13,{AS_IF}" in after
    assert not [line for line in after if ",12," in line or ",15," in line]


def test_a_stage_and_exceptions_change_likewise(seeds):
    seeds.write("policy_stages", [*GOOD["policy_stages"], f"A-1,2,active,{SINCE}"])
    new = "E-9,A-1,device,d1,2026-12-01,2027-01-01,2026-11-01,risk-policy-board,known"
    seeds.write("policy_exceptions", [*GOOD["policy_exceptions"], new])
    policy = read_policy(seeds.root, "HEAD", FROM)
    assert lines(policy, "policy_stages")[-1] == f"A-1,2,active,{AS_IF}"
    assert f"A-1,2,shadow,{LATER[:21]}" not in lines(policy, "policy_stages")
    assert lines(policy, "policy_exceptions")[-1] == (
        "E-9,A-1,device,d1,2026-01-15,2027-01-01,2026-01-15"
    )
    assert len(policy.after["policy_exceptions"]) == len(GOOD["policy_exceptions"]) + 1


def test_another_base_is_another_revision(seeds):
    seeds.write("policy_actions", [*GOOD["policy_actions"], f"A-1,DE,all,P1,I2,{LATER}"])
    git(seeds.root, "commit", "--quiet", "--all", "--message", "one more")
    assert read_policy(seeds.root, "HEAD", FROM).changes == []
    assert len(read_policy(seeds.root, "HEAD~1", FROM).changes) == 1
    with pytest.raises(UsageError, match="BASE nope is no revision"):
        read_policy(seeds.root, "nope", FROM)


def test_only_what_reads_the_changed_rows_is_built(seeds):
    folder = seeds.root / "models"
    for name, sql in {
        "det_a": "{{ policy_in_force('A-1', []) }}",
        "ind_b": "{{ policy_in_force('BB-02', ['min_orders']) }}",
        "int_alert_episodes": "select * from {{ ref('int_policy_parameters') }}",
        "int_other": "select 1",
        "int_policy_parameters": "{{ scoped_policy(ref('policy_parameters')) }}",
    }.items():
        (folder / f"{name}.sql").write_text(sql)
    new = f"BB-02,min_orders,all,all,20,{SINCE}"
    seeds.write("policy_parameters", [*GOOD["policy_parameters"], new])
    (folder / "det_a.sql").write_text("{{ policy_in_force('AA-01', []) }}")
    chosen = selection(seeds.root, read_policy(seeds.root, "HEAD", FROM))
    assert "ind_b+,+fct_alerts" in chosen
    assert "int_alert_episodes+,+fct_alerts" in chosen
    assert "int_policy_parameters" in chosen
    assert not [name for name in chosen if "det_a" in name or "int_other" in name]


def test_a_graver_reason_is_judged_again_with_the_alerts(seeds):
    new = f"A-1,usual,all,all,P1,I3,{LATER}"
    seeds.write("policy_escalations", [*GOOD["policy_escalations"], new])
    chosen = selection(seeds.root, read_policy(seeds.root, "HEAD", FROM))
    assert {"int_policy_escalations", "int_alert_severities+,+fct_alerts"} <= set(chosen)


@pytest.fixture
def built(warehouse, landing, seeds):
    """Three built nights and a committed policy."""
    (seeds.root / "models" / "one.sql").write_text("select 1")
    warehouse.settings = replace(warehouse.settings, repository=seeds.root)
    landing.fill(3)
    warehouse.run()
    return warehouse


@pytest.mark.parametrize(
    ("first", "last", "error", "said"),
    [
        (2, 1, UsageError, "FROM 2026-01-03 is after TO 2026-01-02: swap them"),
        (0, 3, UsageError, "not built: built are 2026-01-01 to 2026-01-03"),
        (-1, 2, UsageError, "not built: built are 2026-01-01 to 2026-01-03"),
        (0, 2, NightlyError, "no policy row differs from HEAD: change seeds/policy"),
    ],
)
def test_what_cannot_be_compared(built, first, last, error, said):
    with pytest.raises(error, match=said):
        policy_diff(built.settings, night_of(first), night_of(last))


def test_other_code_or_nothing_built_or_a_wrong_row_is_told(built, seeds, tmp_path):
    (seeds.root / "models" / "one.sql").write_text("select 2")
    with pytest.raises(NightlyError, match="was built by other code"):
        policy_diff(built.settings, night_of(0), night_of(1))
    (seeds.root / "models" / "one.sql").write_text("select 1")
    seeds.write("policy_actions", [f"A-1,all,all,P9,I1,{SINCE}"])
    with pytest.raises(NightlyError, match="1 problem in the policy seeds"):
        policy_diff(built.settings, night_of(0), night_of(1))
    built.settings.build.unlink()
    with pytest.raises(NightlyError, match="nothing is built in"):
        policy_diff(built.settings, night_of(0), night_of(1))


ALERTS = (
    "alert_id varchar, detection_id varchar, entity_type varchar, entity_id varchar, "
    "cluster_id varchar, scenario varchar, severity varchar, stage varchar, is_queued boolean, "
    "alerted_on date, amount_at_stake_usd decimal(18, 2)"
)
LABELS = (
    "disposition_id varchar, record_seq integer, alert_id varchar, scenario varchar, "
    "target_type varchar, target_id varchar, cluster_id varchar, disposition varchar"
)
X1 = "('x1', 'X-01', 'user', 'u1', 'c1', 'scams', 'P1', 'active', true, '2026-01-15', 100.01)"
X2 = "('x2', 'X-01', 'user', 'u2', 'c2', 'scams', 'P2', 'active', true, '2026-01-16', 90)"
X3 = "('x3', 'X-01', 'user', 'u3', 'c3', 'scams', 'P2', 'shadow', false, '2026-01-16', 7)"
Y1 = "('y1', 'Y-01', 'seller', 's1', 'c9', 'traffic', 'P3', 'active', true, '2026-01-16', 60)"
Y1_SHADOW = Y1.replace("active', true", "shadow', false")
EVIDENCE = (
    "values ('x1', 'order', 'o1'), ('x1', 'order', 'o2'), ('x1', 'order', 'o3'), "
    "('x1', 'user', 'u1'), ('x2', 'order', 'o3'), ('y1', 'order', 'o3')"
)


def test_the_two_sides_by_hand(tmp_path):
    """x1 spreads 100.01 over three orders (33.34, 33.34, 33.33), x2 has 90 on the third of them:
    together 156.68, and with y1's 60 on the same order no more. x3 has no order: its own 7.
    After: x1 is gone, x3 is new, y1 is in shadow. Minutes: P1 30, P2 20, then 25 from the 16th,
    P3 8. Verdicts: u2's cluster in scams, order o2; taken back for s1; u3 in another scenario."""
    path = tmp_path / "diff.duckdb"
    with duckdb.connect(str(path)) as connection:
        for side, alerts in (("before", [X1, X2, Y1]), ("after", [X2, X3, Y1_SHADOW])):
            connection.execute(f"create schema {side}")
            connection.execute(f"create table {side}.alerts ({ALERTS})")
            connection.execute(f"insert into {side}.alerts values {', '.join(alerts)}")
            connection.execute(
                f"alter table {side}.alerts add column side varchar default '{side}'"
            )
            connection.execute(
                f"create table {side}.evidence as select '{side}' as side, * from ({EVIDENCE}) "
                "as e (alert_id, object_type, object_id) "
                f"where alert_id in (select alert_id from {side}.alerts)"
            )
        connection.execute(f"create table labels ({LABELS})")
        connection.execute(
            "insert into labels values "
            "('d1', 1, null, 'scams', 'user', 'u8', 'c2', 'confirmed_fraud'), "
            "('d2', 1, null, 'transactions', 'order', 'o2', null, 'confirmed_fraud'), "
            "('d3', 1, 'y1', 'traffic', 'seller', 's1', 'c9', 'confirmed_abuse'), "
            "('d3', 2, 'y1', 'traffic', 'seller', 's1', 'c9', 'not_fraud'), "
            "('d4', 1, null, 'kyc', 'user', 'u3', 'c3', 'confirmed_fraud')"
        )
    minutes = [("P1", 30, "2020-01-01"), ("P2", 20, "2020-01-01"), ("P2", 25, "2026-01-16")]
    rows = [
        {"severity": severity, "minutes": str(n), "effective_from": on, "approved_on": "2020-01-01"}
        for severity, n, on in [*minutes, ("P3", 8, "2020-01-01")]
    ]
    seed = {"policy_review_minutes": rows}
    compare(path, Policy(before=seed, after=seed))
    folder = report(path, tmp_path / "out")
    with (folder / "summary.csv").open(newline="") as handle:
        found = list(csv.reader(handle))
    assert found[0][:6] == [
        *("detection_id", "alerts_before", "alerts_after", "alerts_new", "alerts_gone"),
        "alerts_same",
    ]
    assert found[1:] == [
        ["X-01", "2", "2", "1", "1", "1", "2", "1", "55", "25", "156.68", "97.00"]
        + ["123.34", "90.00"],
        ["Y-01", "1", "1", "0", "0", "1", "1", "0", "8", "0", "60.00", "60.00", "0.00", "0.00"],
        ["all", "3", "3", "1", "1", "2", "3", "1", "63", "25", "156.68", "97.00"]
        + ["123.34", "90.00"],
    ]
    with (folder / "alerts.csv").open(newline="") as handle:
        changes = [(row["side"], row["alert_id"], row["change"]) for row in csv.DictReader(handle)]
    assert changes == [
        ("before", "x1", "gone"),
        ("before", "x2", "same"),
        ("after", "x2", "same"),
        ("after", "x3", "new"),
        ("before", "y1", "same"),
        ("after", "y1", "same"),
    ]


def test_the_table_leaves_out_what_did_not_move():
    names = ("alerts", "queued", "minutes", "value_usd", "confirmed_usd")
    still = {f"{name}_{side}": 60 for name in names for side in ("before", "after")}
    still |= {"alerts_new": 0, "alerts_gone": 0, "alerts_same": 60, "detection_id": "A-1"}
    moved = still | {"detection_id": "B-1", "queued_after": 0, "minutes_after": 0}
    head, first, last = table([still, moved, still | {"detection_id": "all"}])
    assert " ".join(head.split()) == (
        "alerts new gone same queued queue hours value USD confirmed USD"
    )
    assert first.split()[0] == "B-1"
    assert "60 → 0" in first
    assert "1.0 → 0.0" in first
    assert last.split()[0] == "all"
