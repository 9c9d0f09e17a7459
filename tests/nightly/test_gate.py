"""Faults in a delivery: a bad table stops the night, a bad row goes to quarantine."""

from datetime import timedelta

import duckdb
import pyarrow as pa
import pytest
import yaml

from nightly.contract import load_contract
from nightly.errors import NightlyError
from nightly.gate import CONFIG, Report, gate
from nightly.landing import closed_nights

from .conftest import CONTRACT, FIRST, Landing, night_of, sample_rows

LIMITS = yaml.safe_load(CONFIG.read_text())
DAY = night_of(1)


def judge(warehouse, first=FIRST, limits=None) -> Report:
    nights = [item for item in closed_nights(warehouse.settings) if item.night >= first]
    return gate(warehouse.settings, load_contract(), nights, "000001-test", limits or LIMITS)


def refusal(warehouse) -> str:
    with pytest.raises(NightlyError) as caught:
        judge(warehouse)
    text = str(caught.value)
    assert "\n" not in text
    assert f"night {DAY}" in text
    return text


def quarantined(landing: Landing, table: str, night=DAY) -> list[dict]:
    path = landing.root / "_quarantine" / table / f"dt={night}" / "part-0.parquet"
    return duckdb.sql(f"select * from read_parquet('{path}', hive_partitioning = false)").df()


def test_a_sound_delivery_passes_without_a_word(warehouse, landing):
    landing.fill(3)
    report = judge(warehouse)
    assert report.warnings == []
    assert report.rows_in["orders"] == 60
    assert report.facts()["quarantined"] == {}
    assert not (landing.root / "_quarantine").exists()
    assert (warehouse.settings.docs / "gate" / "index.html").exists()


# ------------------------------------------------------------------------- what stops the night


def test_a_listed_file_that_is_missing(warehouse, landing):
    landing.fill(3).file("orders", DAY).unlink()
    text = refusal(warehouse)
    assert "table orders" in text
    assert "1 listed files do not exist: deliver them" in text


def test_a_file_that_is_not_parquet(warehouse, landing):
    landing.fill(3).file("sessions", DAY).write_bytes(b"no parquet at all, but long enough")
    text = refusal(warehouse)
    assert "table sessions: 1 files are not readable Parquet" in text


def test_a_row_count_that_is_not_the_listed_one(warehouse, landing):
    landing.fill(3).close(DAY, orders={"rows": 21})
    text = refusal(warehouse)
    assert "table orders: 21 rows listed, 20 found" in text


def test_a_required_column_that_is_missing(warehouse, landing):
    landing.fill(3).write_table("orders", DAY, drop=("currency",))
    text = refusal(warehouse)
    assert "table orders: required column currency is missing" in text


def test_a_required_table_that_is_not_listed(warehouse, landing):
    landing.fill(3).close(DAY, refunds=None)
    text = refusal(warehouse)
    assert "table refunds: a required table is not listed" in text
    assert f"_nights/{DAY}.json" in text


def test_a_type_that_the_contract_cannot_hold(warehouse, landing):
    landing.fill(3)
    for row in landing.rows["order_items", DAY]:
        row["gross_minor"] = 12.5
    landing.write_table("order_items", DAY, types={"gross_minor": pa.float64()})
    text = refusal(warehouse)
    assert "column gross_minor is delivered as DOUBLE" in text


def test_a_file_that_lies_in_another_night(warehouse, landing):
    landing.fill(3).close(DAY, orders={"files": [f"orders/dt={FIRST}/part-0.parquet"]})
    assert "lie outside orders/dt=2026-01-02/" in refusal(warehouse)


@pytest.mark.parametrize(("bad", "stops"), [(10, False), (11, True)])
def test_more_bad_rows_than_tolerated(warehouse, landing, bad, stops):
    """Of 20 rows 1 % is none; 10 are always allowed."""
    landing.fill(3)
    for row in landing.rows["orders", DAY][:bad]:
        row["status"] = "lost"
    landing.write_table("orders", DAY)
    if stops:
        assert "11 of 20 rows break the contract" in refusal(warehouse)
    else:
        assert judge(warehouse).reasons == {"orders": {"value not in the contract: status": 10}}


# ------------------------------------------------------------------------ what goes to quarantine


def test_a_required_null(warehouse, landing):
    landing.fill(3).rows["users", DAY][4]["region"] = None
    landing.write_table("users", DAY)
    report = judge(warehouse)
    assert report.reasons == {"users": {"required but missing: region": 1}}
    assert report.warnings == [
        f"night {DAY}, table users: 1 rows without required region in quarantine"
    ]
    (row,) = quarantined(landing, "users").to_dict("records")
    assert row["user_id"] == f"users-user_id-{DAY}-4"
    assert row["quarantine_reason"] == "required but missing: region"
    assert (row["quarantine_file"], row["quarantine_row"]) == ("part-0.parquet", 4)


def test_a_value_outside_an_enum(warehouse, landing):
    landing.fill(3).rows["payment_attempts", DAY][0]["result"] = "perhaps"
    landing.write_table("payment_attempts", DAY)
    report = judge(warehouse)
    assert report.reasons == {"payment_attempts": {"value not in the contract: result": 1}}


