"""Contract, sources, staging, simulator and adapters say the same.

Each of them states the landing tables in its own way; a table or column that one of them adds,
forgets or spells otherwise is named here. That the SQL of a staging model yields the columns of its
yml is enforced by its dbt contract at every build.
"""

from __future__ import annotations

import csv
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from nightly.contract import Column, Table, load_contract

REPO = Path(__file__).resolve().parents[2]
STAGING = REPO / "models/staging"
CONTRACT = load_contract()
ADAPTERS = sorted(path.parents[1].name for path in REPO.glob("adapters/*/sql/tables"))

HASH_KINDS = {
    "email": "email",
    "phone": "phone",
    "ip": "ip",
    "name": "name",
    "tax_id": "tax_id",
    "document_number": "document",
    "account_number": "account",
    "tracking_number": "tracking",
    "card_last4": "card_last4",
    "date_of_birth": "date_of_birth",
    "street": "street",
    "geohash7": "geohash",
    "text": "text",
    "caption": "text",
}
"""Kind of hash by the end of a personal column's name: equal kinds match across tables."""

STREET_FORMS = ("raw", "building")
"""Hashes of a street line beside its normalised form: as typed, and without the flat."""

PARQUET_TYPES = {
    "varchar": pa.string(),
    "bigint": pa.int64(),
    "boolean": pa.bool_(),
    "double": pa.float64(),
    "timestamp": pa.timestamp("us"),
    "date": pa.date32(),
    "decimal(18,10)": pa.decimal128(18, 10),
}

LOG_MODELS = {"stg_landing_columns", "stg_landing_deliveries"}
"""Staging models of what the landing zone says of itself, beside those of its tables."""

COMPARED_MODELS = {"stg_payout_holder_matches"}
"""Staging models that compare personal values in the clear and keep the score only."""

each_table = pytest.mark.parametrize("table", CONTRACT.values(), ids=list(CONTRACT))
each_adapter = pytest.mark.parametrize("adapter", ADAPTERS)


def staged_columns(table: Table) -> dict[str, str]:
    """The columns a staging model owes its table, with types, in the project's order."""
    owed: dict[str, str] = {"night": "date"}
    for column in table.columns:
        if not column.pii:
            owed[column.name] = column.data_type
            continue
        owed[f"{column.name}_hash"] = "varchar"
        if hash_kind(column) == "ip":
            owed[f"{column.name}_prefix_hash"] = "varchar"
        if hash_kind(column) == "street":
            owed |= {f"{column.name}_{form}_hash": "varchar" for form in STREET_FORMS}
        if hash_kind(column) == "text":
            owed[f"{column.name}_minhash"] = "integer[]"
    return owed


def hash_kind(column: Column) -> str:
    """The kind of hash a personal column is given."""
    return next(
        kind
        for ending, kind in HASH_KINDS.items()
        if column.name == ending or column.name.endswith(f"_{ending}")
    )


def block(name: str, data_type: str) -> int:
    """Place in the order of columns: ids, text, numbers, booleans, dates, timestamps."""
    if name.endswith("_id"):
        return 0
    blocks = {"varchar": 1, "boolean": 3, "date": 4, "timestamp": 5}
    return blocks.get(data_type, 2)


def read_model(name: str) -> dict[str, Any]:
    """The properties of one staging model."""
    document = yaml.safe_load((STAGING / f"{name}.yml").read_text(encoding="utf-8"))
    (model,) = document["models"]
    return model


def later_models() -> list[Path]:
    """The SQL of everything that is built on staging."""
    folders = [path for path in (REPO / "models").iterdir() if path.is_dir() and path != STAGING]
    return sorted(path for folder in folders for path in folder.glob("**/*.sql"))


# ------------------------------------------------------------------------------ staging


def test_every_table_has_one_model_and_every_model_a_table() -> None:
    models = {f"stg_{name}" for name in CONTRACT} | LOG_MODELS | COMPARED_MODELS
    assert {path.stem for path in STAGING.glob("stg_*.sql")} == models
    assert {path.stem for path in STAGING.glob("stg_*.yml")} >= models - LOG_MODELS


def test_the_columns_of_staging_are_enforced_by_dbt() -> None:
    project = yaml.safe_load((REPO / "dbt_project.yml").read_text(encoding="utf-8"))
    staging = project["models"][project["name"]]["staging"]
    assert staging["+contract"] == {"enforced": True}


@each_table
def test_a_model_has_the_columns_of_its_table(table: Table) -> None:
    model = read_model(f"stg_{table.name}")
    assert model["name"] == f"stg_{table.name}"
    found = {column["name"]: column["data_type"] for column in model["columns"]}
    assert found == staged_columns(table)
    order = [block(name, data_type) for name, data_type in found.items()]
    assert order == sorted(order)


@each_table
def test_a_model_describes_its_columns_as_the_contract_does(table: Table) -> None:
    for column in read_model(f"stg_{table.name}")["columns"]:
        if column["name"] in table.by_name:
            assert column["description"] == table.by_name[column["name"]].description


