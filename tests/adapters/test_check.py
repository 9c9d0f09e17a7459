"""The conformity check on a landing folder with one thing wrong at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from adapters.check import ACCEPTED, check_landing, main
from nightly.contract import Column, Table, load_contract

TIMES = "timestamp '2026-01-02 10:00' as created_at, timestamp '2026-01-02 10:00' as ingested_at"
USER = f"'u1' as user_id, 'DE' as region, 'active' as status, 1::bigint as record_seq, {TIMES}"


def _contract(*names: str) -> dict[str, Table]:
    return {name: table for name, table in load_contract().items() if name in names}


def land(landing: Path, night: str, select: str, table: str = "users") -> None:
    """One night with one file."""
    file = f"{table}/dt={night}/part-0.parquet"
    (landing / file).parent.mkdir(parents=True, exist_ok=True)
    duckdb.sql(select).write_parquet(str(landing / file))
    count = duckdb.sql(f"select count(*) from ({select})").fetchall()[0][0]
    close(landing, night, {table: {"rows": count, "files": [file]}})


def close(landing: Path, night: str, tables: dict[str, object]) -> None:
    """Write one night's file."""
    (landing / "_nights").mkdir(parents=True, exist_ok=True)
    text = json.dumps({"night": night, "tables": tables})
    (landing / "_nights" / f"{night}.json").write_text(text, encoding="utf-8")


def test_a_good_landing_has_no_offence(tmp_path: Path) -> None:
    land(tmp_path, "2026-01-02", f"select {USER}")
    assert check_landing(tmp_path, _contract("users")) == []


@pytest.mark.parametrize(
    ("select", "offence"),
    [
        (f"select {USER}".replace("'DE'", "null::varchar"), "users.region: required, but null"),
        (f"select {USER}".replace("'DE' as region,", ""), "users.region: required, but in no file"),
        (f"select {USER}".replace("'active'", "'happy'"), "users.status: not one of 'active'"),
        (f"select {USER}".replace("1::bigint", "1.0::double"), "users.record_seq: DOUBLE in"),
        (f"select {USER}".replace("1::bigint", "0::bigint"), "users.record_seq: below 1"),
        (f"select {USER}, 'x' as nickname", "users.nickname: not a column of the contract"),
        (f"select {USER}".replace("01-02 10:00' as ing", "01-03 10:00' as ing"), "ingested_at"),
        (
            f"select {USER} union all select {USER}".replace("'DE'", "'FR'", 1),
            "users: 1 keys (user_id, record_seq) with more than one content",
        ),
    ],
)
def test_a_bad_row_or_column_is_named(tmp_path: Path, select: str, offence: str) -> None:
    land(tmp_path, "2026-01-02", select)
    (found,) = check_landing(tmp_path, _contract("users"))
    assert offence in found


def _not_listed(landing: Path) -> None:
    duckdb.sql(f"select {USER}").write_parquet(str(landing / "users/dt=2026-01-02/late.parquet"))


def _not_there(landing: Path) -> None:
    close(landing, "2026-01-03", {"users": {"rows": 0, "files": ["users/dt=2026-01-03/a.parquet"]}})


def _wrong_count(landing: Path) -> None:
    file = "users/dt=2026-01-02/part-0.parquet"
    close(landing, "2026-01-02", {"users": {"rows": 7, "files": [file]}})


def _wrong_night(landing: Path) -> None:
    (landing / "_nights/2026-01-02.json").rename(landing / "_nights/2026-01-04.json")


def _gap(landing: Path) -> None:
    close(landing, "2026-01-04", {"users": {"rows": 0, "files": []}})


def _no_json(landing: Path) -> None:
    (landing / "_nights/2026-01-03.json").write_text("soon", encoding="utf-8")


def _unknown_table(landing: Path) -> None:
    close(landing, "2026-01-03", {"pets": {"rows": 0, "files": []}})


def _redelivered_late(landing: Path) -> None:
    for day in range(3, 17):
        close(landing, f"2026-01-{day:02}", {"users": {"rows": 0, "files": []}})
    select = f"select {USER}".replace("01-02 10:00' as ing", "01-17 10:00' as ing")
    land(landing, "2026-01-17", select)


@pytest.mark.parametrize(
    ("harm", "offence"),
    [
        (_not_listed, "late.parquet: lies there, but no night lists it"),
        (_not_there, "users/dt=2026-01-03/a.parquet: listed, but not there"),
        (_wrong_count, "users of 2026-01-02: 7 rows listed, 1 in its files"),
        (_wrong_night, "_nights/2026-01-04.json: says it is night 2026-01-02"),
        (_gap, "no night between 2026-01-02 and 2026-01-04"),
        (_no_json, "_nights/2026-01-03.json: not a night"),
        (_unknown_table, "pets: not a table of the contract"),
        (_redelivered_late, "delivered again after more than 14 days"),
    ],
)
def test_a_bad_night_is_named(tmp_path: Path, harm: Callable[[Path], None], offence: str) -> None:
    land(tmp_path, "2026-01-02", f"select {USER}")
    harm(tmp_path)
    (found,) = check_landing(tmp_path, _contract("users"))
    assert offence in found


def test_the_same_row_again_within_14_days_is_fine(tmp_path: Path) -> None:
    land(tmp_path, "2026-01-02", f"select {USER}")
    land(
        tmp_path,
        "2026-01-03",
        f"select {USER}".replace("01-02 10:00' as ing", "01-03 10:00' as ing"),
    )
    assert check_landing(tmp_path, _contract("users")) == []


def test_a_required_table_nobody_lists_is_named(tmp_path: Path) -> None:
    land(tmp_path, "2026-01-02", f"select {USER}")
    (found,) = check_landing(tmp_path, _contract("users", "refunds"))
    assert found == "refunds: required, but no night lists it"


def test_every_contract_type_can_be_checked() -> None:
    columns: list[Column] = [c for table in load_contract().values() for c in table.columns]
    assert {column.data_type for column in columns} == set(ACCEPTED)


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--landing", str(tmp_path)]) == 2
    assert "no closed night" in capsys.readouterr().err
    land(tmp_path, "2026-01-02", f"select {USER}")
    assert main(["--landing", str(tmp_path)]) == 1  # the other required tables are absent
    assert "orders: required, but no night lists it" in capsys.readouterr().out
