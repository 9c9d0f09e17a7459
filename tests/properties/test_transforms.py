"""The changes do what they say; a change that changes nothing would prove nothing."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from tests.properties import transforms
from tests.properties.check import named, tell, without_cents
from tests.replay.harness import Model, needed


@pytest.fixture
def landed() -> Iterator[duckdb.DuckDBPyConnection]:
    """Two orders, a rate, a price edit, an award and a policy row."""
    with duckdb.connect() as connection:
        for schema in ("landing", "policy", "reference"):
            connection.execute(f"create schema {schema}")
        connection.execute(
            """
            create table landing.orders as
            select *, md5(order_id) as row_hash, timestamp '2026-01-04 10:00:00' as ingested_at
            from (
                values ('o1', 'u1', 'USD', 100, date '2026-01-04'),
                ('o2', 'u1', 'EUR', 7, date '2026-01-04'), ('o3', 'u2', 'EUR', 7, date '2026-01-05')
            ) as orders (order_id, buyer_user_id, currency, paid_minor, night);
            create table landing.fx_rates as
            select date '2026-01-04' as rate_date, currency, rate::decimal(18, 10) as usd_per_unit
            from (values ('EUR', 1.0123456789), ('USD', 1)) as rates (currency, rate);
            create table landing.listing_changes as
            select field, '250' as old_value, '300' as new_value
            from (values ('price'), ('stock')) as edits (field);
            create table policy.policy_parameters as
            select date '2020-01-01' as effective_from, date '9999-12-31' as effective_to;
            create table reference.ref_currencies as select 'USD' as currency, 2 as exponent;
            """
        )
        yield connection


def test_money_is_ten_times_as_much_of_a_tenth(landed: duckdb.DuckDBPyConnection) -> None:
    """1.00 USD are 10.00 XTS at 0.1, 0.07 EUR 0.70 at a tenth of its rate, exactly."""
    transforms.round_rates(landed)
    transforms.scale_money(landed)
    orders = landed.execute("select currency, paid_minor from landing.orders order by order_id")
    assert orders.fetchall() == [("XTS", 1000), ("EUR", 70), ("EUR", 70)]
    rates = landed.execute("select currency, usd_per_unit::varchar from landing.fx_rates")
    assert dict(rates.fetchall()) == {"EUR": "0.1012345679", "XTS": "0.1000000000"}
    edits = landed.execute("select field, old_value, new_value from landing.listing_changes")
    assert set(edits.fetchall()) == {("price", "2500", "3000"), ("stock", "250", "300")}
    assert landed.execute("from reference.ref_currencies").fetchall() == [("XTS", 2)]


def test_times_move_with_policy(landed: duckdb.DuckDBPyConnection) -> None:
    """Five weeks later, on the same weekday; what has no end has none."""
    transforms.shift_weeks(landed)
    orders = "select night::varchar, ingested_at::varchar from landing.orders where order_id = 'o1'"
    assert landed.execute(orders).fetchall() == [("2026-02-08", "2026-02-08 10:00:00")]
    policy = landed.execute("select columns(*)::varchar from policy.policy_parameters")
    assert policy.fetchall() == [("2020-02-05", "9999-12-31")]


def test_ids_are_others_and_still_meet(landed: duckdb.DuckDBPyConnection) -> None:
    """No id stays, none are mixed up."""
    transforms.rename_ids(landed)
    names = landed.execute("select order_id, buyer_user_id from landing.orders").fetchall()
    assert not {"o1", "o2", "o3", "u1", "u2"} & {name for row in names for name in row}
    assert len({order for order, _ in names}) == 3
    assert len({buyer for _, buyer in names}) == 2


def test_rows_are_shuffled_within_their_night(landed: duckdb.DuckDBPyConnection) -> None:
    """Another order and the same rows, nights one after the other."""
    before = landed.execute("select * from landing.orders").fetchall()
    transforms.shuffle_rows(landed)
    after = landed.execute("select * from landing.orders").fetchall()
    assert sorted(before) == sorted(after)
    assert [row[4] for row in after] == sorted(row[4] for row in after)


def test_only_what_alerts_are_built_from_is_built() -> None:
    """A model that nothing on the way to the alerts reads is left out."""
    models = [
        Model(name, name, "table", None, reads=reads)
        for name, reads in (("a", []), ("b", ["a"]), ("c", ["a"]), ("alerts", ["b"]))
    ]
    assert [model.name for model in needed(models, "alerts")] == ["a", "b", "alerts"]


def test_a_cent_of_stake_is_rounding_and_two_are_not() -> None:
    def alert(entity: str, stake: str) -> tuple[str, ...]:
        return ("A-1", "user", entity, "why", "P1", "1", stake, "True", "2026-01-01")

    gone = Counter([alert("u1", "5.21"), alert("u2", "5.21"), alert("u3", "None")])
    new = Counter([alert("u1", "5.22"), alert("u2", "5.23"), alert("u4", "None")])
    left, rest = without_cents(gone, new)
    assert left == Counter([alert("u2", "5.21"), alert("u3", "None")])
    assert rest == Counter([alert("u2", "5.23"), alert("u4", "None")])


FIRES = """
    create schema intermediate;
    create schema marts;
    create table intermediate.int_cluster_periods as
    select 'user:' || party_id as cluster_id, 'user' as party_type, party_id
    from (values ('u1'), ('u2')) as users (party_id);
    create table intermediate.int_detection_fires as
    select
        'A-1' as detection_id, 'order' as entity_type, 'o1' as entity_id,
        date '2026-01-04' as night, ['order:o1', 'order:o2'] as evidence_objects,
        '{"share": {"value": 0.5, "threshold": 0.4}, "refunded_minor": {"value": 250},'
        || '"currency": {"value": "USD"}, "paid_usd": {"value": 2.50}, "certified_on":'
        || '{"value": "2026-01-03"}, "drop_id": {"value": "sale:o2:20260104T060000"},'
        || '"cycle_id": {"value": "user:u2>user:u1"}, "gap_days": {"value": null}}' as evidence;
    create table marts.fct_alerts (
        detection_id text, entity_type text, entity_id text, reason_code text, severity text,
        fire_nights int, amount_at_stake_usd decimal(18, 2), is_queued boolean, alerted_on date,
        last_fired_on date, first_event_at timestamp
    );
