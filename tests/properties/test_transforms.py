"""The changes do what they say; a change that changes nothing would prove nothing."""

from collections import Counter
from collections.abc import Iterator

import duckdb
import pytest

from tests.properties import transforms
from tests.properties.check import needed, without_cents
from tests.replay.harness import Model


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
