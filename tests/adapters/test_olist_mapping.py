"""The Olist mapping on orders written by hand; needs no data set."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from olist_source import write_source

from adapters.check import check_landing
from adapters.olist.__main__ import SOURCES, main
from nightly.contract import load_contract

# Six buyers' orders: calm (all steps), paid_late (shipped before approval), dropped (never
# approved, no items), two_shops (two sellers), lost (unavailable), undated (delivered, no date).
ORDERS = [
    ("calm", "delivered", "2018-06-01 22:00:00", "2018-06-01 22:10:00", "2018-06-04 10:00:00",
     "2018-06-08 10:00:00"),
    ("paid_late", "shipped", "2018-06-02 10:00:00", "2018-06-06 10:00:00", "2018-06-05 10:00:00",
     ""),
    ("dropped", "canceled", "2018-06-03 10:00:00", "", "", ""),
    ("two_shops", "delivered", "2017-12-01 10:00:00", "2017-12-01 10:00:00",
     "2017-12-02 10:00:00", "2017-12-03 10:00:00"),
    ("lost", "unavailable", "2018-06-03 11:00:00", "2018-06-03 12:00:00", "", ""),
    ("undated", "delivered", "2018-06-03 11:00:00", "2018-06-03 12:00:00",
     "2018-06-04 12:00:00", ""),
]  # fmt: skip
ITEMS = [
    ("calm", "1", "lamp", "shop_a", "100.10", "9.9"),
    ("paid_late", "1", "lamp", "shop_b", "80.0", "0.0"),
    ("two_shops", "1", "lamp", "shop_a", "90.00", "1.00"),
    ("two_shops", "2", "rug", "shop_b", "10.00", "1.00"),
    ("undated", "1", "rug", "shop_b", "10.00", "1.00"),
]
PAYMENTS = [
    ("calm", "2", "credit_card", "100.00"),
    ("calm", "1", "voucher", "10.00"),
    ("paid_late", "1", "boleto", "80.00"),
    ("dropped", "1", "not_defined", "0.0"),
    ("two_shops", "1", "debit_card", "102.00"),
    ("lost", "1", "credit_card", "33.33"),
    ("undated", "1", "credit_card", "11.00"),
]
REVIEWS = [
    ("r1", "calm", "5", "Good", "line one\nline, two", "2018-06-10 10:00:00"),
    ("r1", "two_shops", "4", "", "", "2017-12-05 10:00:00"),
    ("r2", "lost", "1", "", "never came", "2018-06-02 10:00:00"),
]


def rows_of(name: str, rows: list[tuple[str, ...]]) -> list[dict[str, str]]:
    """Positional rows as named ones, in the order of the columns the adapter reads."""
    columns = [column for column in SOURCES[name][1] if column != "payment_installments"]
    return [dict(zip(columns, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    customers = [
        (order[0], f"buyer_{order[0]}", "1234" if order[0] == "calm" else "80000", "curitiba", "PR")
        for order in ORDERS
    ]
    orders = [(row[0], row[0], *row[1:]) for row in ORDERS]
    return write_source(
        tmp_path_factory.mktemp("mini") / "source",
        {
            "orders": rows_of("orders", orders),
            "items": rows_of("items", ITEMS),
            "payments": rows_of("payments", PAYMENTS),
            "reviews": rows_of("reviews", REVIEWS),
            "customers": rows_of("customers", customers),
            "products": rows_of("products", [("lamp", "luz", "500"), ("rug", "", "")]),
            "sellers": rows_of(
                "sellers", [("shop_a", "1001", "sao paulo", "SP"), ("shop_b", "90001", "poa", "RS")]
            ),
            "categories": rows_of("categories", [("luz", "light")]),
        },
    )


@pytest.fixture(scope="module")
def landing(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mini") / "landing"
    assert main(["--source", str(source), "--landing", str(folder)]) == 0
    return folder


def read(landing: Path, table: str, columns: str, where: str = "true") -> list[tuple[Any, ...]]:
    """Some columns of a landed table, in the order of those columns."""
    return duckdb.sql(
        f"select {columns} from read_parquet('{landing}/{table}/*/*.parquet') "
        f"where {where} order by all"
    ).fetchall()


def test_keeps_the_contract(landing: Path) -> None:
    assert check_landing(landing, load_contract()) == []


def test_steps_arrive_as_versions_in_utc(landing: Path) -> None:
    versions = read(landing, "orders", "record_seq, status, dt, paid_at", "order_id = 'calm'")
    paid_at = datetime(2018, 6, 2, 1, 10)  # 22:10 in Sao Paulo, three hours behind in winter
    assert versions == [
        (1, "placed", date(2018, 6, 2), None),
        (2, "paid", date(2018, 6, 2), paid_at),
        (3, "shipped", date(2018, 6, 4), paid_at),
        (4, "delivered", date(2018, 6, 8), paid_at),
    ]


def test_summer_time_is_two_hours_behind(landing: Path) -> None:
    placed = read(landing, "orders", "placed_at", "order_id = 'two_shops' and record_seq = 1")
    assert placed == [(datetime(2017, 12, 1, 12, 0),)]


def test_a_late_approval_does_not_take_the_parcel_back(landing: Path) -> None:
    versions = read(
        landing, "orders", "record_seq, status, dt, paid_at is null", "order_id = 'paid_late'"
    )
    assert versions == [
        (1, "placed", date(2018, 6, 2), True),
        (2, "shipped", date(2018, 6, 5), True),
        (3, "shipped", date(2018, 6, 6), False),
    ]


@pytest.mark.parametrize(
    ("order", "status"), [("dropped", "cancelled"), ("lost", "cancelled"), ("undated", "delivered")]
)
def test_what_has_no_date_arrives_when_the_extract_ends(
    landing: Path, order: str, status: str
) -> None:
    last = read(landing, "orders", "dt, status, delivered_at", f"order_id = '{order}'")[-1]
    assert last == (date(2018, 6, 10), status, None)


def test_money_is_exact_and_unknown_parts_are_absent(landing: Path) -> None:
    item = read(
        landing, "order_items", "gross_minor, shipping_minor, paid_minor", "order_id = 'calm'"
    )
    assert item == [(10010, 990, 11000)]
    columns = duckdb.sql(f"from read_parquet('{landing}/order_items/*/*.parquet')").columns
    assert not {"tax_minor", "platform_fee_minor", "seller_discount_minor"} & set(columns)


def test_payments_are_captures_and_an_undefined_one_is_not(landing: Path) -> None:
    payments = read(landing, "payment_attempts", "payment_id, amount_minor, kind, result")
    assert payments == [
        ("calm-1", 1000, "capture", "approved"),
        ("calm-2", 10000, "capture", "approved"),
        ("dropped-1", 0, "capture", "error"),
        ("lost-1", 3333, "capture", "approved"),
        ("paid_late-1", 8000, "capture", "approved"),
        ("two_shops-1", 10200, "capture", "approved"),
        ("undated-1", 1100, "capture", "approved"),
    ]


def test_a_payment_nobody_approved_arrives_when_the_extract_ends(landing: Path) -> None:
    payments = read(landing, "payment_attempts", "dt, settled_at", "order_id = 'dropped'")
    assert payments == [(date(2018, 6, 10), None)]


def test_an_order_lands_with_the_method_that_paid_most(landing: Path) -> None:
    methods = read(landing, "orders", "order_id, payment_method", "record_seq = 1")
    assert methods == [
        ("calm", "card"),
        ("dropped", None),
        ("lost", "card"),
        ("paid_late", "bank"),
        ("two_shops", "card"),
        ("undated", "card"),
    ]


def test_sellers_nobody_can_name_have_stand_ins(landing: Path) -> None:
    sellers = dict(read(landing, "orders", "order_id, seller_id", "record_seq = 1"))
    assert sellers == {
        "calm": "shop_a",
        "dropped": "unknown_seller",
        "lost": "unknown_seller",
        "paid_late": "shop_b",
        "two_shops": "several_sellers",
        "undated": "shop_b",
    }
    known = {row[0] for row in read(landing, "sellers", "seller_id")}
    assert known == {"shop_a", "shop_b", "several_sellers", "unknown_seller"}


def test_a_shared_product_is_one_sku_per_seller(landing: Path) -> None:
    products = read(landing, "products", "sku_id, record_seq, list_price_minor, category_l1")
    assert products == [
        ("lamp-shop_a", 1, 9000, "light"),
        ("lamp-shop_a", 2, 10010, "light"),
        ("lamp-shop_b", 1, 8000, "light"),
        ("rug-shop_b", 1, 1000, "unknown"),
    ]


def test_reviews_survive_shared_ids_and_line_breaks(landing: Path) -> None:
    reviews = read(landing, "reviews", "review_id, order_item_id, sku_id, review_text, dt")
    assert reviews == [
        ("r1-calm", "calm-1", "lamp-shop_a", "Good\nline one\nline, two", date(2018, 6, 10)),
        ("r1-two_shops", None, "unknown_sku", None, date(2017, 12, 5)),
        ("r2-lost", None, "unknown_sku", "never came", date(2018, 6, 3)),  # dated before its order
    ]


def test_postcodes_get_their_zeros_back(landing: Path) -> None:
    places = read(landing, "addresses", "party_id, postcode", "city in ('sao paulo', 'poa')")
    assert places == [("shop_a", "01001"), ("shop_b", "90001")]
    assert read(landing, "addresses", "postcode", "party_id = 'buyer_calm'") == [("01234",)]


def test_every_night_is_closed_and_what_olist_cannot_tell_is_absent(landing: Path) -> None:
    nights = [json.loads(path.read_text()) for path in sorted((landing / "_nights").glob("*.json"))]
    assert len(nights) == (date(2018, 6, 10) - date(2017, 12, 1)).days + 1
    assert all(set(night["tables"]) == set(nights[0]["tables"]) for night in nights)
    assert set(nights[0]["tables"]) == {
        "addresses", "fx_rates", "order_items", "orders", "payment_attempts", "products",
        "refunds", "reviews", "sellers", "users",
    }  # fmt: skip
    assert all(night["tables"]["refunds"] == {"rows": 0, "files": []} for night in nights)
    assert (landing / "_PUBLIC").is_file()


@pytest.mark.parametrize("missing", [file for file, _ in SOURCES.values()])
def test_a_missing_file_is_named_in_one_line(
    tmp_path: Path, missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_source(tmp_path / "source", {})
    (source / missing).unlink()
    assert main(["--source", str(source), "--landing", str(tmp_path / "landing")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert f"missing file {missing}" in line
    assert not (tmp_path / "landing").exists()


def test_a_missing_column_is_named_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_source(tmp_path / "source", {})
    (source / "olist_sellers_dataset.csv").write_text("seller_id\n", encoding="utf-8")
    assert main(["--source", str(source), "--landing", str(tmp_path / "landing")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "olist_sellers_dataset.csv has no column seller_zip_code_prefix" in line


def test_a_landing_zone_of_somebody_else_is_left_alone(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "orders").mkdir()
    assert main(["--source", str(source), "--landing", str(tmp_path)]) == 2
    assert "did not write" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [tmp_path / "orders"]


def test_a_third_decimal_is_an_error_not_a_rounding(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    for path in source.iterdir():
        text = path.read_text(encoding="utf-8").replace("33.33", "33.335")
        (folder / path.name).write_text(text, encoding="utf-8")
    assert main(["--source", str(folder), "--landing", str(tmp_path / "landing")]) == 2
    assert "33.335" in capsys.readouterr().err
