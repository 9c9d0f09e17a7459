"""The unit tests of dbt, run without dbt: fixtures as tables, one query a test.

A fixture becomes a table of the name that the compiled SQL reads, with the columns of the model it
stands for, so that any number of mutants is run on it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

Node = dict[str, Any]
Rows = Counter[str]


@dataclass(frozen=True)
class UnitTest:
    """One unit test: the tables it gives, the nights it is run for and what it expects."""

    name: str
    nights: tuple[str, str]
    given: dict[str, Node]
    expect: Node

    def load(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Put the fixtures where the compiled SQL looks for them."""
        for relation, given in self.given.items():
            catalog, schema, _ = relation.split(".")
            connection.execute(f"create schema if not exists {catalog}.{schema}")
            connection.execute(f"create or replace table {relation} as {_given(given)}")

    def columns(self, connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, str]:
        """The columns it looks at, with their types."""
        described = connection.execute(f"describe {sql}").fetchall()
        types = {name: kind for name, kind, *_ in described}
        rows = self.expect["rows"]
        if isinstance(rows, list) and rows:
            return {name.lower(): types[name.lower()] for name in rows[0]}
        return types

    def expected(self, connection: duckdb.DuckDBPyConnection, columns: dict[str, str]) -> Rows:
        """The rows it expects."""
        rows = self.expect["rows"]
        if isinstance(rows, str):
            return _fetch(connection, rows, columns)
        return _fetch(connection, _rows(rows, columns), columns)

    def actual(
        self, connection: duckdb.DuckDBPyConnection, sql: str, columns: dict[str, str]
    ) -> Rows:
        """The rows that ``sql`` returns."""
        return _fetch(connection, sql, columns)


def of_model(manifest: Node, types: dict[str, dict[str, str]], model: str) -> Iterator[UnitTest]:
    """The unit tests of a model.

    Args:
        manifest: what dbt compiled.
        types: columns and their types of every relation.
        model: name of the model.
    """
    for test in manifest["unit_tests"].values():
        if test["model"] != model:
            continue
        variables = (test.get("overrides") or {}).get("vars") or {}
        given = {}
        for table in test["given"]:
            relation = _relation(manifest, table["input"])
            given[relation] = table | {"types": types.get(relation, {})}
        nights = (str(variables.get("from_night")), str(variables.get("to_night")))
        yield UnitTest(test["name"], nights, given, test["expect"])


def relation_of(node: Node) -> str:
    """The name under which compiled SQL reads a node, without quotes."""
    return f"{node['database']}.{node['schema']}.{node.get('alias') or node['identifier']}"


def _relation(manifest: Node, reference: str) -> str:
    names = re.findall(r"'([^']+)'", reference)
    nodes = [*manifest["nodes"].values(), *manifest["sources"].values()]
    for node in nodes:
        if node["resource_type"] in ("model", "seed", "source") and node["name"] == names[-1]:
            return relation_of(node)
    raise LookupError(f"no model, seed or source is read by {reference}")


def _given(given: Node) -> str:
    if isinstance(given["rows"], str):
        return given["rows"]
    return _rows(given["rows"], given["types"])


def _rows(rows: list[Node], types: dict[str, str]) -> str:
    """Rows as a query; a column that a row does not name is null."""
    lower = [{name.lower(): value for name, value in row.items()} for row in rows]
    unknown = {name for row in lower for name in row} - set(types)
    if unknown:
        raise LookupError(f"no such column: {', '.join(sorted(unknown))}")
    if not rows:
        nulls = ", ".join(f'null::{kind} as "{name}"' for name, kind in types.items())
        return f"select {nulls} limit 0"
    values = ", ".join(
        "(" + ", ".join(f"cast({_literal(row.get(n))} as {t})" for n, t in types.items()) + ")"
        for row in lower
    )
    names = ", ".join(f'"{name}"' for name in types)
    return f"select * from (values {values}) as given ({names})"


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _fetch(connection: duckdb.DuckDBPyConnection, sql: str, columns: dict[str, str]) -> Rows:
    names = ", ".join(f'cast("{n}" as {t})::varchar' for n, t in columns.items())
    return Counter(map(str, connection.execute(f"select {names} from ({sql})").fetchall()))