def test_text_that_is_no_number_keeps_its_text(warehouse, landing):
    landing.fill(3)
    for row in landing.rows["order_items", DAY]:
        row["quantity"] = str(row["quantity"])
    landing.rows["order_items", DAY][2]["quantity"] = "two"
    landing.write_table("order_items", DAY, types={"quantity": pa.string()})
    assert judge(warehouse).reasons == {"order_items": {"not a bigint: quantity": 1}}
    (row,) = quarantined(landing, "order_items").to_dict("records")
    assert row["quantity"] == "two"


def test_a_row_ingested_on_another_date(warehouse, landing):
    landing.fill(3).rows["orders", DAY][0]["ingested_at"] -= timedelta(days=1)
    landing.write_table("orders", DAY)
    report = judge(warehouse)
    assert report.reasons == {"orders": {"arrived on another night: ingested_at": 1}}


def test_rerunning_a_repaired_night_empties_its_quarantine(warehouse, landing):
    landing.fill(3).rows["orders", DAY][0]["status"] = "lost"
    landing.write_table("orders", DAY)
    judge(warehouse)
    landing.rows["orders", DAY][0]["status"] = "paid"
    landing.write_table("orders", DAY)
    assert judge(warehouse).reasons == {}
    assert not landing.root.joinpath("_quarantine", "orders", f"dt={DAY}").exists()


# ------------------------------------------------------------------------------------------- keys


def test_the_same_row_again_counts_once_and_is_no_fault(warehouse, landing):
    landing.fill(3).add("orders", DAY, landing.rows["orders", FIRST][3])
    report = judge(warehouse)
    assert (report.redeliveries, report.reasons, report.warnings) == (1, {}, [])


@pytest.mark.parametrize("first", [FIRST, DAY], ids=["one range", "against an earlier night"])
def test_the_same_key_with_other_content_is_set_aside(warehouse, landing, first):
    landing.fill(3).add("orders", DAY, landing.rows["orders", FIRST][3], region="elsewhere")
    report = judge(warehouse, first)
    reason = "same key, other content: the first arrival counts"
    assert report.reasons == {"orders": {reason: 1}}
    (row,) = quarantined(landing, "orders").to_dict("records")
    assert row["region"] == "elsewhere"


def test_a_new_version_of_an_entity_is_no_conflict(warehouse, landing):
    row = landing.fill(3).rows["orders", FIRST][3]
    landing.add("orders", DAY, row, region="elsewhere", record_seq=row["record_seq"] + 100)
    report = judge(warehouse)
    assert (report.redeliveries, report.reasons) == (0, {})


def test_a_bad_row_never_wins_over_a_good_one(warehouse, landing):
    landing.fill(3).rows["orders", FIRST][3]["status"] = "lost"
    landing.write_table("orders", FIRST)
    landing.add("orders", DAY, landing.rows["orders", FIRST][3], status="paid")
    assert judge(warehouse).reasons == {"orders": {"value not in the contract: status": 1}}


@pytest.mark.parametrize(("after", "late"), [(14, 0), (15, 1)])
@pytest.mark.parametrize("one_range", [True, False])
def test_a_redelivery_after_more_than_14_days_is_reported(
    warehouse, landing, after, late, one_range
):
    landing.fill(after + 1).add("orders", night_of(after), landing.rows["orders", FIRST][3])
    report = judge(warehouse, FIRST if one_range else night_of(after))
    assert report.redeliveries == 1
    told = [line for line in report.warnings if "later than agreed" in line]
    assert len(told) == late


# --------------------------------------------------------------------------------- what only warns


def test_columns_and_tables_outside_the_contract(warehouse, landing):
    landing.fill(3)
    for row in landing.rows["orders", DAY]:
        row["mood"] = "good"
    landing.write_table("orders", DAY)
    landing.close(DAY, weather={"rows": 0, "files": []})
    assert judge(warehouse).warnings == [
        f"night {DAY}, table weather: not in the contract, not read",
        f"night {DAY}, table orders: column mood is not in the contract, not read",
    ]


@pytest.mark.parametrize("one_range", [True, False])
def test_volume_and_null_rate_drift(warehouse, landing, one_range):
    """Seven nights of 200 rows, then 40 (a fifth), then a column that is suddenly empty."""
    limits = LIMITS | {"drift": LIMITS["drift"] | {"minimum_rows": 20}}
    landing.fill(9, count=200)
    landing.rows["orders", night_of(7)] = sample_rows(CONTRACT["orders"], night_of(7), 40)
    for row in landing.rows["sessions", night_of(8)]:
        row["country"] = None
    landing.write()
    if one_range:
        report = judge(warehouse, FIRST, limits)
    else:
        nights = closed_nights(warehouse.settings)
        gate(warehouse.settings, load_contract(), nights[:7], "000001-a", limits)
        report = gate(warehouse.settings, load_contract(), nights[7:], "000002-b", limits)
    assert report.warnings == [
        f"night {night_of(7)}, table orders: 40 rows, 0.20 times the trailing month",
        f"night {night_of(8)}, table sessions: country is null in 100% of the rows, "
        "+100% against the trailing month",
    ]


def test_optional_tables_and_columns_may_be_absent(warehouse, landing):
    required = tuple(name for name, table in CONTRACT.items() if table.required)
    landing.fill(2, required)
    optional = tuple(c.name for c in CONTRACT["orders"].columns if not c.required)
    landing.write_table("orders", DAY, drop=optional)
    assert judge(warehouse).warnings == []
