"""Everything has a description, and every column stands in its yml and in the database."""

import re

import duckdb
import pytest

from tests.docs.conftest import REPO, Parsed

MACROS = sorted((REPO / "macros").glob("**/*.sql")) + sorted((REPO / "tests/generic").glob("*.sql"))
EPHEMERAL = {"ephemeral"}
GRAIN = re.compile(r"one row (per|for)", re.I)


def test_models_seeds_and_sources_are_described(parsed: Parsed) -> None:
    silent = [
        entry["unique_id"]
        for entry in [*parsed.nodes("model", "seed"), *parsed.own("sources")]
        if not entry["description"].strip()
    ]
    assert not silent
    assert all(source["source_description"].strip() for source in parsed.own("sources"))


def test_descriptions_say_the_grain(parsed: Parsed) -> None:
    unsaid = [
        node["unique_id"]
        for node in parsed.nodes("model", "seed")
        if not GRAIN.search(node["description"])
    ]
    assert not unsaid


def test_columns_are_described(parsed: Parsed) -> None:
    silent = [
        f"{entry['name']}.{name}"
        for entry in [*parsed.nodes("model", "seed"), *parsed.own("sources")]
        for name, column in entry["columns"].items()
        if not column["description"].strip()
    ]
    assert not silent


def test_yml_and_database_hold_the_same_columns(
    parsed: Parsed, built: duckdb.DuckDBPyConnection
) -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for schema, table, column in built.execute(
        "select table_schema, table_name, column_name from information_schema.columns"
    ).fetchall():
        found.setdefault((schema, table), set()).add(column)
    differences = {}
    for node in parsed.nodes("model", "seed"):
        said = set(node["columns"])
        has = found.get((node["schema"], node["alias"]), set())
        if said != has:
            differences[node["name"]] = {
                "only in the yml": sorted(said - has),
                "only in the database": sorted(has - said),
            }
    assert not differences


@pytest.mark.parametrize("path", MACROS, ids=lambda path: path.stem)
def test_macro_files_hold_one_macro_and_say_what_it_is_for(path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(r"\{#-?\s*\S+", text), "a macro file begins with a comment"
    assert len(re.findall(r"\{%-?\s*(?:macro|test|materialization)\s", text)) == 1
