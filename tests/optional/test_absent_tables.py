"""Each optional table absent, then late: the build succeeds and says what it could not see.

The project is compiled once; a table is taken out of a database in memory in which everything has
landed, and what reads it is built again. Real dbt does it with every optional table at once.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from nightly.contract import load_contract
from tests.helpers.project import dbt
from tests.replay.harness import Model, Replay, make_log, small_demo

OPTIONAL = [name for name, table in load_contract().items() if not table.required]
LATE = ("dispute_events", "shipments", "engagement_events", "fx_rates", "creators")
LOG = ("closed_nights", "delivered_columns")
DETECTIONS = "int_detection_readiness"
Blind = dict[str, dict[str, set[str]]]
"""By consumer and night: what coverage says is missing."""


@dataclass
class Built:
    """The whole project, built in memory on a log that delivers every table."""

    replay: Replay
    connection: duckdb.DuckDBPyConnection
    needs: dict[str, dict[str, list[str]]]
    """For detections and metrics: the tables each says it needs."""

    def downstream(self, table: str) -> list[Model]:
        """What reads a landing table or the log of deliveries, and what reads that."""
        changed, models = {table, *LOG}, []
        for model in self.replay.models:
            if changed & set(model.reads):
                changed.add(model.name)
                models.append(model)
        return models

    def without(self, table: str, until: str) -> None:
        """Build again as if ``table`` had not been delivered before the night ``until``."""
        absent = f"night < date '{until}'"
        self.connection.execute(f"delete from landing.{table} where {absent}")
        for log in LOG:
            self.connection.execute(
                f"delete from landing.{log} where table_name = '{table}' and {absent}"
            )
        nights = self.replay.nights
        self.replay.build(self.connection, nights[0], nights[-1], self.downstream(table))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query gives."""
        return self.connection.execute(sql).fetchall()

    def blind(self) -> Blind:
        """What each coverage mart says of what it could not judge, by consumer and night."""
        found: Blind = {}
        for sql in (
            "select detection_id, night, reason from marts.fct_detection_coverage "
            "where state = 'not_evaluated' and entities is null",
            "select metric_id, night, missing_input from marts.fct_metric_coverage "
            "where not is_ready",
        ):
            for consumer, night, reason in self.rows(sql):
                found.setdefault(consumer, {}).setdefault(str(night), set()).add(reason)
        return found


