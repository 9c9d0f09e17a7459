"""mkdocs hook: the pages of the repository with the last results of the published marts.

The pages in git say what follows from the code. What a build found, and an example of the evidence,
is added here from RISK_STATE: `published/marts.duckdb` and, after `make score`, `score/*.csv`.
"""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path
from typing import Any

import duckdb

from docs.generate.detections import table
from nightly.settings import Settings

PAGE = re.compile(r"detections/([A-Z]+-\d+)\.md")
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
NO_BUILD = "Nothing is published yet: `make build`, then `make docs`."
RESULTS = """
    with last_nights as (
        select max(night) as to_night from fct_detection_coverage
    )
    select
        count(*) as alerts,
        count(*) filter (where is_queued) as queued,
        count(*) filter (where alerted_on > to_night - 28) as alerts_28d,
        count(distinct coalesce(cluster_id, entity_type || ':' || entity_id)) as parties,
        median(amount_at_stake_usd) as median_stake,
        max(alerted_on) as last_alert
    from fct_alerts cross join last_nights
    where detection_id = $id
"""
STATES = """
    select state, coalesce(reason, ''), sum(entities)
    from fct_detection_coverage
    where detection_id = $id and night = (select max(night) from fct_detection_coverage)
    group by all order by all
"""
EXAMPLE = """
    select entity_type, alerted_on, reason_code, amount_at_stake_usd, evidence
    from fct_alerts where detection_id = $id
    order by alerted_on desc, alert_id limit 1
"""


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """mkdocs event: a page's text; a detection's page gains its results."""
    folder = Path(config["docs_dir"], page.file.src_uri).parent
    text = _without_links_out(markdown, folder, Path(config["docs_dir"]))
    found = PAGE.fullmatch(page.file.src_uri)
    return text + results(found[1], Settings.from_environment().state) if found else text


def results(detection_id: str, state: Path) -> str:
    """The sections with what the marts in `state` say of one detection, as Markdown."""
    marts = state / "published" / "marts.duckdb"
    if not marts.exists():
        return f"\n## Last results\n\n{NO_BUILD}\n"
    with duckdb.connect(str(marts), read_only=True) as connection:
        counted = connection.execute(RESULTS, {"id": detection_id}).fetchall()[0]
        states = connection.execute(STATES, {"id": detection_id}).fetchall()
        example = connection.execute(EXAMPLE, {"id": detection_id}).fetchall()
    alerts, queued, recent, parties, stake, last = counted
    lines = ["", "## Last results", ""]
    lines += table(
        ["", ""],
        [
            ["Alerts", f"{alerts}, of them {queued} queued; {recent} in the last 28 nights"],
            ["Parties behind them", parties],
            ["Median stake", "unknown" if stake is None else f"{stake:,.2f} USD"],
            ["Last alert", last or "none"],
            ["Last night", "; ".join(_seen(*state) for state in states) or "not looked at"],
            *_scores(detection_id, state / "score"),
        ],
    )
    lines += ["", "## Example evidence", "", *_example(example)]
    return "\n".join(lines) + "\n"


def _seen(state: str, reason: str, entities: int | None) -> str:
    many = "all" if entities is None else str(entities)
    return f"{many} {state}" + (f" ({reason})" if reason else "")


def _scores(detection_id: str, folder: Path) -> list[list[str]]:
    """What the last `make score` said: found of planted by strength, and precision."""
    rows = []
    for found in _rows(folder / "recall_by_detection.csv", detection_id):
        strengths = [
            f"{found[f'{name}_seen']} of {found[f'{name}_planted']} {name}"
            for name in ("low", "medium", "high")
        ]
        rows.append(["Planted schemes found, by strength of evasion", ", ".join(strengths)])
    for found in _rows(folder / "precision_by_detection.csv", detection_id):
        said = f"{found['true_of_own']} of {found['alerts']} alerts are on what it looks for"
        rows.append(["On the demo's truth", f"{said}, {found['true_of_any']} on any scheme"])
    return rows


def _rows(path: Path, detection_id: str) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return [row for row in csv.DictReader(handle) if row["detection_id"] == detection_id]


def _example(rows: list[tuple[Any, ...]]) -> list[str]:
    if not rows:
        return ["No alert yet."]
    entity_type, alerted_on, reason, stake, evidence = rows[0]
    worth = "unknown" if stake is None else f"{stake:,.2f} USD"
    numbers = [
        [f"`{name}`", said.get("value"), said.get("threshold", "")]
        for name, said in json.loads(evidence).items()
    ]
    return [
        f"The latest alert: a {entity_type} on {alerted_on}, `{reason}`, stake {worth}.",
        "",
        *table(["Number", "Value", "Threshold"], numbers),
    ]


def _without_links_out(markdown: str, folder: Path, docs: Path) -> str:
    """Links to files outside the site become their text: there is nothing to open."""

    def kept(link: re.Match[str]) -> str:
        target = link[2].partition("#")[0]
        if not target or ":" in target:
            return link[0]
        there = Path(os.path.normpath(folder / target))
        return link[0] if there.is_relative_to(docs) else link[1]

    return LINK.sub(kept, markdown)
