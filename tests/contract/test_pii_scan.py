"""The search for personal values finds what was planted, and nothing in clean tables."""

from pathlib import Path

import duckdb
import pytest

from tests.helpers.pii_scan import Leak, find_in_files, find_leaks

PLANTED = {
    "users.email": ["anna.lee+shop@example.org"],
    "addresses.street": ["12 Maple St. #5"],
    "sessions.ip": ["203.0.113.7"],
}
CLEAN = """
    create schema staging;
    create schema marts;
    create schema landing;
    create table landing.users as select 'anna.lee+shop@example.org' as email;
    create table staging.stg_users as
    select 'u1' as user_id, repeat('0123456789abcdef', 2) as email_hash, null as phone_hash;
    create table marts.fct_alerts as
    select 'u1' as entity_id, '{"attempts": 12, "ip_prefix_hash": "0f"}' as evidence;
"""


@pytest.fixture
def scan(tmp_path: Path):
    """Builds a database from SQL and scans it."""

    def build_and_scan(sql: str = "", **options: object) -> list[Leak]:
        path = tmp_path / "build.duckdb"
        with duckdb.connect(str(path)) as connection:
            connection.execute(CLEAN + sql)
        return find_leaks(path, PLANTED, **options)

    return build_and_scan


def test_clean_tables_pass_and_landing_may_hold_personal_data(scan) -> None:
    assert scan() == []


def test_landing_itself_is_found_when_it_is_not_skipped(scan) -> None:
    assert scan(skip_schemas=()) == [
        Leak("landing.users.email", "named as a personal column", 0),
        Leak("landing.users.email", "users.email", 1),
    ]


@pytest.mark.parametrize(
    ("sql", "leak"),
    [
        (
            "insert into marts.fct_alerts values ('Anna.Lee+shop@example.org ', '{}')",
            Leak("marts.fct_alerts.entity_id", "users.email", 1),
        ),
        (
            """insert into marts.fct_alerts values ('u2', '{"seen at": "12 maple st. #5"}')""",
            Leak("marts.fct_alerts.evidence", "personal text inside longer text", 1),
        ),
        (
            "create table marts.mart_x as select ['u1', '203.0.113.7'] as evidence",
            Leak("marts.mart_x.evidence", "personal text inside longer text", 1),
        ),
        (
            "create table marts.mart_x as select 'u1' as value, '203.0.113.7' as kind",
            Leak("marts.mart_x.kind", "sessions.ip", 1),
        ),
        (
            "create view marts.mart_x as select 'somebody@example.org' as email_hash",
            Leak("marts.mart_x.email_hash", "called a hash, but none", 1),
        ),
        (
            "create table marts.mart_x as select 1990 as date_of_birth",
            Leak("marts.mart_x.date_of_birth", "named as a personal column", 0),
        ),
    ],
)
def test_a_planted_value_is_found(scan, sql: str, leak: Leak) -> None:
    assert scan(sql) == [leak]


def test_a_longer_word_around_a_value_is_another_word(scan) -> None:
    longer = """('1203.0.113.77', '{"x": "203.0.113.71"}')"""
    assert scan(f"insert into marts.fct_alerts values {longer}") == []


def test_a_known_harmless_place_can_be_named(scan) -> None:
    sql = "create table marts.mart_x as select '203.0.113.7' as server"
    assert scan(sql, allowed=["marts.mart_x.server"]) == []


def test_planted_values_are_found_in_files(tmp_path: Path) -> None:
    (tmp_path / "dbt.log").write_text("select 1 where email = 'Anna.Lee+shop@example.org'")
    (tmp_path / "page.html").write_text("<td>u1</td>")
    assert find_in_files(sorted(tmp_path.iterdir()), PLANTED) == [
        Leak(str(tmp_path / "dbt.log"), "personal text", 1)
    ]