def needed_tables(manifest: Path) -> dict[str, dict[str, list[str]]]:
    """The required inputs in the metadata of every detection and metric."""
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    metas = [node["config"].get("meta", {}) for node in nodes if node["resource_type"] == "model"]
    return {
        kind: {meta[kind]["id"]: list(meta[kind]["required_inputs"]) for meta in found}
        for kind in ("detection", "metric")
        if (found := [meta for meta in metas if kind in meta])
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    work = tmp_path_factory.mktemp("optional")
    replay = small_demo().on(make_log(work, scale=80), work)
    needs = needed_tables(replay.manifest)
    with replay.database() as connection:
        replay.build(connection, replay.nights[0], replay.nights[-1])
        yield Built(replay, connection, needs)


@pytest.fixture(scope="module")
def blind_before(whole: Built) -> Blind:
    """What is blind although every table is delivered: some hold no row on so small a log."""
    return whole.blind()


@pytest.fixture
def built(whole: Built, blind_before: Blind) -> Iterator[Built]:
    """The database, as it was, for each test."""
    whole.connection.execute("begin")
    yield whole
    whole.connection.execute("rollback")


def expected(built: Built, before: Blind, table: str, nights: list[str]) -> Blind:
    """What has to be blind on ``nights`` without a table, and why, as far as it was not before."""
    consumers = [
        consumer
        for needs in built.needs.values()
        for consumer, tables in needs.items()
        if table in tables
    ]
    return {
        consumer: {
            night: {f"table not delivered: {table}"}
            for night in nights
            if night not in before.get(consumer, {})
        }
        for consumer in consumers
    }


def newly(blind: Blind, before: Blind) -> Blind:
    """What is blind and was not."""
    return {
        consumer: {
            night: reasons
            for night, reasons in nights.items()
            if night not in before.get(consumer, {})
        }
        for consumer, nights in blind.items()
    }


def filled(blind: Blind) -> Blind:
    """Without the consumers that are blind on no night."""
    return {consumer: nights for consumer, nights in blind.items() if nights}


def test_required_tables_are_few(whole: Built) -> None:
    """Six tables must be there; everything else is taken away below."""
    assert len(load_contract()) - len(OPTIONAL) == 6
    assert {"detection", "metric"} == set(whole.needs)


@pytest.mark.parametrize("table", OPTIONAL)
def test_an_absent_table_blinds_what_needs_it_and_nothing_else(
    built: Built, blind_before: Blind, table: str
) -> None:
    built.without(table, "9999-12-31")
    blind = built.blind()
    nights = built.replay.nights
    wanted = expected(built, blind_before, table, nights)
    assert filled(newly(blind, blind_before)) == filled(wanted)
    for detection in wanted.keys() & built.needs["detection"].keys():
        judged = f"detection_id = '{detection}' and state <> 'not_evaluated'"
        assert not built.rows(f"from marts.fct_detection_coverage where {judged}")
        assert not built.rows(f"from marts.fct_alerts where detection_id = '{detection}'")


@pytest.mark.parametrize("table", LATE)
def test_a_table_that_comes_late_leaves_the_nights_before_blind(
    built: Built, blind_before: Blind, table: str
) -> None:
    """Before its first delivery: not delivered. From then on: seen, once it has held a row."""
    first = built.replay.nights[len(built.replay.nights) // 2]
    built.without(table, first)
    blind = built.blind()
    early = [night for night in built.replay.nights if night < first]
    wanted = expected(built, blind_before, table, early)
    found = newly(blind, blind_before)
    before = {c: {n: why for n, why in days.items() if n < first} for c, days in found.items()}
    assert filled(before) == filled(wanted)
    held_a_row = built.rows(f"select coalesce(min(night)::text, '9999') from landing.{table}")[0][0]
    after = {c: {n for n in days if n >= first} for c, days in found.items()}
    assert all(night < held_a_row for nights in after.values() for night in nights)
    assert all(consumer in wanted for consumer, nights in after.items() if nights)


def test_real_dbt_builds_with_the_required_tables_alone(whole: Built, tmp_path: Path) -> None:
    """All 33 absent: real dbt builds, every detection that needs one of them says so."""
    landing = tmp_path / "landing"
    shutil.copytree(whole.replay.landing, landing)
    for table in OPTIONAL:
        shutil.rmtree(landing / table, ignore_errors=True)
    for path in (landing / "_nights").glob("*.json"):
        listed = json.loads(path.read_text(encoding="utf-8"))
        for table in OPTIONAL:
            listed["tables"].pop(table, None)
        path.write_text(json.dumps(listed), encoding="utf-8")
    places = {"landing": landing, "state": tmp_path / "state", "target": tmp_path / "target"}
    dbt("build", "--exclude-resource-type", "unit_test", **places)
    with duckdb.connect(str(tmp_path / "state" / "build.duckdb"), read_only=True) as connection:
        found = Built(whole.replay, connection, whole.needs)
        blind = found.blind()
        alerts = found.rows("from marts.fct_alerts limit 1")
    for needs in whole.needs.values():
        for consumer, tables in needs.items():
            absent = {f"table not delivered: {table}" for table in tables if table in OPTIONAL}
            # a required table may hold no row yet
            empty = {f"no row delivered yet: {table}" for table in tables if table not in OPTIONAL}
            nights = blind.get(consumer, {})
            if absent:
                assert len(nights) == len(whole.replay.nights), consumer
            assert all(reasons <= absent | empty for reasons in nights.values()), consumer
    sighted = [
        detection
        for detection, tables in whole.needs["detection"].items()
        if not set(tables) & set(OPTIONAL)
    ]
    assert sighted or not alerts
