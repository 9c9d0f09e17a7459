"""`python -m adapters.olist --source FOLDER --landing DIR`: land the Olist files in nights."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from adapters.landing import (
    AdapterError,
    close_nights,
    create_views,
    prepare,
    quoted,
    write_table,
)
from nightly.contract import load_contract

ADAPTER = "adapters.olist"
HERE = Path(__file__).resolve().parent

# The contract requires these tables and Olist says nothing about them: listed with 0 rows and no
# file, so the landing is complete while no column of theirs is ever delivered.
UNKNOWN_BUT_REQUIRED = ("refunds",)

# What the SQL reads, file by file. olist_geolocation_dataset.csv is not needed: coordinates of a
# postcode prefix place nobody.
SOURCES: dict[str, tuple[str, tuple[str, ...]]] = {
    "customers": (
        "olist_customers_dataset.csv",
        (
            "customer_id",
            "customer_unique_id",
            "customer_zip_code_prefix",
            "customer_city",
            "customer_state",
        ),
    ),
    "items": (
        "olist_order_items_dataset.csv",
        ("order_id", "order_item_id", "product_id", "seller_id", "price", "freight_value"),
    ),
    "payments": (
        "olist_order_payments_dataset.csv",
        (
            "order_id",
            "payment_sequential",
            "payment_type",
            "payment_installments",
            "payment_value",
        ),
    ),
    "reviews": (
        "olist_order_reviews_dataset.csv",
        (
            "review_id",
            "order_id",
            "review_score",
            "review_comment_title",
            "review_comment_message",
            "review_answer_timestamp",
        ),
    ),
    "orders": (
        "olist_orders_dataset.csv",
        (
            "order_id",
            "customer_id",
            "order_status",
            "order_purchase_timestamp",
            "order_approved_at",
            "order_delivered_carrier_date",
            "order_delivered_customer_date",
        ),
    ),
    "products": (
        "olist_products_dataset.csv",
        ("product_id", "product_category_name", "product_weight_g"),
    ),
    "sellers": (
        "olist_sellers_dataset.csv",
        ("seller_id", "seller_zip_code_prefix", "seller_city", "seller_state"),
    ),
    "categories": (
        "product_category_name_translation.csv",
        ("product_category_name", "product_category_name_english"),
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Land the files; 0 when every night is closed, 2 with one line when something is missing."""
    options = _options(arguments)
    try:
        return run(options.source, options.landing)
    except AdapterError as error:
        print(f"olist: {error}", file=sys.stderr)
    except duckdb.Error as error:
        first_line = str(error).splitlines()[0]
        print(f"olist: the files cannot be mapped: {first_line}", file=sys.stderr)
    except OSError as error:
        print(f"olist: {error.strerror}: {error.filename}", file=sys.stderr)
    return 2


def run(source: Path, landing: Path) -> int:
    """Map the files of one folder, write the tables, then close the nights."""
    _check_files(source)
    connection = duckdb.connect()
    connection.execute("set threads = 1")  # one file per night, the same bytes every time
    connection.execute("set partitioned_write_max_open_files = 100000")
    read_sources(connection, source)
    tables = create_views(connection, HERE / "sql/tables")
    prepare(landing, ADAPTER, tables, is_public=True)
    contract = load_contract()
    delivered: dict[str, dict[date, int]] = {name: {} for name in UNKNOWN_BUT_REQUIRED}
    for table in tables:
        order_by = ", ".join(contract[table].row_key)
        delivered[table] = write_table(connection, table, order_by, landing)
        print(f"  {table:<18}{sum(delivered[table].values()):>9,} rows", flush=True)
    first, last = close_nights(landing, delivered)
    nights = (last - first).days + 1
    print(f"  {nights} nights closed, {first} to {last}, in {landing}")
    _report(connection)
    return 0


def read_sources(connection: duckdb.DuckDBPyConnection, source: Path) -> None:
    """Lay views over the files: `csv_<name>` as text, then the `sources` views on top of them."""
    for name, (file_name, _) in SOURCES.items():
        _csv_view(connection, f"csv_{name}", source / file_name)
    _csv_view(connection, "csv_sao_paulo_offsets", HERE / "sao_paulo_offsets.csv")
    _csv_view(connection, "csv_brl_usd", HERE / "brl_usd_approximate.csv")
    connection.execute((HERE / "sql/macros.sql").read_text(encoding="utf-8"))
    create_views(connection, HERE / "sql/sources")


def _csv_view(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    connection.execute(
        f"create view {name} as select * from read_csv({quoted(path)}, all_varchar = true, "
        "header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '')"
    )


def _check_files(source: Path) -> None:
    if not source.is_dir():
        raise AdapterError(f"no folder {source}: give the folder with the Olist CSV files")
    for file_name, columns in SOURCES.values():
        path = source / file_name
        if not path.is_file():
            raise AdapterError(f"missing file {file_name} in {source}")
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header = next(csv.reader(lines), [])
        absent = [column for column in columns if column not in header]
        if absent:
            raise AdapterError(f"{file_name} has no column {absent[0]}")


def _report(connection: duckdb.DuckDBPyConnection) -> None:
    query = (HERE / "sql/reconciliation.sql").read_text(encoding="utf-8")
    print("  payments against items, by cause: orders, paid R$, difference R$")
    for cause, orders, paid, difference in connection.execute(query).fetchall():
        print(f"    {cause:<34}{orders:>8,}{_reais(paid):>16,}{_reais(difference):>14,}")


def _reais(minor: int) -> Decimal:
    return Decimal(minor).scaleb(-2)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m adapters.olist",
        description="Map the Olist CSV files to the landing contract, as Parquet in nights.",
    )
    parser.add_argument("--source", type=Path, required=True, help="folder with the CSV files")
    parser.add_argument("--landing", type=Path, required=True, help="landing folder to write")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
