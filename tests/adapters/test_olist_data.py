"""The Olist landing against figures counted from the CSV files without any SQL."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter, defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb
import pytest

from adapters.check import check_landing
from adapters.olist.__main__ import main
from nightly.contract import load_contract

ORDERS = 8_135
PAID_MINOR = 142_860_281
ROUNDING_MINOR = 5


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """One Olist file, row by row."""
    with (folder / f"olist_{name}_dataset.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def minor(amount: str) -> int:
    """Reais to centavos, refusing to round."""
    centavos = Decimal(amount) * 100
    assert centavos == centavos.to_integral_value()
    return int(centavos)


def landed(landing: Path, table: str, query: str) -> list[tuple[object, ...]]:
    """A query over one landed table, called t."""
    return duckdb.sql(
        f"with t as (from read_parquet('{landing}/{table}/*/*.parquet')) {query}"
    ).fetchall()


def cause(has_items: bool, paid: int, sold: int) -> str:
    """Why an order's payments and items differ."""
    if not has_items:
        return "no items"
    if paid == sold:
        return "equal"
    side = "above" if paid > sold else "below"
    return f"{side}, rounding" if abs(paid - sold) <= ROUNDING_MINOR else side


def test_every_order_lands_once(olist_landing: Path) -> None:
    assert landed(olist_landing, "orders", "select count(distinct order_id) from t") == [(ORDERS,)]


def test_every_centavo_lands(olist_data: Path, olist_landing: Path) -> None:
    counted = sum(minor(row["payment_value"]) for row in rows(olist_data, "order_payments"))
    assert counted == PAID_MINOR
    query = "select sum(amount_minor) from t where kind = 'capture' and result = 'approved'"
    assert landed(olist_landing, "payment_attempts", query) == [(PAID_MINOR,)]


def test_breaks_by_cause(olist_data: Path, olist_landing: Path) -> None:
    sold: dict[str, int] = defaultdict(int)
    for row in rows(olist_data, "order_items"):
        sold[row["order_id"]] += minor(row["price"]) + minor(row["freight_value"])
    paid: dict[str, int] = defaultdict(int)
    for row in rows(olist_data, "order_payments"):
        paid[row["order_id"]] += minor(row["payment_value"])
    orders: Counter[str] = Counter()
    amounts: Counter[str] = Counter()
    for row in rows(olist_data, "orders"):
        order = row["order_id"]
        name = cause(order in sold, paid[order], sold.get(order, 0))
        orders[name] += 1
        amounts[name] += paid[order] - sold.get(order, 0)
    assert orders == {
        "equal": 7_318, "no items": 775, "below, rounding": 13, "above, rounding": 7, "above": 22,
    }  # fmt: skip
    assert amounts == {
        "equal": 0, "no items": 16_259_195, "below, rounding": -16, "above, rounding": 9,
        "above": 45_819,
    }  # fmt: skip

    landed_sold = dict(landed(olist_landing, "order_items",
                              "select order_id, sum(paid_minor) from t group by 1"))  # fmt: skip
    landed_paid = dict(landed(olist_landing, "payment_attempts",
                              "select order_id, sum(amount_minor) from t group by 1"))  # fmt: skip
    assert landed_sold == dict(sold)
    assert landed_paid == dict(paid)


def test_never_approved_payments_land_on_the_last_night(
    olist_data: Path, olist_landing: Path
) -> None:
    unapproved = {r["order_id"] for r in rows(olist_data, "orders") if not r["order_approved_at"]}
    payments = [r for r in rows(olist_data, "order_payments") if r["order_id"] in unapproved]
    expected = (len(payments), sum(minor(row["payment_value"]) for row in payments))
    assert expected == (161, 3_517_517)
    query = "select count(*), sum(amount_minor), min(dt) = max(dt) from t where settled_at is null"
    assert landed(olist_landing, "payment_attempts", query) == [(*expected, True)]


def test_no_review_is_lost(olist_data: Path, olist_landing: Path) -> None:
    reviews = rows(olist_data, "order_reviews")
    assert (len(reviews), len({row["review_id"] for row in reviews})) == (8_225, 8_191)
    query = "select count(distinct review_id), sum(rating) from t"
    ratings = sum(int(row["review_score"]) for row in reviews)
    assert landed(olist_landing, "reviews", query) == [(8_225, ratings)]


def test_times_agree_with_the_time_zone_database(olist_data: Path, olist_landing: Path) -> None:
    try:
        zone = ZoneInfo("America/Sao_Paulo")
    except ZoneInfoNotFoundError:
        pytest.skip("no time zone database on this machine")
    expected = {
        row["order_id"]: datetime.fromisoformat(row["order_purchase_timestamp"])
        .replace(tzinfo=zone)
        .astimezone(UTC)
        .replace(tzinfo=None)
        for row in rows(olist_data, "orders")
    }
    query = "select order_id, placed_at from t where record_seq = 1"
    assert dict(landed(olist_landing, "orders", query)) == expected


def test_keeps_the_contract(olist_landing: Path) -> None:
    assert check_landing(olist_landing, load_contract()) == []


def test_no_column_is_delivered_empty(olist_landing: Path) -> None:
    """A column that is null everywhere would claim that somebody looked."""
    for table in (path.name for path in olist_landing.iterdir() if path.name[0] != "_"):
        frame = duckdb.sql(f"from read_parquet('{olist_landing}/{table}/*/*.parquet')")
        counts = frame.aggregate(", ".join(f"count({name})" for name in frame.columns)).fetchall()
        assert [n for n, c in zip(frame.columns, counts[0], strict=True) if c == 0] == []


def test_a_rerun_writes_the_same_bytes_and_reports_the_breaks(
    olist_data: Path, olist_landing: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = digests(olist_landing)
    assert main(["--source", str(olist_data), "--landing", str(olist_landing)]) == 0
    assert digests(olist_landing) == before
    printed = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    for line in (
        "equal 7,318 1,256,950.41 0.00",
        "no items, nothing paid 3 0.00 0.00",
        "no items, paid 772 162,591.95 162,591.95",
        "below items, rounding 13 4,101.21 -0.16",
        "above items, rounding 7 1,352.61 0.09",
        "above items, in instalments 22 3,606.63 458.19",
        "all 8,135 1,428,602.81 163,050.07",
    ):
        assert line in printed


def digests(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
