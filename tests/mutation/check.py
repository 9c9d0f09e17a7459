"""Compiles the project, runs the unit tests of each model on its mutants and judges survivors."""

import csv
import fnmatch
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb

from tests.mutation.mutants import mutants
from tests.mutation.unit_tests import UnitTest, of_model
from tests.replay.harness import MARKER_FROM, MARKER_TO, small_demo

Types = dict[str, dict[str, str]]
BY_A_MACRO = "(by a macro)"


@dataclass(frozen=True)
class Survivor:
    """A mutant that no unit test sees.

    Args:
        where: file, and the line where the condition stands in it (a macro's stands in none).
        change: what was done to the condition.
        condition: its text; the second of two alike ends in `` #2``.
    """

    where: str
    change: str
    condition: str


@dataclass
class Result:
    """What came of one model."""

    model: str
    mutants: int = 0
    dead: list[tuple[str, str]] = field(default_factory=list)
    survivors: list[Survivor] = field(default_factory=list)
    not_green: dict[str, str] = field(default_factory=dict)

    @property
    def killed(self) -> int:
        """How many mutants turned a test red."""
        return len(self.dead)


def compiled() -> tuple[dict[str, Any], Types]:
    """dbt's manifest with compiled SQL, and the columns of every relation."""
    replay = small_demo()
    manifest = json.loads(replay.manifest.read_text())
    types: Types = {}
    with duckdb.connect(replay.full_dbt, read_only=True) as connection:
        columns = connection.execute(
            "select concat_ws('.', database_name, schema_name, table_name), column_name, data_type "
            "from duckdb_columns() where not internal order by all"
        )
        for relation, column, kind in columns.fetchall():
            types.setdefault(relation, {})[column.lower()] = kind
    return manifest, types


def check_all(manifest: dict[str, Any], types: Types, pattern: str) -> Iterator[Result]:
    """Every model whose name is like ``pattern``, worked out on all cores."""
    models = {
        node["name"]: node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and fnmatch.fnmatch(node["name"], pattern)
    }
    names = sorted(models)
    tests = [list(of_model(manifest, types, name)) for name in names]
    keys = ("name", "compiled_code", "raw_code", "original_file_path")
    nodes = [{key: models[name][key] for key in keys} for name in names]
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        yield from pool.map(check, nodes, tests)


def check(node: dict[str, str], tests: list[UnitTest]) -> Result:
    """Run the unit tests of one model on its mutants, each until the first test is red."""
    result = Result(node["name"])
    alive = mutants(node["compiled_code"], (MARKER_FROM, MARKER_TO))
    result.mutants = len(alive)
    seen: Counter[tuple[str, str]] = Counter()
    named = []
    for mutant in alive:
        seen[mutant.change, mutant.condition] += 1
        number = seen[mutant.change, mutant.condition]
        suffix = f" #{number}" if number > 1 else ""
        where = _where(node, mutant.condition, number)
        named.append((Survivor(where, mutant.change, mutant.condition + suffix), mutant.sql))
    for test in tests:
        with duckdb.connect() as connection:
            connection.execute("set threads = 1")
            connection.execute("set TimeZone = 'UTC'")
            connection.execute("attach ':memory:' as build")
            connection.execute("use build")
            nights = partial(_for_nights, nights=test.nights)
            try:
                test.load(connection)
                intact = nights(node["compiled_code"])
                columns = test.columns(connection, intact)
                expected = test.expected(connection, columns)
                if test.actual(connection, intact, columns) != expected:
                    result.not_green[test.name] = "other rows than expected"
                    continue
            except (duckdb.Error, LookupError) as error:
                result.not_green[test.name] = str(error)
                continue
            left = []
            for survivor, sql in named:
                try:
                    same = test.actual(connection, nights(sql), columns) == expected
                except duckdb.Error:
                    same = False
                if same:
                    left.append((survivor, sql))
                else:
                    result.dead.append((survivor.change, survivor.condition))
            named = left
    result.survivors = [survivor for survivor, _ in named]
    return result


def _for_nights(sql: str, nights: tuple[str, str]) -> str:
    return sql.replace(MARKER_FROM, nights[0]).replace(MARKER_TO, nights[1])


def _where(node: dict[str, str], condition: str, number: int) -> str:
    """File and line of the condition as it stands in the model."""
    pattern = r"\s+".join(map(re.escape, condition.split()))
    found = list(re.finditer(pattern, node["raw_code"]))
    if not found:
        return f"{node['original_file_path']} {BY_A_MACRO}"
    place = found[min(number, len(found)) - 1].start()
    return f"{node['original_file_path']}:{node['raw_code'].count(chr(10), 0, place) + 1}"


@dataclass
class Equivalents:
    """The survivors that are accepted, each with the reason; ``*`` stands for any text.

    One for any model (``*``) is about a macro that many models share: at least one model's tests
    must kill it. One for ``macro`` is about a macro that has tests of its own.
    """

    entries: list[dict[str, str]]
    used: set[int] = field(default_factory=set)
    proven: set[int] = field(default_factory=set)

    @classmethod
    def read(cls, path: Path) -> "Equivalents":
        """The entries of ``path``."""
        with path.open(newline="") as file:
            return cls(list(csv.DictReader(file)))

    def accept(self, model: str, mutant: Survivor) -> bool:
        """Whether the survivor is on the list."""
        models = [model, "macro"] if mutant.where.endswith(BY_A_MACRO) else [model]
        for name in models:
            for place in self._matching(name, mutant.change, mutant.condition):
                self.used.add(place)
                return True
        return False

    def saw(self, result: Result) -> None:
        """Take note of what was killed: what many models share must die in one of them."""
        for change, condition in result.dead:
            self.proven.update(self._matching(result.model, change, condition))

    def stale(self, pattern: str) -> list[str]:
        """What is wrong with the list; shared lines are judged when every detection was."""
        found = []
        for place, entry in enumerate(self.entries):
            line, model = f"line {place + 2}: {entry['condition']}", entry["model"]
            if not entry["reason"]:
                found.append(f"{line}: no reason")
            if model == "*":
                if pattern == "det_*" and place not in self.proven:
                    found.append(f"{line}: shared, and no test of any model kills it")
            elif model != "macro" and fnmatch.fnmatch(model, pattern) and place not in self.used:
                found.append(f"{line}: does not survive any more, strike it out")
        return found

    def _matching(self, model: str, change: str, condition: str) -> Iterator[int]:
        for place, entry in enumerate(self.entries):
            texts = {"model": model, "change": change, "condition": condition}
            if all(_like(text, entry[key]) for key, text in texts.items()):
                yield place


def _like(text: str, pattern: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None
