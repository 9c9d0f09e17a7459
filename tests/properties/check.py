"""Builds a log as it landed and changed, and says in which alerts and numbers the two differ."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from multiprocessing import get_context

import duckdb

from tests.properties import transforms
from tests.replay.harness import Replay, needed

Row = tuple[str, ...]
Rows = Counter[Row]

#: detections that may differ, with the reason
EXEMPT = {
    "COL-02": "compares a block with shuffled trades, and the shuffle is seeded by ids and night",
    "REG-01": "counts calendar years, and its thresholds are amounts in law",
}
#: a crowd is named by a hash of its members: renamed, it is told by its night, reason and stake
NAMED_BY_HASH = ("lockstep_cluster",)
#: rates have nine digits, so a sum of converted amounts may differ in its last cent
CENT = Decimal("0.01")
STAKE = 6


@dataclass(frozen=True)
class Property:
    """A change that must leave the alerts, and the numbers behind them, as they were.

    Args:
        name: what is changed.
        change: makes the change on what landed.
        expected: how the unchanged alerts and numbers should read after the change.
        cents: whether a stake may differ by a cent, because amounts are converted anew.
    """

    name: str
    change: Callable[[duckdb.DuckDBPyConnection], None]
    expected: str = "as_it_was"
    cents: bool = False


PROPERTIES = [
    Property("rows shuffled within a night", transforms.shuffle_rows),
    Property(
        "all money ten times, at a tenth of the rates", transforms.scale_money, "scaled", cents=True
    ),
    Property("all times five weeks later", transforms.shift_weeks, "later"),
    Property("all ids renamed", transforms.rename_ids, "renamed"),
]


@dataclass(frozen=True)
class Told:
    """What a log came to: its alerts, and each number that each fire was judged by."""

    alerts: Rows
    numbers: Rows


ALERTS = """
    select
        detection_id, entity_type, {entity} as entity, reason_code, severity, fire_nights,
        amount_at_stake_usd, is_queued, alerted_on + {days} as alerted_on,
        last_fired_on + {days} as last_fired_on,
        first_event_at + interval {days} day as first_event_at
    from marts.fct_alerts
    left join cluster_names on fct_alerts.entity_id = cluster_names.cluster_id
    left join names on fct_alerts.entity_id = names.id
"""

# of every night that fired, not of an alert's first alone; a list is told by how long it is
NUMBERS = """
    with fires as (
        select *, unnest(json_keys(evidence)) as measure from intermediate.int_detection_fires
    )
    select
        detection_id, entity_type, {entity} as entity, night + {days} as night, measure,
        evidence ->> ('$.' || measure || '.value') as value,
        evidence ->> ('$.' || measure || '.threshold') as threshold
    from fires
    left join cluster_names on fires.entity_id = cluster_names.cluster_id
    left join names on fires.entity_id = names.id
    union all by name
    select
        detection_id, entity_type, {entity} as entity, night + {days} as night,
        'evidence objects' as measure, len(evidence_objects)::varchar as value
    from intermediate.int_detection_fires as fires
    left join cluster_names on fires.entity_id = cluster_names.cluster_id
    left join names on fires.entity_id = names.id
"""

# a cluster is named by its oldest member, and of two as old by the smaller id: it is told by all
CLUSTERS = """
    create or replace temp table cluster_names as
    select cluster_id, 'cluster of ' || min({party}) as name
    from intermediate.int_cluster_periods
    where party_type = 'user'
    group by cluster_id