"""
AS_IT_WAS = {
    "evidence objects": ("2", "None"),
    "share": ("0.5", "0.4"),
    "refunded_minor": ("250", "None"),
    "currency": ("USD", "None"),
    "paid_usd": ("2.5", "None"),
    "certified_on": ("2026-01-03", "None"),
    "drop_id": ("sale:o2:20260104T060000", "None"),
    "cycle_id": ("cluster of u1>cluster of u2", "None"),
    "gap_days": ("None", "None"),
}


def numbers(landed: duckdb.DuckDBPyConnection, **how: Any) -> dict[str, tuple[str, ...]]:
    """What is told of the numbers of one fire on o1: value and threshold by name."""
    rows = sorted(tell(landed, **how).numbers.elements())
    (key,) = {row[:4] for row in rows}
    return {"": key} | {measure: (value, limit) for *_, measure, value, limit in rows}


@pytest.mark.parametrize(
    ("how", "key", "changed"),
    [
        ({}, ("o1", "2026-01-04"), {}),
        (
            {"reads": transforms.scaled},
            ("o1", "2026-01-04"),
            {"refunded_minor": "2500", "currency": "XTS"},
        ),
        (
            {"days": 35, "reads": transforms.later},
            ("o1", "2026-02-08"),
            {"certified_on": "2026-02-07", "drop_id": "sale:o2:20260208T060000"},
        ),
        (
            {"name": "upper({})".format},
            ("O1", "2026-01-04"),
            {
                "drop_id": "sale:O2:20260104T060000",
                "cycle_id": "cluster of U1>cluster of U2",
            },
        ),
    ],
    ids=["as it was", "scaled", "later", "renamed"],
)
def test_each_number_is_told_as_it_should_read(
    landed: duckdb.DuckDBPyConnection, how: dict, key: tuple, changed: dict
) -> None:
    """Minor units and dates move, ids are mapped; every other number stays, to the last digit."""
    landed.execute(FIRES)
    expected = AS_IT_WAS | {measure: (value, "None") for measure, value in changed.items()}
    assert numbers(landed, **how) == {"": ("A-1", "order", *key)} | expected


def test_a_circle_begins_at_its_smallest_id_and_keeps_its_direction() -> None:
    names = {"a": "3", "b": "1", "c": "2"}
    assert named("a>b>c", names) == "1>2>3"
    assert named("a>c>b", names) == "1>3>2"
    assert named(None, names) is None
