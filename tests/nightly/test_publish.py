"""Readers never wait, never see half a night, and can be two years behind."""

import duckdb
import pytest

from nightly.errors import NightlyError
from nightly.publish import publish

from .conftest import night_of


@pytest.fixture
def marts(warehouse):
    """Writes schema marts of the build file and publishes it as a run's number."""

    def write(number: int, names=None, tables=("fct_nights",)):
        warehouse.settings.state.mkdir(exist_ok=True)
        with duckdb.connect(str(warehouse.settings.build)) as connection:
            connection.execute("drop schema if exists marts cascade")
            connection.execute("create schema marts")
            for table in tables:
                connection.execute(f"create table marts.{table} as select {number} as run")
                connection.execute(f"comment on column marts.{table}.run is 'The run''s number.'")
            connection.execute("create schema if not exists inner_things")
            connection.execute("create or replace table inner_things.seen as select 41 as secret")
            connection.execute(
                "create view marts.dim_seen as select secret + 1 as seen from inner_things.seen"
            )
        return publish(warehouse.settings, night_of(number), f"{number:06d}", names)

    return write


def test_an_open_reader_keeps_its_night_and_a_new_one_sees_the_next(warehouse, marts):
    marts(1)
    path = str(warehouse.settings.published / "marts.duckdb")
    reader = duckdb.connect(path, read_only=True)
    assert reader.execute("select run from fct_nights").fetchall() == [(1,)]
    marts(2)
    assert reader.execute("select run from fct_nights").fetchall() == [(1,)]
    assert warehouse.marts("select run from fct_nights") == [(2,)]
    parquet = warehouse.settings.published / "parquet" / "fct_nights" / "*.parquet"
    assert duckdb.sql(f"select run from '{parquet}'").fetchall() == [(2,)]


def test_marts_alone_are_published_with_views_as_tables_and_comments(warehouse, marts):
    done = marts(1)
    assert done.rows == {"dim_seen": 1, "fct_nights": 1}
    assert warehouse.marts("select schema_name from duckdb_tables() group by 1") == [("main",)]
    assert warehouse.marts("select seen from dim_seen") == [(42,)]
    assert warehouse.marts(
        "select comment from duckdb_columns() where table_name = 'fct_nights'"
    ) == [("The run's number.",)]


def test_the_file_opens_in_duckdb_1_4(warehouse, marts):
    """Bytes 12 to 20 of a DuckDB file are its storage version; 1.4 writes and reads up to 67."""
    file = marts(1).file
    version = int.from_bytes(file.read_bytes()[12:20], "little")
    assert version <= 67


def test_three_versions_are_kept(warehouse, marts):
    for number in range(1, 6):
        marts(number)
    left = sorted(path.name for path in warehouse.settings.published.iterdir())
    kept = [f"{night_of(n)}-00000{n}" for n in (3, 4, 5)]
    assert left == sorted(
        [f"marts-{name}.duckdb" for name in kept]
        + [f"parquet-{name}" for name in kept]
        + ["marts.duckdb", "parquet"]
    )


def test_a_mart_that_left_the_project_leaves_the_file(warehouse, marts):
    assert set(marts(1, tables=("fct_nights", "fct_old")).rows) == {
        "dim_seen",
        "fct_nights",
        "fct_old",
    }
    assert set(marts(2, {"fct_nights"}, ("fct_nights", "fct_old")).rows) == {"fct_nights"}


def test_no_marts_is_an_error_and_leaves_what_was_published(warehouse, marts):
    marts(1)
    with pytest.raises(NightlyError, match="schema marts is empty, nothing was published"):
        marts(2, names=set())
    assert warehouse.marts("select run from fct_nights") == [(1,)]


def test_what_a_killed_publish_left_is_swept(warehouse, marts):
    published = warehouse.settings.published
    (published / ".parquet-2026-01-02-000001" / "fct").mkdir(parents=True)
    (published / ".marts-2026-01-02-000001.duckdb").write_bytes(b"half")
    (published / ".marts.duckdb.tmp").symlink_to("nowhere")
    marts(1)
    assert not list(published.glob(".*"))
