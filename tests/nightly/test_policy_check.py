"""What a policy row may not say, each with its file, its line and what to do."""

import shutil
from pathlib import Path

import pytest
import yaml

from nightly.errors import NightlyError
from nightly.policy_check import Seed, find_problems, read_seed
from nightly.settings import REPOSITORY

SEEDS = REPOSITORY / "seeds"
SINCE = "2026-01-01,2025-12-20,risk-policy-board,because"
LATER = "2026-02-01,2026-01-20,risk-policy-board,because"
META = {
    "id": "A-1",
    "version": 2,
    "entity": "party or device",
    "parameters": {
        "min_orders": "orders of 28 days",
        "min_late_share": "late ones by all",
        "min_closeness": "how close, 0 to 1",
        "max_change": "rise or fall",
        "dedup_window_days": "days between fires",
    },
    "parameter_ranges": {"max_change": [-5, 5]},
    "reason_codes": {"usual": "as ever", "worse": "worse than ever"},
}
CAUSE = {"id": "C-1", "parameters": {"min_ratio": "times the usual", "max_z": "robust z"}}
GOOD = {
    "policy_parameters": [
        f"A-1,min_orders,all,all,10,{SINCE}",
        f"A-1,min_late_share,all,all,0.25,{SINCE}",
        f"A-1,min_closeness,all,all,1,{SINCE}",
        f"A-1,max_change,all,all,-3,{SINCE}",
        f"A-1,dedup_window_days,all,all,7,{SINCE}",
        f"A-1,min_orders,BR,live_commerce,12,{SINCE}",
        f'A-1,min_orders,all,all,15,{LATER[:-7]}"because, again"',
        f"C-1,min_ratio,all,all,1.5,{SINCE}",
        f"C-1,max_z,all,all,-3.5,{SINCE}",
    ],
    "policy_stages": [
        f"A-1,1,draft,{SINCE}",
        "A-1,1,shadow,2026-01-10,2026-01-10,risk-policy-board,because",
        "A-1,1,active,2026-01-20,2026-01-20,risk-policy-board,because",
        f"A-1,2,shadow,{LATER}",
    ],
    "policy_actions": [f"A-1,all,all,P2,I1,{SINCE}", f"A-1,BR,all,P1,I2,{LATER}"],
    "policy_escalations": [f"A-1,worse,all,all,P1,I2,{SINCE}"],
    "policy_exceptions": [
        "E-1,A-1,seller,s1,2026-01-01,2026-01-31,2025-12-20,risk-policy-board,known",
        "E-2,all,seller,s1,2026-02-01,,2025-12-20,risk-policy-board,known",
        "E-3,A-1,device,s1,2026-01-01,2026-01-31,2025-12-20,risk-policy-board,known",
    ],
    "policy_review_minutes": [f"P1,30,{SINCE}", f"P2,20,{SINCE}", f"P3,8,{SINCE}"],
    "policy_identity": [f"device,weight,0.6,{SINCE}", f"device,strength,2,{SINCE}"],
    "policy_identity_overrides": [
        f"O-1,part,user,u1,user,u2,{SINCE}",
        f"O-9,withdraw,user,u4,user,u3,{LATER}",
        f"O-8,join,user,u3,user,u4,{SINCE}",
    ],
}


