"""Generated pages are those the code gives, and written ones name only what exists."""

import re

import pytest

from docs.generate.__main__ import generated, stale
from docs.generate.detections import detection_pages
from docs.generate.flow import flow_svg
from docs.generate.project import Project, UnitTest
from tests.docs.conftest import REPO, Parsed, tracked_files

MAKEFILE = (REPO / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.M))
WRITTEN = sorted(path for path in REPO.glob("*.md")) + sorted((REPO / "docs").glob("**/*.md"))
COMMAND = re.compile(r"(?:^|`|; |&& )(?:[A-Z_]+=\S+ )*make ([a-z-]+)", re.M)
MODULE = re.compile(r"python -m ([a-z_]+(?:\.[a-z_]+)*)")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```", re.M | re.S)

each_page = pytest.mark.parametrize("path", WRITTEN, ids=lambda p: p.relative_to(REPO).as_posix())


def test_generated_pages_are_fresh(parsed: Parsed) -> None:
    files = generated(REPO, parsed.path)
    assert not [str(path) for path in stale(REPO, files)], "run `make docs` and commit"


@each_page
def test_links_lead_somewhere(path) -> None:
    text = FENCED.sub("", path.read_text(encoding="utf-8"))
    broken = []
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        if not there.exists() or (anchor and anchor not in _anchors(there)):
            broken.append(target)
    assert not broken


def _anchors(path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@each_page
def test_commands_exist(path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not set(COMMAND.findall(text)) - TARGETS
    missing = [
        module
        for module in MODULE.findall(text)
        if module not in {"pytest", "pip", "venv"}
        and not (REPO / module.replace(".", "/") / "__main__.py").exists()
        and not (REPO / f"{module.replace('.', '/')}.py").exists()
    ]
    assert not missing


@each_page
def test_named_files_exist(path) -> None:
    """A path in backticks that begins with one of our folders is there."""
    tops = {file.relative_to(REPO).parts[0] for file in tracked_files()}
    named = re.findall(r"`([\w.-]+/[\w./-]+)`", path.read_text(encoding="utf-8"))
    own = [name for name in named if name.split("/")[0] in tops]
    assert not [name for name in own if not (REPO / name.rstrip("/")).exists()]


def test_the_readme_names_every_detection_beside_its_scenario() -> None:
    rows = [
        line for line in (REPO / "README.md").read_text("utf-8").splitlines() if line[:2] == "| "
    ]
    missing = [
        meta["id"]
        for meta in Project.read().detections
        if not any(
            line.startswith(f"| {meta['scenario']} |") and meta["id"] in line for line in rows
        )
    ]
    assert not missing


def project(**changes) -> Project:
    scope = {"detection_id": "TST-01", "region": "all", "business_line": "all"}
    dates = {"effective_from": "2026-02-01", "approved_on": "2026-03-01", "approver": "board"}
    meta = {
        "id": "TST-01",
        "model": "det_test",
        "name": "test offence",
        "version": 1,
        "scenario": "scams",
        "summary": "Looks | for tests.",
        "owner": "team",
        "entity": "seller",
        "parties": ["seller"],
        "step": "fulfilment",
        "parameters": {"min_labels": "Labels in the window."},
        "minimum_history": "28 days",
        "required_inputs": {"shipments": ["label_created_at"]},
        "indicators": ["ind_test"],
        "reason_codes": {"no_scan": "Labels nobody scanned."},
        "known_false_positives": ["A strike."],
        "runbook": "1. Look at 3.5 days. 2. Ask.",
        "reversible": True,
        "label_rule": "Lost dispute.",
        "label_maturity_days": 90,
        "expected_daily_alerts": 2,
        "minimum_precision": 0.6,
        "holdout_eligible": False,
        "references": ["A book."],
    }
    policy = {
        "policy_parameters": [
            scope
            | dates
            | {"parameter": "min_labels", "value": "9", "region": "BR", "reason": "b"},
            scope | dates | {"parameter": "min_labels", "value": "15.500000", "reason": "usual"},
        ],
        "policy_stages": [scope | dates | {"detection_version": "1", "stage": "shadow"}],
        "policy_actions": [
            scope | dates | {"severity": "P2", "recommended_action": "I2", "reason": "money"}
        ],
        "policy_escalations": [
            scope
            | dates
            | {"reason_code": "worse", "severity": "P1", "recommended_action": "I5"}
            | {"reason": "thieves"}
        ],
    }
    return Project(
        **{
            "detections": [meta],
            "common_causes": [],
            "columns": {"ind_test": {"labels": "Labels of 28 days."}},
            "evidence": {"det_test": {"labels": "min_labels", "peers": None}},
            "paths": {
                "det_test": "models/detections/scams/det_test.sql",
                "ind_test": "models/indicators/scams/ind_test.sql",
            },
            "unit_tests": [UnitTest("det_test", "fires", "At the threshold.")],
            "policy": policy,
            **changes,
        }
    )


def test_a_page_shows_policy_widest_scope_first_from_the_night_it_applies() -> None:
    page = detection_pages(project())["TST-01.md"]
    wide = "| `min_labels` | Labels in the window. | 15.5 | all | 2026-03-01 | usual |"
    narrow = "|  |  | 9 | BR | 2026-03-01 | b |"
    assert wide in page and narrow in page
    assert page.index(wide) < page.index(narrow)
    assert "shadow (version 1) from 2026-03-01" in page
    usual = "P2 (within 24 hours), I2 hold money from 2026-03-01: money"
    worse = "P1 (act now), I5 suspend for the reason `worse` from 2026-03-01: thieves"
    assert f"{usual}; {worse}" in page
    assert "\n1. Look at 3.5 days.\n2. Ask.\n" in page
    assert "| `det_test` | `fires` | At the threshold. |" in page
    assert "| `labels` | Labels of 28 days. | `min_labels` |\n| `peers` |  |  |" in page


def test_the_index_lists_a_detection_under_its_scenario_and_says_where_there_is_none() -> None:
    index = detection_pages(project())["README.md"]
    scams = index[index.index("## scams") : index.index("## traffic")]
    assert "| [TST-01](TST-01.md) | test offence | seller | P2 | I2 hold money | shadow |" in scams
    assert index.count("None yet.") == 7 + 2 + 7  # scenarios, parties, steps without any
    assert "| seller | Who lists, ships, is paid. | [TST-01](TST-01.md) test offence |" in index
    assert "| [TST-01](TST-01.md) test offence |" in index[index.index("## By step") :]


def test_a_page_of_a_detection_that_is_gone_is_stale(tmp_path) -> None:
    (tmp_path / "docs/detections").mkdir(parents=True)
    (tmp_path / "docs/detections/OLD-01.md").write_text("old")
    assert [path.name for path in stale(tmp_path, {})] == ["OLD-01.md"]


def graph(**parents: list[str]) -> dict:
    """A manifest: node names are layer__folder__name."""
    nodes = {
        name: {"resource_type": "model", "fqn": ["project", *name.split("__")]} for name in parents
    }
    return {"nodes": nodes, "sources": {}, "parent_map": parents}


def test_the_picture_counts_every_model_and_leaves_detours_out() -> None:
    svg = flow_svg(
        graph(
            staging__a=[],
            intermediate__orders__b=["staging__a"],
            intermediate__orders__c=["staging__a"],
            marts__core__d=["staging__a", "intermediate__orders__b"],
        )
    )
    assert "1 in staging, 2 in intermediate, 1 in marts" in svg
    assert svg.count('class="edge"') == 2  # staging to orders to core; not staging to core


def test_what_reads_detections_stands_below_them() -> None:
    svg = flow_svg(
        graph(
            staging__a=[],
            intermediate__alerts__ready=["staging__a"],
            detections__scams__b=["intermediate__alerts__ready"],
            intermediate__alerts__fires=["detections__scams__b"],
        )
    )
    assert "1 in intermediate, 1 in detections, 1 in alerts" in svg


def test_the_picture_of_the_project_holds_all_of_it(parsed: Parsed) -> None:
    svg = flow_svg(parsed.document)
    title = svg[svg.index("<title") : svg.index("</title>")]
    entries = [*parsed.nodes("model", "seed"), *parsed.own("sources")]
    assert sum(map(int, re.findall(r"(\d+) in ", title))) == len(entries)
