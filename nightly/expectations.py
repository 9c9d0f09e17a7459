"""What a delivery must look like: Great Expectations judges the profile, with pages to read."""

from __future__ import annotations

import logging
import os
import shutil
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
logging.getLogger("great_expectations").setLevel(logging.ERROR)

import great_expectations as gx  # noqa: E402
import great_expectations.expectations as gxe  # noqa: E402

Row = Mapping[str, Any]
INDEX = {"deliveries": ["night", "table"], "columns": ["night", "table", "column"]}


@dataclass(frozen=True)
class Rule:
    """A measure of the profile, what it may be, and what to tell a person when it is not."""

    frame: str
    measure: str
    stops: bool
    tell: Callable[[Row], str]
    low: float = 0
    high: float = 0


@dataclass(frozen=True)
class Finding:
    """A rule that a delivery broke."""

    rule: Rule
    row: Row

    @property
    def line(self) -> str:
        """Night, table, why and what to do."""
        return f"night {self.row['night']}, table {self.row['table']}: {self.rule.tell(self.row)}"


AGAIN = "have it delivered again and seal the night anew"


def rules(drift: Mapping[str, Any]) -> list[Rule]:
    """All rules, the ones that stop a night first."""
    change, volume = drift["null_rate_change"], drift["volume_ratio"]
    return [
        Rule(
            "deliveries",
            "required_not_listed",
            True,
            lambda row: (
                "a required table is not listed: deliver it, or list it with 0 rows in "
                f"_nights/{row['night']}.json"
            ),
        ),
        Rule(
            "deliveries",
            "missing_files",
            True,
            lambda row: (
                f"{row['missing_files']} listed files do not exist: deliver them, or correct "
                f"_nights/{row['night']}.json"
            ),
        ),
        Rule(
            "deliveries",
            "misplaced_files",
            True,
            lambda row: (
                f"{row['misplaced_files']} listed files lie outside "
                f"{row['table']}/dt={row['night']}/: correct _nights/{row['night']}.json"
            ),
        ),
        Rule(
            "deliveries",
            "unreadable_files",
            True,
            lambda row: f"{row['unreadable_files']} files are not readable Parquet: {AGAIN}",
        ),
        Rule(
            "columns",
            "missing_required",
            True,
            lambda row: (
                f"required column {row['column']} is missing from a file: {AGAIN}, with the column"
            ),
        ),
        Rule(
            "columns",
            "incompatible_type",
            True,
            lambda row: (
                f"column {row['column']} is delivered as {row['delivered_type']}, which the "
                "contract cannot hold: deliver it as models/staging/landing_contract.yml says"
            ),
        ),
        Rule(
            "deliveries",
            "row_difference",
            True,
            lambda row: (
                f"{row['rows_listed']:,} rows listed, {row['rows_found']:,.0f} found: the delivery "
                f"is not whole, or _nights/{row['night']}.json is wrong; {AGAIN}"
            ),
        ),
        Rule(
            "deliveries",
            "excess_bad_rows",
            True,
            lambda row: (
                f"{row['bad_rows']:,} of {row['rows_listed']:,} rows break the contract, more than "
                f"nightly/gate.yml tolerates: look at _quarantine/{row['table']}/"
                f"dt={row['night']}/, then {AGAIN}"
            ),
        ),
        Rule(
            "deliveries",
            "unknown_table",
            False,
            lambda row: "not in the contract, not read",
        ),
        Rule(
            "columns",
            "unknown_column",
            False,
            lambda row: f"column {row['column']} is not in the contract, not read",
        ),
        *(
            Rule("columns", measure, False, _counted(measure, text))
            for measure, text in (
                ("missing_values", "rows without required {column} in quarantine"),
                ("cast_errors", "rows whose {column} does not cast in quarantine"),
                ("enum_violations", "rows whose {column} is not in the contract in quarantine"),
            )
        ),
        *(
            Rule("deliveries", measure, False, _counted(measure, text))
            for measure, text in (
                ("key_conflicts", "rows with a known key and other content in quarantine"),
                ("late_redeliveries", "rows delivered again later than agreed, not counted twice"),
                ("misdated_rows", "rows ingested on another date than their night in quarantine"),
            )
        ),
        Rule(
            "deliveries",
            "volume_ratio",
            False,
            lambda row: (
                f"{row['rows_listed']:,} rows, {row['volume_ratio']:.2f} times the trailing month"
            ),
            *volume,
        ),
        Rule(
            "columns",
            "null_rate_change",
            False,
            lambda row: (
                f"{row['column']} is null in {row['null_rate']:.0%} of the rows, "
                f"{row['null_rate_change']:+.0%} against the trailing month"
            ),
            -change,
            change,
        ),
    ]


