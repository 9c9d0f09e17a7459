"""The landing contract is complete and consistent in itself."""

import pytest

from nightly.contract import Table, load_contract

CONTRACT = load_contract()
DATA_TYPES = {
    "varchar",
    "bigint",
    "boolean",
    "double",
    "timestamp",
    "date",
    "decimal(18,10)",
}
REQUIRED_TABLES = {
    "users",
    "sellers",
    "orders",
    "order_items",
    "payment_attempts",
    "refunds",
}

each_table = pytest.mark.parametrize("table", CONTRACT.values(), ids=list(CONTRACT))


def test_there_are_39_tables_and_six_must_exist() -> None:
    assert len(CONTRACT) == 39
    assert {name for name, table in CONTRACT.items() if table.required} == REQUIRED_TABLES


@each_table
def test_the_row_key_and_the_arrival_are_required(table: Table) -> None:
    for name in (*table.row_key, "ingested_at"):
        assert table.by_name[name].required, name


@each_table
def test_only_entities_carry_versions(table: Table) -> None:
    assert table.kind in {"entity", "event"}
    assert ("record_seq" in table.by_name) == (table.kind == "entity")


@each_table
def test_event_time_is_a_required_date_or_timestamp(table: Table) -> None:
    column = table.by_name[table.event_time]
    assert column.required
    assert column.data_type in {"date", "timestamp"}


@each_table
def test_columns_are_typed_unique_and_described(table: Table) -> None:
    assert len(table.by_name) == len(table.columns)
    assert table.description.endswith(".")
    for column in table.columns:
        assert column.data_type in DATA_TYPES, column.name
        assert len(column.description) > 15, column.name
        assert column.description.endswith("."), column.name


@each_table
def test_enums_are_text_without_repeats(table: Table) -> None:
    for column in table.columns:
        assert len(set(column.enum)) == len(column.enum), column.name
        assert all(isinstance(value, str) for value in column.enum), column.name
        if column.enum:
            assert column.data_type == "varchar", column.name


@each_table
def test_minor_amounts_carry_a_currency(table: Table) -> None:
    if any(column.name.endswith("_minor") for column in table.columns):
        assert "currency" in table.by_name


def test_what_names_a_person_is_marked() -> None:
    """Columns of these names must never be forgotten when a table is added."""
    personal = ("email", "phone", "street", "_name", "account_number", "document_number", "tax_id")
    public = {"trade_register_no"}
    for table in CONTRACT.values():
        for column in table.columns:
            named = column.name == "ip" or column.name.endswith((*personal, "_ip"))
            if named and column.name not in public:
                assert column.pii, f"{table.name}.{column.name}"
