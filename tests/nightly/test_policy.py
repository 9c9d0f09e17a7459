"""An applied policy row is never edited or deleted, only succeeded."""

import pytest

from nightly.errors import NightlyError

from .conftest import night_of

HEAD = "detection_id,value,effective_from,approved_on,reason"
OLD = "det_a,10,2026-01-01,2025-12-20,first"
LATER = "det_a,12,2026-01-09,2025-12-20,not yet"
OTHER = 'det_b,"3,5",2026-01-01,2025-12-20,"two, words"'


@pytest.fixture
def policy(warehouse, landing):
    """Writes the policy seed; two nights are built with three rows, of which two have applied."""
    path = warehouse.settings.policy / "policy_parameters.csv"

    def write(*lines: str) -> None:
        path.write_text("\n".join([HEAD, *lines]) + "\n")

    write(OLD, LATER, OTHER)
    landing.fill(2)
    warehouse.run()
    landing.fill(3)
    return write


def applied(warehouse, run_id):
    return [row["line"] for row in warehouse.manifest(run_id)["policy"]["applied"]]


def test_the_manifest_keeps_the_rows_that_applied_once(warehouse, policy):
    assert applied(warehouse, "000001-2026-01-01-2026-01-02") == [2, 4]
    assert applied(warehouse, warehouse.run()) == []


@pytest.mark.parametrize(
    ("lines", "line", "what"),
    [
        ((OLD.replace(",10,", ",11,"), LATER, OTHER), 2, r"edited \(value\)"),
        ((LATER, OTHER, OLD.replace("first", "better")), 4, r"edited \(reason\)"),
        ((LATER, OTHER), 2, "deleted"),
        ((OLD, LATER), 4, "deleted"),
    ],
)
def test_an_edit_or_a_deletion_stops_before_dbt(warehouse, policy, lines, line, what):
    policy(*lines)
    where = f"seeds/policy/policy_parameters.csv:{line}: an applied policy row was {what}"
    with pytest.raises(NightlyError, match=where):
        warehouse.run()
    with pytest.raises(NightlyError, match=where):
        warehouse.run(kind="restatement", first=night_of(0), reason="even declared")
    assert len(warehouse.builds) == 1


@pytest.mark.parametrize(
    "lines",
    [
        (OTHER, OLD, LATER),
        (OLD, LATER, OTHER, "det_a,9,2026-01-03,2026-01-03,a successor"),
        (OLD, OTHER),
        (OLD, LATER.replace(",12,", ",13,"), OTHER),
    ],
    ids=["other order", "a successor", "a future row withdrawn", "a future row edited"],
)
def test_what_has_not_applied_may_change(warehouse, policy, lines):
    policy(*lines)
    assert warehouse.run()


def test_a_new_empty_column_changes_no_row(warehouse, policy):
    path = warehouse.settings.policy / "policy_parameters.csv"
    path.write_text("\n".join(line + "," for line in path.read_text().splitlines()))
    path.write_text(path.read_text().replace("reason,", "reason,region", 1))
    assert warehouse.run()


def test_a_backdated_row_is_told(warehouse, policy, capsys):
    policy(OLD, LATER, OTHER, "det_c,1,2026-01-01,2026-01-01,backdated")
    run_id = warehouse.run()
    assert "policy_parameters.csv:5 applies from 2026-01-01" in capsys.readouterr().out
    assert applied(warehouse, run_id) == [5]
