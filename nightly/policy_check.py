"""Policy check: what the policy seeds say is well formed, known, in range and unambiguous.

The rules are SQL (nightly/sql/policy_*.sql) over the seeds, the detections' metadata and
nightly/policy.yml. Types, names and keys are those of the yml beside each seed.
"""

from __future__ import annotations

import csv
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import yaml

from nightly.errors import NightlyError
from nightly.settings import REPOSITORY, Settings

RULES = Path(__file__).with_name("policy.yml")
QUERIES = Path(__file__).with_name("sql")
JUDGES = ("models/detections", "models/intermediate/common_causes")
DATED = {"effective_from", "approved_on"}
Entry = dict[str, Any]


@dataclass(frozen=True, order=True)
class Problem:
    """Something a policy row may not say."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass
class Seed:
    """A policy seed: what its yml promises and what its file says."""

    name: str
    types: dict[str, str]
    required: set[str] = field(default_factory=set)
    unique: set[str] = field(default_factory=set)
    accepted: dict[str, list[str]] = field(default_factory=dict)
    key: list[str] = field(default_factory=list)
    """What one row in force is of; two rows of a key may not start on the same night."""
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    @property
    def file(self) -> str:
        """Where a person finds it."""
        return f"seeds/policy/{self.name}.csv"


def check_seeds(settings: Settings) -> None:
    """Print every problem of the policy seeds and stop when there is one."""
    problems = find_problems(settings.repository)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        many = "problem" if len(problems) == 1 else "problems"
        raise NightlyError(
            f"{len(problems)} {many} in the policy seeds, listed above: correct the rows and run "
            "`make policy-check`"
        )


def find_problems(repository: Path = REPOSITORY) -> list[Problem]:
    """Everything that is wrong with the policy seeds, by file and line."""
    folder = repository / "seeds" / "policy"
    problems: list[Problem] = []
    seeds = [read_seed(path, problems) for path in sorted(folder.glob("*.yml"))]
    for path in sorted(folder.glob("*.csv")):
        if not path.with_suffix(".yml").exists():
            text = f"no {path.stem}.yml beside it: say there what its columns are"
            problems.append(Problem(f"seeds/policy/{path.name}", 1, text))
    with duckdb.connect() as connection:
        _load(connection, repository, seeds)
        for query in sorted(QUERIES.glob("policy_*.sql")):
            rows = connection.execute(query.read_text(encoding="utf-8")).fetchall()
            problems += [Problem(*row) for row in rows]
    return sorted(set(problems))


def count_rows(repository: Path = REPOSITORY) -> tuple[int, int]:
    """How many seeds and rows there are."""
    seeds = [read_seed(path, []) for path in (repository / "seeds" / "policy").glob("*.yml")]
    return len(seeds), sum(len(seed.rows) for seed in seeds)


def read_seed(path: Path, problems: list[Problem]) -> Seed:
    """A seed by its yml; a file that cannot be read as a table adds a problem and has no rows."""
    (entry,) = _yaml(path)["seeds"]
    seed = Seed(path.stem, dict(entry["config"]["column_types"]))
    for column in entry["columns"]:
        for test in column.get("data_tests") or []:
            if test == "not_null":
                seed.required.add(column["name"])
            elif test == "unique":
                seed.unique.add(column["name"])
            elif "accepted_values" in test:
                values = test["accepted_values"]["arguments"]["values"]
                seed.accepted[column["name"]] = [str(value) for value in values]
                seed.required.add(column["name"])
    for test in entry.get("data_tests") or []:
        columns = test["unique_combination"]["arguments"]["columns"]
        seed.key = [name for name in columns if name not in DATED]
    seed.rows = list(_rows(path.with_suffix(".csv"), seed, problems))
    return seed


def _rows(path: Path, seed: Seed, problems: list[Problem]) -> list[tuple[int, dict[str, str]]]:
    def wrong(line: int, text: str) -> None:
        problems.append(Problem(seed.file, line, text))

    if not path.exists():
        wrong(1, f"it is missing: restore it, with this header: {','.join(seed.types)}")
        return []
    try:
        lines = path.read_bytes().decode("utf-8").splitlines(keepends=True)
    except UnicodeDecodeError as error:
        wrong(path.read_bytes()[: error.start].count(b"\n") + 1, "not UTF-8: save it as UTF-8")
        return []
    reader = csv.reader(lines)
    header = [name.strip() for name in next(reader, [])]
    if header != list(seed.types):
        twice = sorted({name for name in header if header.count(name) > 1})
        missing = sorted(set(seed.types) - set(header))
        strange = sorted(set(header) - set(seed.types))
        said = [
            *([f"column {', '.join(twice)} stands twice"] if twice else []),
            *([f"column {', '.join(missing)} is missing"] if missing else []),
            *([f"column {', '.join(strange)} is unknown"] if strange else []),
        ]
        what = "; ".join(said) or "the columns are in another order"
        wrong(1, f"{what}: the header is {','.join(seed.types)}")
        return []
    rows = []
    for cells in reader:
        if not cells:
            continue
        if cells == header:
            wrong(reader.line_num, "the header stands here again: delete this line")
        elif len(cells) != len(header):
            wrong(
                reader.line_num,
                f"{len(cells)} values for {len(header)} columns: put a text that holds a comma "
                "into double quotes",
            )
        else:
            clean = (cell.strip() for cell in cells)
            rows.append((reader.line_num, dict(zip(header, clean, strict=True))))
    return rows


def _load(connection: duckdb.DuckDBPyConnection, repository: Path, seeds: list[Seed]) -> None:
    """The seeds, their promises, the metadata and the rules as tables."""

    def table(name: str, columns: dict[str, str], rows: list[tuple[Any, ...]]) -> None:
        said = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        connection.execute(f"create table {name} ({said})")
        if rows:
            values = zip(*rows, strict=True)
            arrays = {
                column: pa.array(found) for column, found in zip(columns, values, strict=True)
            }
            connection.register("given", pa.table(arrays))
            connection.execute(f"insert into {name} select * from given")
            connection.unregister("given")

    text, place = "varchar", {"file": "varchar", "line": "integer"}
    table(
        "columns",
        {"file": text, "name": text, "data_type": text}
        | {"is_required": "boolean", "is_unique": "boolean", "accepted": "varchar[]"},
        [
            (seed.file, name, kind, name in seed.required, name in seed.unique)
            + (seed.accepted.get(name),)
            for seed in seeds
            for name, kind in seed.types.items()
        ],
    )
    cells = [
        (seed.file, line, name, value)
        for seed in seeds
        for line, row in seed.rows
        for name, value in row.items()
    ]
    table("cells", place | {"name": text, "value": text}, cells)
    keys = [
        (seed.file, line, ", ".join(row[name] for name in seed.key))
        + (row["effective_from"], row["approved_on"])
        for seed in seeds
        for line, row in seed.rows
        if seed.key
    ]
    table("said", place | {"said": text, "effective_from": text, "approved_on": text}, keys)
    connection.execute(
        "create table keys as select file, line, said, greatest("
        "try_cast(effective_from as date), try_cast(approved_on as date)) as applies_from from said"
    )
    for seed in seeds:
        rows = [(seed.file, line, *row.values()) for line, row in seed.rows]
        table(f"{seed.name}_text", place | dict.fromkeys(seed.types, text), rows)
        casts = [
            f"try_cast(nullif({name}, '') as {kind}) as {name}" for name, kind in seed.types.items()
        ]
        connection.execute(
            f"create table {seed.name} as select file, line, {', '.join(casts)} "
            f"from {seed.name}_text"
        )
    rules = _yaml(RULES)
    table(
        "next_stages",
        {"stage": text, "next_stage": text},
        [(stage, after) for stage, found in rules["next_stages"].items() for after in found],
    )
    for name in ("first_stages", "running_stages"):
        table(name, {"stage": text}, [(stage,) for stage in rules[name]])
    _load_detections(table, repository, rules)
    for name in ("region", "business_line"):
        path = repository / "seeds" / "reference" / f"ref_{name}s.csv"
        with path.open(encoding="utf-8", newline="") as handle:
            table(f"{name}s", {"name": text}, [(row[name],) for row in csv.DictReader(handle)])


def _load_detections(table: Any, repository: Path, rules: Entry) -> None:
    detections, causes, parameters, entities, reasons = [], [], [], [], []
    for path in sorted(
        file for folder in JUDGES for file in (repository / folder).glob("**/*.yml")
    ):
        for model in _yaml(path).get("models") or []:
            meta = (model.get("config") or {}).get("meta") or {}
            judge = meta.get("detection") or meta.get("common_cause")
            if not judge:
                continue
            given = judge.get("parameter_ranges") or {}
            for name, meaning in judge["parameters"].items():
                parameters.append((judge["id"], name, *_range(rules, name, meaning, given)))
            if "detection" not in meta:
                causes.append((judge["id"],))
                continue
            where = path.relative_to(repository).as_posix()
            detections.append((judge["id"], int(judge["version"]), where))
            reasons += [(judge["id"], code) for code in judge["reason_codes"]]
            for kind in str(judge["entity"]).split(" or "):
                members = rules["entity_types"].get(kind, [kind])
                entities += [(judge["id"], member) for member in members]
    text, named = "varchar", {"detection_id": "varchar"}
    limits = {"lowest": "double", "highest": "double", "is_whole": "boolean"}
    table("detections", named | {"version": "integer", "yml": text}, detections)
    table("causes", named, causes)
    table("entity_types", named | {"entity_type": text}, entities)
    table("reason_codes", named | {"reason_code": text}, reasons)
    table("parameters", named | {"parameter": text} | limits, parameters)
    table(
        "identity_parameters",
        {"parameter": text} | limits,
        [(name, *_range(rules, name, "", {})) for name in _identity_parameters(repository)],
    )


def _identity_parameters(repository: Path) -> list[str]:
    path = repository / "seeds" / "policy" / "policy_identity.yml"
    return sorted(read_seed(path, []).accepted["parameter"])


def _range(
    rules: Entry, name: str, meaning: str, given: dict[str, list[float]]
) -> tuple[float, float, bool]:
    """Lowest and highest value of a parameter, and whether it is a whole number."""
    if name in given:
        lowest, highest = given[name]
        return float(lowest), float(highest), False
    found = next(rule for rule in rules["ranges"] if re.search(rule["name"], name))
    if re.search(r"\b0 to 1\b", meaning):
        return 0.0, 1.0, False
    return float(found["lowest"]), float(found["highest"]), found.get("whole", False)


def _yaml(path: Path) -> Entry:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader) or {}