def _counted(measure: str, text: str) -> Callable[[Row], str]:
    return lambda row: f"{row[measure]:,} " + text.format(**row)


def judge(
    frames: Mapping[str, pd.DataFrame], judged: list[Rule], docs: Path, run_id: str
) -> list[Finding]:
    """Validate the profile, write Data Docs, return what was broken in the order of the rules."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False, "metric_calculations": False}
        fresh = docs.with_name(f".{docs.name}.tmp")
        shutil.rmtree(fresh, ignore_errors=True)
        for site in context.get_site_names():
            context.delete_data_docs_site(site)
        context.add_data_docs_site("gate", _site(fresh))
        source = context.data_sources.add_pandas("profile")
        findings = []
        for name, frame in frames.items():
            rules_here = [rule for rule in judged if rule.frame == name]
            findings += _validate(context, source, name, frame, rules_here, run_id)
        context.build_data_docs()
    shutil.rmtree(docs, ignore_errors=True)
    fresh.replace(docs)
    order = {id(rule): place for place, rule in enumerate(judged)}
    return sorted(findings, key=lambda found: (order[id(found.rule)], *_place(found.row)))


def _place(row: Row) -> tuple[str, str, str]:
    return str(row["night"]), row["table"], row.get("column", "")


def _validate(
    context: Any, source: Any, name: str, frame: pd.DataFrame, judged: list[Rule], run_id: str
) -> list[Finding]:
    definition = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all")
    suite = context.suites.add(gx.ExpectationSuite(name=f"{name} of the nights"))
    for rule in judged:
        suite.add_expectation(
            gxe.ExpectColumnValuesToBeBetween(
                column=rule.measure,
                min_value=rule.low,
                max_value=rule.high,
                severity="critical" if rule.stops else "warning",
            )
        )
    validation = context.validation_definitions.add(
        gx.ValidationDefinition(name=name, data=definition, suite=suite)
    )
    checkpoint = context.checkpoints.add(
        gx.Checkpoint(
            name=f"{name} {run_id}",
            validation_definitions=[validation],
            result_format={
                "result_format": "COMPLETE",
                "unexpected_index_column_names": INDEX[name],
                "partial_unexpected_count": 20,
            },
            actions=[],
        )
    )
    outcome = checkpoint.run(batch_parameters={"dataframe": frame})
    rows = {tuple(row[column] for column in INDEX[name]): row for row in frame.to_dict("records")}
    by_measure = {rule.measure: rule for rule in judged}
    findings = []
    for result in next(iter(outcome.run_results.values())).results:
        if result.exception_info and any(
            item.get("raised_exception")
            for item in result.exception_info.values()
            if isinstance(item, dict)
        ):
            raise RuntimeError(f"Great Expectations failed: {result.exception_info}")
        for place in result.result.get("unexpected_index_list") or ():
            rule = by_measure[result.expectation_config.kwargs["column"]]
            row = rows[tuple(place[column] for column in INDEX[name])]
            findings.append(Finding(rule, row))
    return findings


def _site(folder: Path) -> dict[str, Any]:
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(folder),
        },
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
    }
