"""Mutants of a rule: its SQL with one condition removed, or one comparison's boundary moved.

The SQL is parsed and written again by DuckDB itself (``json_serialize_sql``), so a mutant differs
from the rule in one condition and in nothing else.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

BOUNDARIES = {
    "COMPARE_GREATERTHANOREQUALTO": "COMPARE_GREATERTHAN",
    "COMPARE_GREATERTHAN": "COMPARE_GREATERTHANOREQUALTO",
    "COMPARE_LESSTHANOREQUALTO": "COMPARE_LESSTHAN",
    "COMPARE_LESSTHAN": "COMPARE_LESSTHANOREQUALTO",
}
TESTS = {"COMPARE_IN", "OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL", "OPERATOR_NOT"}
SLOTS = ("where_clause", "having", "qualify", "filter", "condition")
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Mutant:
    """One change of a model's SQL.

    Args:
        change: ``removed``, ``boundary``, ``branch removed``, ``else removed``, ``always``.
        condition: the text of what was changed.
        sql: the mutated SQL.
    """

    change: str
    condition: str
    sql: str


def mutants(sql: str, run_range: tuple[str, ...]) -> list[Mutant]:
    """Every mutant of ``sql``, in the order of the text, each change once.

    Args:
        sql: compiled SQL.
        run_range: literals of the nights of the run. What depends on them is no rule but the run;
            that it changes nothing is what the replay proves.
    """
    with duckdb.connect() as connection:
        tree = json.loads(_ask(connection, "json_serialize_sql", sql))
        found = {}
        for change, node, path, replacement in _changes(tree, (), None):
            text = _text(sql, node)
            if any(literal in json.dumps(node) for literal in run_range):
                continue
            mutated_tree = json.dumps(_put(tree, path, replacement))
            mutated = _ask(connection, "json_deserialize_sql", mutated_tree)
            found.setdefault(mutated, Mutant(change, text, mutated))
    return list(found.values())


def _ask(connection: duckdb.DuckDBPyConnection, function: str, argument: str) -> str:
    return connection.execute(f"select {function}(?)", [argument]).fetchall()[0][0]


def _changes(node: Any, path: Path, slot: str | None) -> Iterator[tuple[str, Any, Path, Any]]:
    """(change, the node it is about, where to put what) below ``node``.

    ``slot`` says what the node is good for: ``and`` and ``or`` (an operand of one), ``when`` (the
    condition of a branch), ``test`` (any other place in which a condition stands) or None.
    """
    if isinstance(node, list):
        for place, child in enumerate(node):
            yield from _changes(child, (*path, place), None)
        return
    if not isinstance(node, dict):
        return
    kind, group = node.get("type"), node.get("class")
    is_condition = slot or group in ("COMPARISON", "BETWEEN") or kind in TESTS
    is_whole = group != "CONJUNCTION" or slot in ("and", "or")
    if is_condition and is_whole and group != "CONSTANT" and slot != "inside":
        change = "always" if slot == "when" else "removed"
        yield change, node, path, _constant(slot != "or")
    if kind in BOUNDARIES:
        yield "boundary", node, path, node | {"type": BOUNDARIES[kind]}
    if kind == "JOIN" and node.get("join_type") in ("ANTI", "SEMI"):
        yield "removed", node, path, node["left"]
    if kind == "SET_OPERATION_NODE" and node.get("setop_type") == "EXCEPT":
        yield "removed", node["children"][1], path, node["children"][0]
    if kind == "CASE_EXPR":
        for place, check in enumerate(node["case_checks"]):
            when = (*path, "case_checks", place, "when_expr")
            yield "branch removed", check["when_expr"], when, _constant(False)
        if node["else_expr"].get("literal", {}).get("kind") != "NULL_LITERAL":
            yield "else removed", node["else_expr"], (*path, "else_expr"), _constant(None)
    for key, child in node.items():
        below = (*path, key)
        if group == "CONJUNCTION" and key == "children":
            for place, operand in enumerate(child):
                yield from _changes(operand, (*below, place), kind.split("_")[1].lower())
        elif kind in ("OPERATOR_NOT", "OPERATOR_COALESCE") and key == "children" and is_condition:
            # without `not x` or `coalesce(x, true)` x is gone, too
            for place, operand in enumerate(child):
                yield from _changes(operand, (*below, place), "inside")
        elif key == "when_expr":
            yield from _changes(child, below, "when")
        elif key in SLOTS and isinstance(child, dict):
            yield from _changes(child, below, "test")
        else:
            yield from _changes(child, below, None)


def _constant(value: bool | None) -> dict[str, Any]:
    text = {True: "true", False: "false", None: ""}[value]
    literal = {"kind": "NULL_LITERAL"} if value is None else {"kind": "BOOLEAN", "text": text}
    return {
        "class": "CONSTANT",
        "type": "VALUE_CONSTANT",
        "alias": "",
        "query_location": 2**64 - 1,
        "query_location_length": 0,
        "literal": literal,
    }


def _put(tree: Any, path: Path, replacement: Any) -> Any:
    """A copy of ``tree`` with ``replacement`` at ``path``; a column keeps its alias."""
    if not path:
        alias = tree.get("alias") if isinstance(tree, dict) else None
        return replacement | {"alias": alias} if alias else replacement
    first, *rest = path
    if isinstance(tree, list):
        return [_put(v, tuple(rest), replacement) if i == first else v for i, v in enumerate(tree)]
    return {k: _put(v, tuple(rest), replacement) if k == first else v for k, v in tree.items()}


def _text(sql: str, node: Any) -> str:
    """The text a node was parsed from, on one line."""
    spans = list(_spans(node))
    start = min((begin for begin, _ in spans), default=0)
    end = max((end for _, end in spans), default=0)
    text = sql.encode()[start:end].decode()
    text += ")" * (text.count("(") - text.count(")"))
    return re.sub(r"\s+", " ", text).strip()


def _spans(node: Any) -> Iterator[tuple[int, int]]:
    if isinstance(node, list):
        for child in node:
            yield from _spans(child)
    elif isinstance(node, dict):
        start, length = node.get("query_location"), node.get("query_location_length", 0)
        if start is not None and start < 2**63 and length:
            yield start, start + length
        for child in node.values():
            yield from _spans(child)