"""
NAMES = "create or replace temp table names as select distinct id, {name} as name from ({ids})"


def compare(
    replay: Replay, properties: Iterable[Property], processes: int
) -> tuple[Told, dict[str, list[str]]]:
    """What is told, and what differs of it by property, one line each; exempt ones left out."""
    chosen = list(properties)
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        whole = pool.submit(told, replay, None)
        changed = [pool.submit(told, replay, each) for each in chosen]
        found = {}
        for each, future in zip(chosen, changed, strict=True):
            expected, actual = whole.result()[each.expected], future.result()["as_it_was"]
            gone, new = expected.alerts - actual.alerts, actual.alerts - expected.alerts
            if each.cents:
                gone, new = without_cents(gone, new)
            found[each.name] = [*_lines("gone", gone), *_lines("new", new)]
            gone, new = expected.numbers - actual.numbers, actual.numbers - expected.numbers
            found[each.name] += [*_lines("number was", gone), *_lines("number is", new)]
        return whole.result()["as_it_was"], found


def without_cents(gone: Rows, new: Rows) -> tuple[Rows, Rows]:
    """Both without the alerts that differ by no more than a cent of stake."""
    left = list(gone.elements())
    rest: Rows = Counter()
    for alert in new.elements():
        near = next((other for other in left if _same_but_a_cent(alert, other)), None)
        if near:
            left.remove(near)
        else:
            rest[alert] += 1
    return Counter(left), rest


def _same_but_a_cent(one: Row, other: Row) -> bool:
    if one[:STAKE] != other[:STAKE] or one[STAKE + 1 :] != other[STAKE + 1 :]:
        return False
    if "None" in (one[STAKE], other[STAKE]):
        return one[STAKE] == other[STAKE]
    return abs(Decimal(one[STAKE]) - Decimal(other[STAKE])) <= CENT


def _lines(word: str, rows: Rows) -> list[str]:
    return [f"{word}: {', '.join(row)}" for row in sorted(rows) if row[0] not in EXEMPT]


def told(replay: Replay, changed: Property | None) -> dict[str, Told]:
    """What the log comes to, each way it should read after a change."""
    with replay.database() as connection:
        connection.execute("set enable_progress_bar = false")
        transforms.round_rates(connection)
        first, last = replay.nights[0], replay.nights[-1]
        if changed:
            changed.change(connection)
        if changed and changed.expected == "later":
            days = f"date '{{}}' + {transforms.SHIFT_DAYS}"
            query = f"select ({days.format(first)})::varchar, ({days.format(last)})::varchar"
            first, last = connection.execute(query).fetchall()[0]
        replay.build(connection, first, last, needed(replay.models, "fct_alerts"))
        if changed:
            return {"as_it_was": tell(connection, hashes=changed.expected != "renamed")}
        return {
            "as_it_was": tell(connection),
            "scaled": tell(connection, reads=transforms.scaled),
            "later": tell(connection, days=transforms.SHIFT_DAYS, reads=transforms.later),
            "renamed": tell(connection, name=transforms.renamed, hashes=False),
        }


def tell(
    connection: duckdb.DuckDBPyConnection,
    days: int = 0,
    name: Callable[[str], str] = str,
    hashes: bool = True,
    reads: Callable[[str, str], str] = lambda _, value: value,
) -> Told:
    """What a built database says.

    Args:
        connection: where the alerts and fires are.
        days: how many days later it should be told.
        name: SQL of the name of an id.
        hashes: whether names that are hashes of ids are told.
        reads: how a number is told, by its name and value.
    """
    connection.execute(CLUSTERS.format(party=name("party_id")))
    all_ids = " union all ".join(transforms.ids(connection))
    connection.execute(NAMES.format(name=name("id"), ids=all_ids))
    hashed = ", ".join(f"'{kind}'" for kind in NAMED_BY_HASH if not hashes) or "''"
    entity = (
        f"case when entity_type in ({hashed}) then entity_type "
        "else coalesce(cluster_names.name, names.name, {table}.entity_id) end"
    )
    alerts = ALERTS.format(entity=entity.format(table="fct_alerts"), days=days)
    numbers = NUMBERS.format(entity=entity.format(table="fires"), days=days)
    found = connection.execute(numbers).fetchall()
    names = _names(connection, [value for *_, measure, value, _ in found if _is_id(measure)])
    return Told(
        Counter(tuple(map(str, row)) for row in connection.execute(alerts).fetchall()),
        Counter(
            (
                *map(str, row),
                measure,
                str(reads(measure, named(value, names) if _is_id(measure) else value)),
                str(threshold),
            )
            for *row, measure, value, threshold in found
        ),
    )


def _is_id(measure: str) -> bool:
    return measure.endswith("_id")


def _names(connection: duckdb.DuckDBPyConnection, values: Iterable[str | None]) -> dict[str, str]:
    """The names of the ids in some values."""
    parts = {
        part for value in values if value for part in (*value.split(">"), *re.split("[>:]", value))
    }
    query = """
        select id, name from names where list_contains($parts, id)
        union all
        select cluster_id, name from cluster_names where list_contains($parts, cluster_id)
    """
    return dict(connection.execute(query, {"parts": sorted(parts)}).fetchall())


def named(value: str | None, names: dict[str, str]) -> str | None:
    """An id, or several in one (``drop:sku``, ``a>b>c``), each called by its name.

    A circle begins at its smallest id, which is another one when the ids are others.
    """
    if value is None:
        return None
    circle = [
        names.get(one) or ":".join(names.get(part, part) for part in one.split(":"))
        for one in value.split(">")
    ]
    start = circle.index(min(circle))
    return ">".join(circle[start:] + circle[:start])
