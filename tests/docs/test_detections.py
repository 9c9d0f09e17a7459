"""Metadata, registry, policy and code of the detections say the same."""

import ast
import re

import pytest

from docs.generate.detections import LADDER, PARTIES, SCENARIOS, SEVERITIES, STEPS
from docs.generate.project import Project, applies_from
from nightly.contract import load_contract
from tests.docs.conftest import REPO, without_comments

PROJECT = Project.read()
CONTRACT = load_contract()
DETECTIONS = PROJECT.detections
CAUSES = PROJECT.common_causes
ALWAYS = {"min_history_days", "dedup_window_days", "max_episode_days"}
KEYS = {
    *("id", "model", "name", "version", "scenario", "summary", "owner", "severity", "entity"),
    *("parties", "step"),
    *("parameters", "minimum_history", "required_inputs", "indicators", "reason_codes"),
    *("known_false_positives", "runbook", "action", "reversible", "label_rule"),
    *("label_maturity_days", "expected_daily_alerts", "minimum_precision", "holdout_eligible"),
    "references",
}

each_detection = pytest.mark.parametrize("meta", DETECTIONS, ids=[m["id"] for m in DETECTIONS])
each_cause = pytest.mark.parametrize("meta", CAUSES, ids=[m["id"] for m in CAUSES])


def registry() -> list[dict[str, str]]:
    text = (REPO / "macros/detections/detection_registry.sql").read_text(encoding="utf-8")
    (entries,) = re.findall(r"return\((\[.*?\])\)", text, re.S)
    return ast.literal_eval(entries.strip())


def sql_of(model: str) -> str:
    return without_comments((REPO / PROJECT.paths[model]).read_text(encoding="utf-8"))


def test_registry_and_metadata_name_the_same_detections() -> None:
    listed = [(entry["id"], entry["model"]) for entry in registry()]
    assert len(set(listed)) == len(listed)
    assert sorted(listed) == sorted((meta["id"], meta["model"]) for meta in DETECTIONS)
    indicators = {meta["id"]: meta["indicators"] for meta in DETECTIONS}
    assert all(entry["indicator"] in indicators[entry["id"]] for entry in registry())


def test_every_detection_model_has_metadata() -> None:
    models = {name for name in PROJECT.paths if name.startswith("det_")}
    assert models == {meta["model"] for meta in DETECTIONS}


def test_policy_speaks_of_known_detections_only() -> None:
    known = {meta["id"] for meta in [*DETECTIONS, *CAUSES]} | {"all"}
    strange = {
        (seed, row["detection_id"])
        for seed, rows in PROJECT.policy.items()
        for row in rows
        if row.get("detection_id", "all") not in known
    }
    assert not strange


@each_detection
def test_metadata_is_whole(meta) -> None:
    assert set(meta) >= KEYS, KEYS - set(meta)
    assert meta["scenario"] in SCENARIOS
    assert PROJECT.paths[meta["model"]].split("/")[2] == meta["scenario"]
    assert meta["severity"] in SEVERITIES
    assert meta["parties"] and set(meta["parties"]) <= set(PARTIES)
    assert meta["step"] in STEPS
    assert PROJECT.evidence_of(meta["model"]), "an alert shows the numbers that fired"
    assert meta["action"].split()[0] in LADDER
    assert set(meta["indicators"]) <= set(PROJECT.paths)
    assert 0 < meta["minimum_precision"] <= 1
    for name in ("runbook", "label_rule", "summary", "known_false_positives", "references"):
        assert meta[name], name


@each_detection
def test_required_inputs_are_in_the_contract(meta) -> None:
    for table, columns in meta["required_inputs"].items():
        assert table in CONTRACT
        assert set(columns) <= set(CONTRACT[table].by_name), table


@each_detection
def test_parameters_of_metadata_policy_and_code_are_the_same(meta) -> None:
    assert set(meta["parameters"]) >= ALWAYS
    assert_parameters_agree(meta, ALWAYS)


@each_cause
def test_parameters_of_a_common_cause_are_the_same_everywhere(meta) -> None:
    assert set(meta) - {"parameter_ranges"} == {"id", "model", "name", "summary", "parameters"}
    assert_parameters_agree(meta, set())


def assert_parameters_agree(meta, not_read) -> None:
    said = set(meta["parameters"])
    rows = {row["parameter"] for row in PROJECT.rows("policy_parameters", meta["id"])}
    assert said == rows
    everywhere = {
        row["parameter"]
        for row in PROJECT.rows("policy_parameters", meta["id"])
        if row["region"] == row["business_line"] == "all"
    }
    assert everywhere == said, "a scope without its own row falls under all"
    read = set()
    for model in PROJECT.paths:
        for call in re.findall(
            r"policy_in_force\(\s*'" + meta["id"] + r"',\s*\[(.*?)\]", sql_of(model), re.S
        ):
            read |= set(re.findall(r"'(\w+)'", call))
    assert read <= said
    assert not said - read - not_read, "a parameter nobody reads"


@each_detection
def test_stage_severity_and_action_are_those_of_policy(meta) -> None:
    stages = PROJECT.rows("policy_stages", meta["id"])
    assert int(max(stages, key=applies_from)["detection_version"]) == meta["version"]
    everywhere = [
        row
        for row in PROJECT.rows("policy_actions", meta["id"])
        if row["region"] == row["business_line"] == "all"
    ]
    latest = max(everywhere, key=applies_from)
    assert latest["severity"] == meta["severity"]
    assert latest["recommended_action"] == meta["action"].split()[0]


@each_detection
def test_every_reason_code_is_given_by_the_code_and_explained(meta) -> None:
    sql = " ".join(sql_of(model) for model in [meta["model"], *meta["indicators"]])
    unknown = [code for code in meta["reason_codes"] if f"'{code}'" not in sql]
    assert not unknown
    given = re.findall(
        r"(?:then|else)\s+'([a-z_]+)'[^']*?(?=as reason_code|when|else|end)", sql_of(meta["model"])
    )
    reasons = {code for code in given if re.search(rf"'{code}'[^;]*?as reason_code", sql)}
    assert reasons <= set(meta["reason_codes"]) or not reasons


@each_detection
def test_detection_and_indicators_have_unit_tests(meta) -> None:
    tests = {model: PROJECT.tests_of(model) for model in [meta["model"], *meta["indicators"]]}
    assert not [model for model, found in tests.items() if not found]
    assert all(test.description for found in tests.values() for test in found)
