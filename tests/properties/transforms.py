"""Changes of what landed that must not change what is alerted.

Each is a function that rewrites the landed tables (and the policy and reference seeds where they
move along) of a database in which nothing is built yet.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import duckdb

Connection = duckdb.DuckDBPyConnection

#: ids of what the warehouse or its people name themselves, not the marketplace
NOT_RENAMED = {"alert_id", "case_id", "detection_id", "experiment_id", "policy_id"}
SHIFT_DAYS = 35
SCALE = 10
STAMP = "%Y%m%dT%H%M%S"


def shuffle_rows(connection: Connection) -> None:
    """Rows of a night in another order."""
    for table, columns in _landed(connection):
        if "row_hash" in columns:
            order = "night, hash(row_hash || 'shuffled'), hash(ingested_at)"
            _rewrite(connection, table, f"select * from {table} order by {order}")


def shift_weeks(connection: Connection) -> None:
    """All times, and the dates of policy and calendars, by five weeks."""
    for schema in ("landing", "policy", "reference"):
        for table, columns in _tables(connection, schema):
            moved = [name for name, kind in columns.items() if kind in ("DATE", "TIMESTAMP")]
            if moved:
                changes = ", ".join(f"{_shifted(name, columns[name])} as {name}" for name in moved)
                _rewrite(connection, table, f"select * replace ({changes}) from {table}")


def _shifted(name: str, kind: str) -> str:
    # a date without an end stays without one
    later = f"{name} + {SHIFT_DAYS}" if kind == "DATE" else f"{name} + interval {SHIFT_DAYS} day"
    return f"case when year({name}) < 9000 then ({later})::{kind.lower()} else {name} end"


def later(measure: str, value: str | None) -> str | None:
    """How a number of an alert reads five weeks later: dates move, also in the name of a sale."""
    if value and measure.endswith("_on"):
        return str(date.fromisoformat(value) + timedelta(days=SHIFT_DAYS))
    if value and measure == "drop_id":
        return re.sub(r"\d{8}T\d{6}", _moved, value)
    return value


def _moved(stamp: re.Match[str]) -> str:
    at = datetime.strptime(stamp[0], STAMP) + timedelta(days=SHIFT_DAYS)
    return at.strftime(STAMP)


def scale_money(connection: Connection) -> None:
    """Ten times the minor units of everything, at a tenth of the rates.

    A dollar is a dollar whatever the rates say, so dollars become a currency of their own first:
    what was 1 USD is 10 XTS (the code ISO 4217 keeps for tests), at 0.1 dollars each.
    """
    for table, columns in [*_landed(connection), *_tables(connection, "reference")]:
        if table == "landing.fx_rates" or "currency" not in columns:
            continue
        changes = ["case currency when 'USD' then 'XTS' else currency end as currency"]
        changes += [f"{name} * {SCALE} as {name}" for name in columns if name.endswith("_minor")]
        if table == "landing.creator_awards":
            scaled = f"case when ends_with(metric, '_minor') then {SCALE} else 1 end"
            changes += [
                f"{name} * {scaled} as {name}" for name in ("metric_value", "tier_threshold")
            ]
        _rewrite(connection, table, f"select * replace ({', '.join(changes)}) from {table}")
    prices = ", ".join(
        f"if(field = 'price', ({name}::bigint * {SCALE})::varchar, {name}) as {name}"
        for name in ("old_value", "new_value")
    )
    edits = f"select * replace ({prices}) from landing.listing_changes"
    _rewrite(connection, "landing.listing_changes", edits)
    _rewrite(
        connection,
        "landing.fx_rates",
        f"""
        select * replace (
            case currency when 'USD' then 'XTS' else currency end as currency,
            cast(usd_per_unit / {SCALE} as decimal(18, 10)) as usd_per_unit
        ) from landing.fx_rates
        """,
    )


def scaled(measure: str, value: str | None) -> str | None:
    """How a number of an alert reads when money is scaled: minor units are ten times as many.

    Dollars, shares of money and counts of anything are what they were, to the last digit.
    """
    if value and measure.endswith("_minor"):
        return str(int(value) * SCALE)
    return "XTS" if (measure, value) == ("currency", "USD") else value


def round_rates(connection: Connection) -> None:
    """Rates that a tenth of can be told exactly, so that scaling changes no cent."""
    _rewrite(
        connection,
        "landing.fx_rates",
        "select * replace (round(usd_per_unit, 9)::decimal(18, 10) as usd_per_unit) "
        "from landing.fx_rates",
    )


def rename_ids(connection: Connection) -> None:
    """Every id becomes another one, in no order that the old ones had."""
    for table, columns in _landed(connection):
        names = [name for name in columns if name.endswith("_id") and name not in NOT_RENAMED]
        changes = [f"{renamed(name)} as {name}" for name in names]
        if "row_hash" in columns:
            changes.append("md5('renamed' || row_hash) as row_hash")
        if changes:
            _rewrite(connection, table, f"select * replace ({', '.join(changes)}) from {table}")


def renamed(name: str) -> str:
    """SQL of the new name of an id."""
    return f"md5('renamed' || {name})"


def ids(connection: Connection) -> Iterator[str]:
    """A query of every id of every table, for the mapping back."""
    for table, columns in _landed(connection):
        for name in columns:
            if name.endswith("_id") and name not in NOT_RENAMED:
                yield f"select {name} as id from {table} where {name} is not null"


def _landed(connection: Connection) -> list[tuple[str, dict[str, str]]]:
    return _tables(connection, "landing")


def _tables(connection: Connection, schema: str) -> list[tuple[str, dict[str, str]]]:
    found: dict[str, dict[str, str]] = {}
    columns = connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where database_name = current_database() and schema_name = ? "
        "order by table_name, column_index",
        [schema],
    )
    for table, column, kind in columns.fetchall():
        found.setdefault(f"{schema}.{table}", {})[column] = kind
    return list(found.items())


def _rewrite(connection: Connection, table: str, query: str) -> None:
    connection.execute(f"create or replace temp table changed as {query}")
    connection.execute(f"delete from {table}")
    connection.execute(f"insert into {table} by name select * from changed")
