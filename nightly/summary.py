"""The screen at the end of a build: what came in, what was found, where to look next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from nightly.errors import NightlyError
from nightly.manifest import Document, History
from nightly.settings import Settings

Rows = list[tuple[Any, ...]]


def summary(settings: Settings) -> str:
    """The one-screen summary of what is published."""
    history = History.read(settings)
    marts = settings.published / "marts.duckdb"
    if not history.completed or not marts.exists():
        raise NightlyError(f"nothing is published in {settings.published}: run `make build`")
    with duckdb.connect(str(marts), read_only=True) as connection:
        tables = _tables(connection)
        sections = [
            _nights(history),
            _alerts(connection, tables),
            _losses(connection, tables),
            _places(settings, marts),
        ]
    rule = "─" * 78
    return "\n".join([rule, *("\n".join(lines) for lines in sections if lines), rule])


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "select table_name, column_name from information_schema.columns where table_schema = 'main'"
    ).fetchall():
        found.setdefault(table, set()).add(column)
    return found


def _nights(history: History) -> list[str]:
    last = history.completed[-1]
    rows, bad = _total(last, "rows_in"), _total(last, "quarantined")
    tests = last.get("dbt", {}).get("test", {})
    seconds = sum(last["seconds"].values())
    return [
        f"  nights       {_first(history)} to {history.last_night}, the last run took in "
        f"{last['nights']} in {seconds:.0f} s",
        f"  rows in      {rows:,} in that run, {bad:,} of them in quarantine",
        f"  tests        {tests.get('pass', 0)} passed, {tests.get('warn', 0)} warned",
    ]


def _first(history: History) -> str:
    return min(run["from_night"] for run in history.completed)


def _total(run: Document, name: str) -> int:
    return sum(run.get(name, {}).values())


def _alerts(connection: duckdb.DuckDBPyConnection, tables: dict[str, set[str]]) -> list[str]:
    if "fct_alerts" not in tables:
        return []
    if "scenario" in tables["fct_alerts"]:
        source = "fct_alerts"
    elif "scenario" in tables.get("dim_detections", ()):
        source = "fct_alerts join dim_detections using (detection_id)"
    else:
        return []
    rows = connection.execute(
        f"select scenario, count(*) from {source} group by all order by 2 desc, 1"
    ).fetchall()
    counts = ", ".join(f"{name} {count:,}" for name, count in rows) or "none"
    return [f"  alerts       {sum(count for _, count in rows):,}: {counts}"]


def _losses(connection: duckdb.DuckDBPyConnection, tables: dict[str, set[str]]) -> list[str]:
    if not {"net_loss_usd", "gmv_usd"} <= tables.get("mart_loss_rate_daily", set()):
        return []
    ((loss, gmv),) = connection.execute(
        "select sum(net_loss_usd), sum(gmv_usd) from mart_loss_rate_daily"
    ).fetchall()
    if loss is None:
        return _unknown_loss(connection, tables, float(gmv or 0))
    rate = f"{float(loss) / float(gmv) * 10_000:.1f} bps of GMV" if gmv else "no GMV"
    return [f"  net loss     {float(loss):,.0f} USD, {rate} ({float(gmv or 0):,.0f} USD)"]


def _unknown_loss(
    connection: duckdb.DuckDBPyConnection, tables: dict[str, set[str]], gmv: float
) -> list[str]:
    if "fct_metric_coverage" not in tables:
        return []
    missing = connection.execute(
        "select max_by(missing_input, night) from fct_metric_coverage where metric_id = 'net_loss'"
    ).fetchall()[0][0]
    return [f"  net loss     unknown ({missing}); GMV {gmv:,.0f} USD"]


def _places(settings: Settings, marts: Path) -> list[str]:
    lines = [
        f"  marts        {_short(marts)}",
        f"  parquet      {_short(settings.published / 'parquet')}/<mart>/",
        f"  run manifest {_short(settings.manifests)}/",
    ]
    pages = [("gate report", settings.docs / "gate" / "index.html")]
    pages += [("model docs", settings.docs / "dbt" / "index.html")]
    lines += [f"  {name:<12} {_short(path)}" for name, path in pages if path.exists()]
    query = "select * from fct_alerts limit 10"
    return [
        *lines,
        "  try next",
        f"    .venv/bin/python -m nightly sql '{query}'",
        "    .venv/bin/dbt build --select +fct_alerts",
        "    make docs · make nightly · make test · make help",
    ]


def _short(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
