"""Reads truth and marts into one DuckDB, runs the SQL of ``score/sql`` and prints its tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from nightly.errors import NightlyError

SQL = Path(__file__).parent / "sql"
STEPS = ("truth", "touched", "matches", "instances", "judged", "tables")
NOT_FRAUD = ("REG-01",)
"""Detections of what the law asks for, not of fraud: no scheme is theirs to find."""

PRINTED = {
    "recall_by_detection": "Recall per detection: schemes its own alerts touch",
    "recall_by_scenario": "Recall per scenario and strength of evasion",
    "precision_by_detection": "Precision: alerts that touch a scheme",
    "lookalikes_by_type": "Look-alikes alerted by the detection they tempt, and by any",
    "days_to_detect": "Days from a scheme's first event to its first alert",
}
WRITTEN = (*PRINTED, "by_seed", "missed", "false_alerts")


@dataclass(frozen=True)
class Demo:
    """One built demo: the seed it is called by, its marts and the truth about it.

    The marts lie in schema main of the published file, in schema marts of the build database.
    """

    seed: str
    marts: Path
    truth: Path
    schema: str = "main"

    def check(self) -> None:
        """Stop with one line when something is missing."""
        for name in ("schemes", "lookalikes"):
            if not (self.truth / f"{name}.parquet").exists():
                raise NightlyError(
                    f"no truth in {self.truth}: only a demo can be scored "
                    "(`python -m simulator` writes it beside its landing zone)"
                )
        if not self.marts.exists():
            raise NightlyError(f"no marts in {self.marts}: run `make build`")


def open_score(key: str) -> duckdb.DuckDBPyConnection:
    """An empty score.

    Args:
        key: the key for personal data the marts were built with.
    """
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    connection.execute("set variable risk_hash_key = ?", [key])
    connection.execute((SQL / "inputs.sql").read_text(encoding="utf-8"))
    connection.executemany("insert into not_scored values (?)", [[name] for name in NOT_FRAUD])
    return connection


def load(connection: duckdb.DuckDBPyConnection, demo: Demo) -> None:
    """Read one demo's truth and marts into the score."""
    demo.check()
    connection.execute("set variable seed = ?", [demo.seed])
    for name in ("schemes", "lookalikes"):
        _insert(connection, name, f"read_parquet('{_text(demo.truth / name)}.parquet')")
    connection.execute(f"attach '{_text(demo.marts)}' as built (read_only)")
    marts = f"built.{demo.schema}"
    _insert(connection, "alerts", f"{marts}.fct_alerts")
    _insert(connection, "evidence", f"{marts}.bridge_alert_evidence")
    _insert(connection, "members", f"{marts}.bridge_cluster_members")
    _insert(connection, "detections", f"{marts}.dim_detections")
    connection.execute(
        "insert into runs select getvariable('seed'), max(night) "
        f"from {marts}.fct_detection_coverage"
    )
    connection.execute("detach built")


def _insert(connection: duckdb.DuckDBPyConnection, table: str, source: str) -> None:
    """Copy the columns that both sides have."""
    wanted = _columns(connection, table)
    given = set(_columns(connection, source))
    names = ", ".join(name for name in wanted if name in given)
    connection.execute(
        f"insert into {table} by name select getvariable('seed') as seed, {names} from {source}"
    )


def _columns(connection: duckdb.DuckDBPyConnection, source: str) -> list[str]:
    return [name for name, *_ in connection.execute(f"describe from {source}").fetchall()]


def _text(path: Path) -> str:
    return str(path).replace("'", "''")


def compute(connection: duckdb.DuckDBPyConnection) -> None:
    """Match what was planted with what was alerted, and count."""
    for step in STEPS:
        connection.execute((SQL / f"{step}.sql").read_text(encoding="utf-8"))


def score(demos: Iterable[Demo], key: str) -> duckdb.DuckDBPyConnection:
    """The whole score of some demos, its tables ready to read."""
    connection = open_score(key)
    for demo in demos:
        load(connection, demo)
    compute(connection)
    return connection


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Every table as a CSV file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in WRITTEN:
        connection.execute(f"copy {name} to '{_text(folder / name)}.csv' (header)")


def printed(connection: duckdb.DuckDBPyConnection) -> str:
    """The tables a person reads, as text."""
    titles = dict(PRINTED)
    if len(connection.execute("from by_seed").fetchall()) > 1:
        titles["by_seed"] = "Each demo by itself"
    return "\n\n".join(
        "\n".join([title, *_table(connection, name)]) for name, title in titles.items()
    )


def _table(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """A table's rows in columns, numbers to the right."""
    found = connection.execute(f"from {name}")
    heads = [column[0] for column in found.description]
    rows = found.fetchall()
    if not rows:
        return ["  none"]
    cells = [heads, *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(heads))]
    is_text = [any(isinstance(row[place], str) for row in rows) for place in range(len(heads))]
    return [
        "  "
        + "  ".join(
            cell.ljust(width) if text else cell.rjust(width)
            for cell, width, text in zip(line, widths, is_text, strict=True)
        ).rstrip()
        for line in cells
    ]


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:g}" if isinstance(value, float) else str(value)
