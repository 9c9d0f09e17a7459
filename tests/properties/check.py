"""Builds a log as it landed and changed, and says in which alerts the two differ."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from multiprocessing import get_context

import duckdb

from tests.properties import transforms
from tests.replay.harness import Model, Replay

Alert = tuple[str, ...]
Alerts = Counter[Alert]

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
    """A change that must leave the alerts as they were.

    Args:
        name: what is changed.
        change: makes the change on what landed.
        expected: the query of the unchanged alerts, as they should read after the change.
        cents: whether a stake may differ by a cent, because amounts are converted anew.
    """

    name: str
    change: Callable[[duckdb.DuckDBPyConnection], None]
    expected: str = "as_it_was"
    cents: bool = False


PROPERTIES = [
    Property("rows shuffled within a night", transforms.shuffle_rows),
    Property("all money ten times, at a tenth of the rates", transforms.scale_money, cents=True),
    Property("all times five weeks later", transforms.shift_weeks, "later"),
    Property("all ids renamed", transforms.rename_ids, "renamed"),
]

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
) -> tuple[Alerts, dict[str, list[str]]]:
    """The alerts, and those of each property that differ, one line each; exempt ones left out."""
    chosen = list(properties)
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        whole = pool.submit(alerts, replay, None)
        changed = [pool.submit(alerts, replay, each) for each in chosen]
        found = {}
        for each, future in zip(chosen, changed, strict=True):
            expected, actual = whole.result()[each.expected], future.result()["as_it_was"]
            gone, new = expected - actual, actual - expected
            if each.cents:
                gone, new = without_cents(gone, new)
            found[each.name] = [*_lines("gone", gone), *_lines("new", new)]
        return whole.result()["as_it_was"], found


def without_cents(gone: Alerts, new: Alerts) -> tuple[Alerts, Alerts]:
    """Both without the alerts that differ by no more than a cent of stake."""
    left = list(gone.elements())
    rest: Alerts = Counter()
    for alert in new.elements():
        near = next((other for other in left if _same_but_a_cent(alert, other)), None)
        if near:
            left.remove(near)
        else:
            rest[alert] += 1
    return Counter(left), rest


def _same_but_a_cent(one: Alert, other: Alert) -> bool:
    if one[:STAKE] != other[:STAKE] or one[STAKE + 1 :] != other[STAKE + 1 :]:
        return False
    if "None" in (one[STAKE], other[STAKE]):
        return one[STAKE] == other[STAKE]
    return abs(Decimal(one[STAKE]) - Decimal(other[STAKE])) <= CENT


def _lines(word: str, rows: Alerts) -> list[str]:
    return [f"{word}: {', '.join(row)}" for row in sorted(rows) if row[0] not in EXEMPT]


def alerts(replay: Replay, changed: Property | None) -> dict[str, Alerts]:
    """The alerts of the log, each way they should read after a change."""
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
            return {"as_it_was": _alerts(connection, hashes=changed.expected != "renamed")}
        return {
            "as_it_was": _alerts(connection),
            "later": _alerts(connection, days=transforms.SHIFT_DAYS),
            "renamed": _alerts(connection, name=transforms.renamed, hashes=False),
        }


def _alerts(
    connection: duckdb.DuckDBPyConnection,
    days: int = 0,
    name: Callable[[str], str] = str,
    hashes: bool = True,
) -> Alerts:
    connection.execute(CLUSTERS.format(party=name("party_id")))
    all_ids = " union all ".join(transforms.ids(connection))
    connection.execute(NAMES.format(name=name("id"), ids=all_ids))
    hashed = ", ".join(f"'{kind}'" for kind in NAMED_BY_HASH if not hashes) or "''"
    entity = (
        f"case when entity_type in ({hashed}) then entity_type "
        "else coalesce(cluster_names.name, names.name, fct_alerts.entity_id) end"
    )
    rows = connection.execute(ALERTS.format(entity=entity, days=days)).fetchall()
    return Counter(tuple(map(str, row)) for row in rows)


def needed(models: list[Model], target: str) -> list[Model]:
    """The models that ``target`` is built from, in order, itself the last."""
    names = {target}
    for model in reversed(models):
        if model.name in names:
            names.update(model.reads)
    return [model for model in models if model.name in names]