@each_table
def test_a_model_reads_its_table_and_tests_its_key(table: Table) -> None:
    sql = (STAGING / f"stg_{table.name}.sql").read_text(encoding="utf-8")
    key = ", ".join(f"'{name}'" for name in table.row_key)
    assert f"{{{{ landing_rows('{table.name}') }}}}" in sql
    assert f"{{{{ first_delivery('landed', [{key}], '{table.event_time}') }}}}" in sql
    tests = read_model(f"stg_{table.name}")["data_tests"]
    assert {"unique_combination": {"arguments": {"columns": list(table.row_key)}}} in tests
    assert {"conforms_to_contract": {"arguments": {"table": table.name}}} in tests


@each_table
def test_personal_columns_are_hashed_with_their_kind(table: Table) -> None:
    sql = (STAGING / f"stg_{table.name}.sql").read_text(encoding="utf-8")
    found = re.findall(r"hash_pii\([^{}]*, '(\w+)'\s*\) }} as (\w+)", sql)
    expected = {f"{column.name}_hash": hash_kind(column) for column in table.columns if column.pii}
    expected |= {
        name.replace("_hash", "_prefix_hash"): "ip_prefix"
        for name, kind in expected.items()
        if kind == "ip"
    }
    expected |= {
        name.replace("_hash", f"_{form}_hash"): f"street_{form}"
        for name, kind in expected.items()
        for form in STREET_FORMS
        if kind == "street"
    }
    assert {name: kind for kind, name in found} == expected
    assert len(found) == len(expected)


# ------------------------------------------------------------------------------ after staging


def test_claims_are_counted_by_every_reason_of_the_contract() -> None:
    reasons = set(CONTRACT["returns"].by_name["reason"].enum)
    for path, suffix in (
        ("intermediate/returns/int_cluster_claims_daily", "_claims"),
        ("indicators/after_sales/ind_cluster_claim_reasons", "_claims_180d"),
    ):
        (model,) = yaml.safe_load((REPO / f"models/{path}.yml").read_text("utf-8"))["models"]
        counted = {column["name"] for column in model["columns"]}
        assert {name.removesuffix(suffix) for name in counted if name.endswith(suffix)} == reasons


def test_only_staging_reads_landing() -> None:
    readers = [
        str(path.relative_to(REPO))
        for path in later_models()
        if re.search(r"source\(\s*['\"]landing['\"]|landing_rows\(", path.read_text("utf-8"))
    ]
    assert readers == []


def test_no_column_after_landing_carries_a_personal_name() -> None:
    personal = {name for table in CONTRACT.values() for name in table.pii}
    carriers = [
        f"{model['name']}.{column['name']}"
        for path in sorted((REPO / "models").glob("**/*.yml"))
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", [])
        for column in model.get("columns", [])
        if column["name"] in personal
    ]
    assert carriers == []


# ------------------------------------------------------------------------------ simulator


@pytest.fixture(scope="module")
def demo_landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo marketplace."""
    landing = tmp_path_factory.mktemp("demo") / "landing"
    size = ["--scale", "400", "--nights", "20", "--seed", "7"]
    subprocess.run(
        [sys.executable, "-m", "simulator", "--landing", str(landing), *size],
        check=True,
        cwd=REPO,
        capture_output=True,
    )
    return landing


@each_table
def test_the_simulator_writes_the_columns_of_the_contract(demo_landing: Path, table: Table) -> None:
    """What it declares, and what its files hold: a table may be empty in so small a marketplace."""
    tables = importlib.import_module("simulator.tables").TABLES
    schemas = [tables[table.name].schema]
    schemas += [pq.read_schema(file) for file in demo_landing.glob(f"{table.name}/dt=*/*.parquet")]
    expected = {column.name: PARQUET_TYPES[column.data_type] for column in table.columns}
    for schema in schemas:
        assert dict(zip(schema.names, schema.types, strict=True)) == expected


def test_the_simulator_delivers_every_table_and_no_other(demo_landing: Path) -> None:
    nights = [json.loads(path.read_text("utf-8")) for path in demo_landing.glob("_nights/*.json")]
    assert len(nights) == 21, "day zero and 20 nights"
    assert {table for night in nights for table in night["tables"]} == set(CONTRACT)


def test_the_simulator_keeps_the_contract(demo_landing: Path) -> None:
    """Required values, enums, keys, nights: by the check every adapter is held to."""
    from adapters.check import check_landing

    assert check_landing(demo_landing, CONTRACT) == []


# ------------------------------------------------------------------------------ adapters


def mapped_columns(adapter: str, folder: Path) -> dict[str, dict[str, str]]:
    """The tables an adapter fills, with column types: its SQL, laid over files without rows."""
    module = importlib.import_module(f"adapters.{adapter}.__main__")
    for file_name, columns in module.SOURCES.values():
        with (folder / file_name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow(columns)
    connection = duckdb.connect()
    module.read_sources(connection, folder)
    tables = REPO / "adapters" / adapter / "sql/tables"
    names = importlib.import_module("adapters.landing").create_views(connection, tables)
    return {
        name: {row[0]: row[1] for row in connection.execute(f"describe {name}").fetchall()}
        for name in names
    }


@each_adapter
def test_an_adapter_fills_columns_of_the_contract(adapter: str, tmp_path: Path) -> None:
    accepted = importlib.import_module("adapters.check").ACCEPTED
    for name, columns in mapped_columns(adapter, tmp_path).items():
        table = CONTRACT[name]
        required = {column.name for column in table.columns if column.required}
        assert required <= set(columns) <= set(table.by_name), name
        for column, found in columns.items():
            assert found in accepted[table.by_name[column].data_type], f"{name}.{column}"