class Policy:
    """A small repository whose policy seeds a test writes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(SEEDS, root / "seeds")
        self.metadata(META)
        self.cause(CAUSE)
        for name in GOOD:
            self.write(name, GOOD[name])

    def metadata(self, *detections: dict) -> None:
        folder = self.root / "models" / "detections" / "scams"
        folder.mkdir(parents=True, exist_ok=True)
        for meta in detections:
            model = {"name": meta["id"], "config": {"meta": {"detection": meta}}}
            path = folder / f"det_{meta['id'].lower()}.yml"
            path.write_text(yaml.safe_dump({"models": [model]}), encoding="utf-8")

    def cause(self, meta: dict) -> None:
        folder = self.root / "models" / "intermediate" / "common_causes"
        folder.mkdir(parents=True)
        model = {"name": "int_c", "config": {"meta": {"common_cause": meta}}}
        (folder / "int_c.yml").write_text(yaml.safe_dump({"models": [model]}), encoding="utf-8")

    def write(self, name: str, lines: list[str], header: str | None = None) -> None:
        seed: Seed = read_seed(SEEDS / "policy" / f"{name}.yml", [])
        path = self.root / "seeds" / "policy" / f"{name}.csv"
        path.write_text("\n".join([header or ",".join(seed.types), *lines]) + "\n", "utf-8")

    def problems(self) -> list[str]:
        return [str(problem) for problem in find_problems(self.root)]


@pytest.fixture
def policy(tmp_path):
    return Policy(tmp_path)


def test_the_policy_of_this_repository_has_no_problem():
    assert [str(problem) for problem in find_problems()] == []


def test_good_rows_have_no_problem(policy):
    assert policy.problems() == []


def row(name: str, number: int, old: str, new: str) -> tuple[str, list[str]]:
    """The good rows of a seed with one of them changed."""
    lines = list(GOOD[name])
    assert old in lines[number]
    lines[number] = lines[number].replace(old, new, 1)
    return name, lines


def extra(name: str, *lines: str) -> tuple[str, list[str]]:
    """The good rows of a seed with more of them."""
    return name, [*GOOD[name], *lines]


BAD = {
    "no number": (
        row("policy_parameters", 0, ",10,", ",ten,"),
        "policy_parameters.csv:2: value is 'ten': write a number",
    ),
    "not a finite number": (row("policy_parameters", 0, ",10,", ",nan,"), "value is 'nan'"),
    "a number too fine": (row("policy_parameters", 1, "0.25", "0.2500001"), "six decimals"),
    "no date": (
        row("policy_parameters", 5, "2026-01-01", "01.01.2026"),
        "policy_parameters.csv:7: effective_from is '01.01.2026': write a date as YYYY-MM-DD",
    ),
    "a day that is none": (row("policy_parameters", 5, "2026-01-01", "2026-02-30"), "2026-02-30"),
    "no approver": (
        row("policy_actions", 1, "risk-policy-board", ""),
        "policy_actions.csv:3: approver is empty: fill it in",
    ),
    "a blank reason": (
        row("policy_stages", 1, "because", "  "),
        "policy_stages.csv:3: reason is empty",
    ),
    "unknown detection": (
        row("policy_parameters", 5, "A-1", "A-2"),
        "policy_parameters.csv:7: detection A-2 is unknown",
    ),
    "all is no detection but in exceptions": (
        row("policy_actions", 1, "A-1", "all"),
        "policy_actions.csv:3: detection all is unknown",
    ),
    "a detection nobody can escalate": (
        row("policy_escalations", 0, "A-1", "A-9"),
        "policy_escalations.csv:2: detection A-9 is unknown",
    ),
    "unknown reason code": (
        row("policy_escalations", 0, "worse", "wurst"),
        "policy_escalations.csv:2: reason code wurst is none of A-1: it has usual, worse",
    ),
    "an escalation in a region nobody knows": (
        row("policy_escalations", 0, ",all,all,", ",XX,all,"),
        "policy_escalations.csv:2: region XX is unknown",
    ),
    "unknown parameter": (
        extra("policy_parameters", f"A-1,min_oders,all,all,10,{LATER}"),
        "policy_parameters.csv:11: parameter min_oders is none of A-1: it has dedup_window_days,",
    ),
    "unknown parameter of a common cause": (
        extra("policy_parameters", f"C-1,min_z,all,all,10,{LATER}"),
        "policy_parameters.csv:11: parameter min_z is none of C-1: it has max_z, min_ratio",
    ),
    "a common cause without a row for all": (
        row("policy_parameters", 8, "all,all", "BR,all"),
        "policy_parameters.csv:9: C-1 runs from 2026-01-01, but max_z for all regions and business "
        "lines has no row",
    ),
    "a stage of a common cause": (
        extra("policy_stages", f"C-1,1,active,{SINCE}"),
        "policy_stages.csv:6: detection C-1 is unknown",
    ),
    "unknown region": (
        row("policy_parameters", 5, ",BR,", ",Brazil,"),
        "policy_parameters.csv:7: region Brazil is unknown: write all or a region of",
    ),
    "unknown business line": (
        row("policy_parameters", 5, ",live_commerce,", ",live,"),
        "policy_parameters.csv:7: business line live is unknown",
    ),
    "unknown severity": (
        row("policy_actions", 0, ",P2,", ",P4,"),
        "policy_actions.csv:2: severity is 'P4', which is unknown: choose one of P1, P2, P3",
    ),
    "unknown action": (
        row("policy_actions", 0, ",I1,", ",I9,"),
        "policy_actions.csv:2: recommended_action is 'I9', which is unknown",
    ),
    "unknown entity type": (
        row("policy_exceptions", 2, "device", "dvice"),
        "policy_exceptions.csv:4: entity type dvice is none that A-1 fires on: write one of "
        "creator, device, seller, user",
    ),
    "unknown identifier type": (
        row("policy_identity", 0, "device", "dvice"),
        "policy_identity.csv:2: identifier_type is 'dvice', which is unknown",
    ),
    "a share above one": (
        row("policy_parameters", 1, "0.25", "25"),
        "policy_parameters.csv:3: min_late_share is 25.0: it must be from 0 to 1;",
    ),
    "what the metadata calls 0 to 1": (
        row("policy_parameters", 2, "all,1,", "all,1.01,"),
        "policy_parameters.csv:4: min_closeness is 1.01: it must be from 0 to 1;",
    ),
    "a negative count": (
        row("policy_parameters", 0, ",10,", ",-1,"),
        "policy_parameters.csv:2: min_orders is -1.0: it must be from 0 to",
    ),
    "beyond the range of the metadata": (
        row("policy_parameters", 3, "-3", "-5.5"),
        "policy_parameters.csv:5: max_change is -5.5: it must be from -5 to 5;",
    ),
    "half a day": (
        row("policy_parameters", 4, ",7,", ",7.5,"),
        "policy_parameters.csv:6: dedup_window_days is 7.5: it must be a whole number from 1",
    ),
    "no day": (row("policy_parameters", 4, ",7,", ",0,"), "dedup_window_days is 0.0"),
    "a weight above one": (
        row("policy_identity", 0, "0.6", "1.6"),
        "policy_identity.csv:2: weight is 1.6: it must be from 0 to 1; another range goes into "
        "nightly/policy.yml",
    ),
    "no minute": (
        row("policy_review_minutes", 2, ",8,", ",0,"),
        "policy_review_minutes.csv:4: minutes is 0: it must be from 1 to 480",
    ),
    "a severity without minutes": (
        ("policy_review_minutes", GOOD["policy_review_minutes"][:2]),
        "policy_review_minutes.csv:1: severity P3 has no row",
    ),
    "two rows from one night": (
        extra("policy_parameters", f"A-1,min_orders,BR,live_commerce,13,{SINCE}"),
        "policy_parameters.csv:11: A-1, min_orders, BR, live_commerce has a row from 2026-01-01 in "
        "line 7 already: which of them applies is ambiguous",
    ),
    "two rows approved on one night": (
        extra(
            "policy_parameters",
            "A-1,min_orders,all,all,16,2026-01-30,2026-02-01,risk-policy-board,because",
        ),
        "policy_parameters.csv:11: A-1, min_orders, all, all has a row from 2026-02-01 in line 8",
    ),
    "two stages from one night": (
        extra("policy_stages", f"A-1,2,active,{LATER}"),
        "policy_stages.csv:6: A-1 has a row from 2026-02-01 in line 5 already",
    ),
    "two weights from one night": (
        extra("policy_identity", f"device,weight,0.7,{SINCE}"),
        "policy_identity.csv:4: device, weight has a row from 2026-01-01 in line 2 already",
    ),
    "two overrides of a pair, the other way round": (
        extra("policy_identity_overrides", f"O-2,join,user,u2,user,u1,{SINCE}"),
        "policy_identity_overrides.csv:5: user:u1 and user:u2 have a row from 2026-01-01 in line 2",
    ),
    "a decision taken back that nobody took": (
        extra("policy_identity_overrides", f"O-2,withdraw,user,u1,user,u3,{LATER}"),
        "policy_identity_overrides.csv:5: user:u1 and user:u3 are neither parted nor joined on "
        "2026-02-01: withdraw takes the decision in force back",
    ),
    "a decision taken back twice": (
        extra(
            "policy_identity_overrides",
            f"O-2,withdraw,user,u2,user,u1,{LATER}",
            "O-3,withdraw,user,u1,user,u2,2026-03-01,2026-03-01,risk-policy-board,because",
        ),
        "policy_identity_overrides.csv:6: user:u1 and user:u2 are neither parted nor joined on "
        "2026-03-01",
    ),
    "an override of one party": (
        extra("policy_identity_overrides", f"O-2,join,user,u3,user,u3,{SINCE}"),
        "policy_identity_overrides.csv:5: user:u3 is named twice",
    ),
    "an exception that ends before it starts": (
        row("policy_exceptions", 2, "2026-01-31", "2025-12-31"),
        "policy_exceptions.csv:4: effective_to 2025-12-31 is before 2026-01-01",
    ),
    "an exception approved after its end": (
        row("policy_exceptions", 2, "2025-12-20", "2026-02-01"),
        "policy_exceptions.csv:4: effective_to 2026-01-31 is before 2026-02-01",
    ),
    "overlapping exceptions": (
        row("policy_exceptions", 1, "2026-02-01", "2026-01-31"),
        "policy_exceptions.csv:3: E-2 overlaps E-1 in line 2 (2026-01-01 to 2026-01-31) for seller",
    ),
    "two exceptions of one name": (
        row("policy_exceptions", 2, "E-3", "E-1"),
        "policy_exceptions.csv:4: exception_id E-1 stands in line 2 already",
    ),
    "a parameter without a row for all": (
        (
            "policy_parameters",
            [line for line in GOOD["policy_parameters"] if "min_closeness" not in line],
        ),
        "policy_stages.csv:5: A-1 runs from 2026-02-01, but min_closeness for all regions and "
        "business lines has no row: append a row to seeds/policy/policy_parameters.csv",
    ),
    "a parameter that applies too late": (
        row("policy_parameters", 2, SINCE, LATER.replace("2026-02-01", "2026-02-02")),
        "policy_parameters.csv:4: A-1 runs from 2026-02-01, but min_closeness for all regions and "
        "business lines applies from 2026-02-02 only",
    ),
    "no action for all": (
        row("policy_actions", 0, "A-1,all", "A-1,DE"),
        "policy_stages.csv:5: A-1 runs from 2026-02-01, but severity and action for all regions",
    ),
    "a version without a stage": (
        ("policy_stages", GOOD["policy_stages"][:3]),
        "policy_stages.csv:4: A-1 has no row for version 2, which "
        "models/detections/scams/det_a-1.yml says: append its stage",
    ),
    "unknown stage": (
        row("policy_stages", 1, "shadow", "shaddow"),
        "policy_stages.csv:3: stage is 'shaddow', which is unknown: choose one of draft, shadow",
    ),
    "a version that does not exist": (
        extra("policy_stages", "A-1,3,shadow,2026-03-01,2026-03-01,risk-policy-board,because"),
        "policy_stages.csv:6: version 3 of A-1 does not exist: "
        "models/detections/scams/det_a-1.yml says version 2",
    ),
    "back to an older version": (
        extra("policy_stages", "A-1,1,active,2026-03-01,2026-03-01,risk-policy-board,because"),
        "policy_stages.csv:6: A-1 goes back from version 2 (line 5) to 1: versions only go up",
    ),
    "draft to active": (
        ("policy_stages", [line for line in GOOD["policy_stages"] if ",1,shadow," not in line]),
        "policy_stages.csv:3: A-1 version 1 goes from draft (line 2) to active: after draft comes "
        "retired or shadow",
    ),
    "active to draft": (
        extra("policy_stages", "A-1,1,draft,2026-01-25,2026-01-25,risk-policy-board,because"),
        "policy_stages.csv:6: A-1 version 1 goes from active (line 4) to draft: after active comes "
        "retired or shadow",
    ),
    "retired to shadow": (
        extra(
            "policy_stages",
            "A-1,2,retired,2026-03-01,2026-03-01,risk-policy-board,because",
            "A-1,2,shadow,2026-03-02,2026-03-02,risk-policy-board,because",
        ),
        "policy_stages.csv:7: A-1 version 2 goes from retired (line 6) to shadow: what is retired "
        "stays so, only a new version can start again",
    ),
    "a stage that changes nothing": (
        extra("policy_stages", "A-1,2,shadow,2026-03-01,2026-03-01,risk-policy-board,because"),
        "policy_stages.csv:6: A-1 version 2 goes from shadow (line 5) to shadow",
    ),
    "starts as retired": (
        row("policy_stages", 3, "shadow", "retired"),
        "policy_stages.csv:5: A-1 version 2 starts as retired",
    ),
    "a comma outside of quotes": (
        row("policy_parameters", 6, '"because, again"', "because, again"),
        "policy_parameters.csv:8: 10 values for 9 columns: put a text that holds a comma",
    ),
    "the header twice": (
        extra(
            "policy_identity",
            "identifier_type,parameter,value,effective_from,approved_on,approver,reason",
        ),
        "policy_identity.csv:4: the header stands here again: delete this line",
    ),
}


@pytest.mark.parametrize(("change", "said"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_told_with_its_line(policy, change, said):
    policy.write(*change)
    (problem,) = policy.problems()
    assert problem.startswith("seeds/policy/policy_")
    assert said in problem


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "approver",
            "effective_from",
            "column effective_from stands twice; column approver is mis",
        ),
        ("value", "valu", "column value is missing; column valu is unknown"),
        ("region,business_line", "business_line,region", "the columns are in another order"),
    ],
)
def test_a_header_is_the_one_of_the_yml(policy, old, new, said):
    header = ",".join(read_seed(SEEDS / "policy" / "policy_parameters.yml", []).types)
    policy.write("policy_parameters", GOOD["policy_parameters"], header.replace(old, new, 1))
    assert f"seeds/policy/policy_parameters.csv:1: {said}" in policy.problems()[0]


def test_a_file_that_is_no_table(policy):
    folder = policy.root / "seeds" / "policy"
    (folder / "policy_identity.csv").unlink()
    (folder / "policy_actions.csv").write_bytes(b"detection_id\nA-1,\xe9\n")
    (folder / "policy_more.csv").write_text("a\n1\n")
    problems = "\n".join(policy.problems())
    assert "policy_identity.csv:1: it is missing" in problems
    assert "policy_actions.csv:2: not UTF-8" in problems
    assert "policy_more.csv:1: no policy_more.yml beside it" in problems


def test_an_older_version_keeps_its_own_parameters(policy):
    old = f"A-1,min_gone,all,all,3,{SINCE}"
    policy.write("policy_parameters", [*GOOD["policy_parameters"], old])
    assert policy.problems() == []
    policy.metadata(META | {"version": 1})
    policy.write("policy_stages", GOOD["policy_stages"][:3])
    (problem,) = policy.problems()
    assert "policy_parameters.csv:11: parameter min_gone is none of A-1" in problem


def test_all_problems_are_listed_at_once_and_stop_the_run_before_dbt(
    warehouse, landing, tmp_path, capsys
):
    small = tmp_path / "small"
    small.mkdir()
    policy = Policy(small)
    for change in (BAD["no approver"][0], BAD["a share above one"][0], BAD["active to draft"][0]):
        policy.write(*change)
    shutil.rmtree(warehouse.settings.repository / "seeds")
    shutil.copytree(policy.root, warehouse.settings.repository, dirs_exist_ok=True)
    landing.fill(1)
    warehouse.real_policy = True
    with pytest.raises(NightlyError, match=r"^3 problems in the policy seeds, listed above"):
        warehouse.run()
    told = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[0] for line in told] == [
        "seeds/policy/policy_actions.csv:3",
        "seeds/policy/policy_parameters.csv:3",
        "seeds/policy/policy_stages.csv:6",
    ]
    assert warehouse.builds == []
