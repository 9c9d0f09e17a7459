"""The landing log: contract, arrival dates, redelivery, lateness, versions, nights."""

import json

import pytest

from nightly.contract import load_contract
from simulator.tables import TABLES

CONTRACT = load_contract()
each_table = pytest.mark.parametrize("table", CONTRACT.values(), ids=list(CONTRACT))


@each_table
def test_required_values_and_enums(demo, table):
    for column in table.columns:
        if column.required:
            missing = demo.one(f"select count(*) from {table.name} where {column.name} is null")
            assert missing == 0, column.name
        if column.enum:
            given = {v for (v,) in demo.all(f"select distinct {column.name} from {table.name}")}
            assert given - {None} <= set(column.enum), column.name


@each_table
def test_every_table_has_rows_and_its_required_columns_are_declared(demo, table):
    assert demo.one(f"select count(*) from {table.name}") > 0
    required = {column.name for column in table.columns if column.required}
    assert TABLES[table.name].required == required


@each_table
def test_dt_is_the_date_of_arrival_and_nothing_arrives_before_it_happened(demo, table):
    wrong = f"select count(*) from {table.name} where ingested_at::date <> dt"
    assert demo.one(wrong) == 0
    early = f"select count(*) from {table.name} where {table.event_time}::timestamp > ingested_at"
    assert demo.one(early) == 0


@each_table
def test_a_key_always_carries_the_same_content(demo, table):
    key = ", ".join(table.row_key)
    rows = f"select distinct * exclude (ingested_at, dt) from {table.name}"
    assert demo.one(f"select count(*) - count(distinct ({key})) from ({rows})") == 0


def test_a_small_share_is_delivered_twice_within_fourteen_days(demo):
    total = twice = other_night = 0
    for name, spec in TABLES.items():
        key = ", ".join((*spec.key, *(["record_seq"] if spec.kind == "entity" else [])))
        copies = demo.all(
            "select count(*), sum(n), sum((nights > 1)::int), max(days) from (select count(*) as n,"
            " count(distinct dt) as nights, date_diff('day', min(dt), max(dt)) as days"
            f" from {name} group by {key})"
        )
        keys, rows, apart, days = copies[0]
        assert days <= 14
        total, twice, other_night = total + keys, twice + rows - keys, other_night + apart
    assert 0.001 < twice / total < 0.004
    assert 0 < other_night < twice, "some on the same night, some later"


def test_a_small_share_is_late_by_days(demo):
    late = demo.one(
        "select avg((ingested_at > started_at + interval 12 hour)::int) from once_sessions"
        " where started_at >= timestamp '2026-01-02'"
    )
    assert 0.003 < late < 0.03
    worst = demo.one(
        "select max(date_diff('hour', started_at, ingested_at)) from once_sessions"
        " where started_at >= timestamp '2026-01-02'"
    )
    assert 24 < worst <= 241


def test_versions_number_from_one_and_some_arrive_out_of_order(demo):
    gaps = demo.one(
        "select count(*) from (select max(record_seq) - count(*) as missing, min(ingested_at)"
        " as since from once_orders group by order_id)"
        " where missing <> 0 and since >= timestamp '2026-01-02'"
    )
    assert gaps == 0
    out_of_order = demo.one(
        "select count(*) from (select dt, lag(dt) over (partition by order_id order by record_seq)"
        " as before from once_orders) where dt < before"
    )
    assert out_of_order > 0


def test_day_zero_brings_history_in_its_final_state(demo):
    old = "from orders where placed_at < timestamp '2026-01-01'"
    assert demo.one(f"select count(distinct order_id) {old} and dt = date '2026-01-01'") > 100
    assert demo.one(f"select min(placed_at) < timestamp '2024-06-01' {old}")
    twice = demo.one(
        "select count(*) from (select order_id from once_orders where dt = date '2026-01-01' and"
        " coalesce(delivered_at, cancelled_at, placed_at) < timestamp '2025-12-15'"
        " group by order_id having count(*) > 1)"
    )
    assert twice == 0


def test_the_nights_list_exactly_the_files_that_exist(demo):
    nights = sorted((demo.landing / "_nights").glob("*.json"))
    assert len(nights) == 91
    listed = {}
    for path in nights:
        night = json.loads(path.read_text())
        assert night["night"] == path.stem
        assert set(night["tables"]) == set(TABLES)
        for table, entry in night["tables"].items():
            assert bool(entry["rows"]) == bool(entry["files"]), (path.stem, table)
            for file in entry["files"]:
                listed[file] = entry["rows"]
    found = {str(p.relative_to(demo.landing)) for p in demo.landing.glob("*/dt=*/*")}
    assert set(listed) == found
    for file in list(listed)[::97]:
        assert demo.one(f"select count(*) from '{demo.landing / file}'") == listed[file]
    assert (demo.landing / "_PUBLIC").is_file()
