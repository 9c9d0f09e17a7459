"""A changed rule needs a raised version; a changed comment does not."""

from pathlib import Path

import pytest
import yaml

from nightly.detection_lock import LOCK, check_lock, normalise, read_lock, write_lock
from nightly.errors import NightlyError

RULE = """\
{{ config(materialized="table") }}

-- Grain: one row per seller.
with sellers as (
    select * from {{ ref('ind_sellers') }}
),

policy as (
    {{ policy_in_force('A-1', ['min_orders', 'min_share']) }}
),

det_a as (
    select {{ lower_bound('Late', 'orders') }} as share, 'Two  words' as reason_code,
    from sellers
    where orders >= policy.min_orders
)

select * from det_a
"""
MACRO = """\
{#- Bound. -#}
{% macro lower_bound(part, whole) -%}
    {{ part }} / {{ whole }}
{%- endmacro %}
"""
META = {
    "id": "A-1",
    "version": 1,
    "parameters": {"min_share": "share", "min_orders": "orders"},
    "required_inputs": {"orders": ["seller_id", "order_id"]},
}


class Rules:
    """A small repository with one locked detection and one draft."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("models/detections/scams", "macros/statistics", "macros/detections"):
            (root / folder).mkdir(parents=True)
        (root / "seeds" / "policy").mkdir(parents=True)
        self.macro(MACRO)
        self.macro("{% macro policy_in_force(a, b) %}select 1{% endmacro %}", "detections/plumbing")
        self.detection(RULE, META)
        self.detection("select 1", META | {"id": "B-1"}, "det_b")
        self.stages("A-1,shadow", "B-1,draft")
        write_lock(root)

    def macro(self, text: str, name: str = "statistics/lower_bound") -> None:
        (self.root / "macros" / f"{name}.sql").write_text(text)

    def stages(self, *lines: str) -> None:
        path = self.root / "seeds" / "policy" / "policy_stages.csv"
        path.write_text("\n".join(["detection_id,stage", *lines]))

    def detection(self, sql: str, meta: dict, name: str = "det_a") -> None:
        folder = self.root / "models" / "detections" / "scams"
        (folder / f"{name}.sql").write_text(sql)
        model = {"name": name, "config": {"meta": {"detection": meta}}}
        (folder / f"{name}.yml").write_text(yaml.safe_dump({"models": [model]}))

    def problems(self) -> list[str]:
        return check_lock(self.root)


@pytest.fixture
def rules(tmp_path):
    return Rules(tmp_path)


def test_the_lock_of_this_repository_agrees():
    """Each line says what to do."""
    if lines := check_lock():
        pytest.fail("\n".join(lines), pytrace=False)


def test_what_is_locked_agrees(rules):
    assert rules.problems() == []
    assert list(read_lock(rules.root)) == ["A-1"], "a draft has judged nobody yet"
    (line,) = [
        line for line in (rules.root / LOCK).read_text().splitlines() if not line.startswith("#")
    ]
    assert line.startswith('A-1: {version: 1, logic: "')
    assert line.endswith(", parameters: [min_orders, min_share]}")


SAME = {
    "a comment": RULE.replace("-- Grain", "-- It's the grain"),
    "a comment within": RULE.replace("    from sellers", "    from sellers -- noqa: all"),
    "a block comment": RULE.replace("    from sellers", "    /* all\n of them */ from sellers"),
    "a Jinja comment": RULE.replace("with sellers", "{# not 'any' #}with sellers"),
    "layout": " ".join(line for line in RULE.splitlines() if not line.startswith("--")),
    "layout of brackets": RULE.replace("('ind_sellers')", "( 'ind_sellers' )"),
    "whitespace control": RULE.replace("{{ ref", "{{- ref"),
    "case of keywords": RULE.replace("select *", "SELECT *").replace("where", "Where"),
    "a trailing comma": RULE.replace("reason_code,\n", "reason_code\n"),
    "a trailing comma in a list": RULE.replace("'min_share']", "'min_share',]"),
    "how it is built": RULE.replace('"table"', '"incremental"'),
}


@pytest.mark.parametrize("sql", SAME.values(), ids=SAME)
def test_what_says_the_same_needs_no_version(rules, sql):
    assert sql != RULE
    rules.detection(sql, META)
    assert rules.problems() == []


OTHER = {
    "a looser comparison": RULE.replace(">=", ">"),
    "another column": RULE.replace("orders >=", "late_orders >="),
    "a condition less": RULE.replace("    where orders >= policy.min_orders\n", ""),
    "another case in quotes": RULE.replace("'Late'", "'late'"),
    "other blanks in quotes": RULE.replace("'Two  words'", "'Two words'"),
    "another indicator": RULE.replace("ind_sellers", "ind_creators"),
    "commented out": RULE.replace("    where", "    -- where"),
}


@pytest.mark.parametrize("sql", OTHER.values(), ids=OTHER)
def test_what_says_something_else_needs_a_version(rules, sql):
    assert sql != RULE
    rules.detection(sql, META)
    before = (rules.root / LOCK).read_text()
    (line,) = rules.problems()
    assert line == (
        "A-1 changed (models/detections/scams/det_a.sql or a macro it calls) and is still version "
        "1: raise `version` in models/detections/scams/det_a.yml, append its stage to "
        "seeds/policy/policy_stages.csv and run `make lock-detections`"
    )
    with pytest.raises(NightlyError, match="is still version 1: raise"):
        write_lock(rules.root)
    assert (rules.root / LOCK).read_text() == before
    rules.detection(sql, META | {"version": 2})
    assert rules.problems() == [
        "detections.lock: A-1 is version 2 and locked as 1: run `make lock-detections`"
    ]
    write_lock(rules.root)
    assert rules.problems() == []
    rules.detection(sql, META)
    (line,) = rules.problems()
    assert "A-1 went from version 2 back to 1: versions only go up" in line


def test_a_macro_it_calls_is_part_of_the_rule(rules):
    rules.macro(MACRO.replace("Bound", "A bound of the share"))
    rules.macro("{% macro policy_in_force(a, b) %}select 2{% endmacro %}", "detections/plumbing")
    assert rules.problems() == []
    rules.macro(MACRO.replace("/", "*"))
    (line,) = rules.problems()
    assert line.startswith("A-1 changed (")


def test_names_of_parameters_are_locked_and_their_meaning_is_not(rules):
    rules.detection(RULE, META | {"parameters": {"min_share": "said better", "min_orders": "o"}})
    assert rules.problems() == []
    rules.detection(RULE, META | {"parameters": {"min_share": "share", "min_late": "late"}})
    (line,) = rules.problems()
    assert "A-1 changed (parameter min_orders is gone, parameter min_late is new)" in line


def test_required_inputs_are_locked_in_any_order(rules):
    rules.detection(RULE, META | {"required_inputs": {"orders": ["order_id", "seller_id"]}})
    assert rules.problems() == []
    rules.detection(RULE, META | {"required_inputs": {"orders": ["order_id"]}})
    assert len(rules.problems()) == 1


def test_a_new_detection_and_a_draft_that_goes_to_shadow_are_to_be_locked(rules):
    rules.stages("A-1,shadow", "B-1,draft", "B-1,shadow")
    assert rules.problems() == ["detections.lock: B-1 is missing: run `make lock-detections`"]
    assert write_lock(rules.root) == 2
    assert rules.problems() == []


def test_a_detection_is_retired_and_not_deleted(rules):
    for path in (rules.root / "models" / "detections" / "scams").glob("det_a.*"):
        path.unlink()
    (line,) = rules.problems()
    assert line.startswith("detections.lock: A-1 is locked and has no model with that id: restore")


def test_a_quote_in_a_comment_opens_no_string():
    assert normalise("select 1 -- it's\n, 'a -- b'") == "select 1 , 'a -- b'"
