"""What is changed and what is left alone, on SQL that can be read at a glance."""

import pytest

from tests.mutation.mutants import mutants

RUN = ("1111-11-11", "2222-02-22")


def changes(sql: str) -> list[tuple[str, str]]:
    return [(mutant.change, mutant.condition) for mutant in mutants(sql, RUN)]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("a >= 1", [("removed", "a >= 1"), ("boundary", "a >= 1")]),
        ("a = 1 and is_b", [("removed", "a = 1"), ("removed", "is_b")]),
        ("a = 1 or is_b", [("removed", "a = 1"), ("removed", "is_b")]),
        ("a in (1, 2) and b is null", [("removed", "a in (1, 2)"), ("removed", "b is null")]),
        ("not a", [("removed", "not a")]),
        (
            "not exists (select 1 from u where u.k = t.k)",
            [
                ("removed", "not exists (select 1 from u where u.k = t.k)"),
                ("removed", "u.k = t.k"),
            ],
        ),
        (
            "coalesce(a < 1, true) and b = 1",
            [("removed", "coalesce(a < 1, true)"), ("removed", "b = 1"), ("boundary", "a < 1")],
        ),
        ("night between date '1111-11-11' and date '2222-02-22' and a", [("removed", "a")]),
    ],
)
def test_each_condition_goes_once(condition: str, expected: list[tuple[str, str]]) -> None:
    """Operands, boundaries, lists, negations and exclusions; the nights of the run stay."""
    assert sorted(changes(f"select * from t where {condition}")) == sorted(expected)


def test_each_branch_goes_once() -> None:
    """A branch goes, is taken always, and what is left over goes."""
    sql = "select case when a > 1 then 'x' when b then 'y' else 'z' end as r from t"
    assert sorted(changes(sql)) == sorted(
        [
            ("branch removed", "a > 1"),
            ("always", "a > 1"),
            ("boundary", "a > 1"),
            ("branch removed", "b"),
            ("always", "b"),
            ("else removed", "'z'"),
        ]
    )


@pytest.mark.parametrize(
    ("sql", "mutated"),
    [
        ("select a from t anti join u using (k)", "SELECT a FROM t"),
        ("select a from t except select b from u", "SELECT a FROM t"),
        ("select a from t where a > 1 or b", "WHERE (false OR b)"),
        ("select count(*) filter (where b) as n from t", "FILTER (WHERE true)"),
        ("select a > 1 as is_b from t", "SELECT true AS is_b"),
        (
            "select a from t join u on t.k = u.k and t.n < u.n",
            "ON (((t.k = u.k) AND (t.n <= u.n)))",
        ),
    ],
)
def test_a_mutant_differs_in_one_condition(sql: str, mutated: str) -> None:
    """The mutated SQL, as DuckDB writes it."""
    assert any(mutated in mutant.sql for mutant in mutants(sql, RUN))
