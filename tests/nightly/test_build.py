"""The dbt step: what a failed night says."""

import json
import sys
from datetime import date

import pytest

from nightly.build import build
from nightly.errors import NightlyError
from nightly.lock import run_lock

FAKE_DBT = """#!{python}
import json, os, pathlib, sys
target = pathlib.Path(os.environ["DBT_TARGET_PATH"])
target.mkdir(parents=True, exist_ok=True)
for name, said in json.loads({files}).items():
    (target / name).write_text(json.dumps(said))
said = {{"level": "error", "msg": "1 of 9 ERROR creating sql model"}}
print(json.dumps({{"info": said, "data": {{}}}}))
sys.exit({code})
"""
NIGHT = date(2026, 1, 1)


@pytest.fixture
def fake_dbt(warehouse, tmp_path, monkeypatch):
    """Build a night by a dbt that leaves these files and ends with this code."""

    def built(files, code):
        fake = tmp_path / "bin" / "dbt"
        fake.parent.mkdir()
        said = FAKE_DBT.format(python=sys.executable, files=repr(json.dumps(files)), code=code)
        fake.write_text(said)
        fake.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(fake.parent / "python"))
        monkeypatch.setenv("DBT_TARGET_PATH", str(tmp_path / "elsewhere"))
        with run_lock(warehouse.settings) as lock:
            return build(warehouse.settings, "000001", NIGHT, NIGHT, lock, full_refresh=False)

    return built


def test_a_failed_night_says_what_the_database_said(fake_dbt):
    message = "Runtime Error in model int_orders: no column named paid_on"
    result = {"unique_id": "model.warehouse.int_orders", "status": "error", "message": message}
    with pytest.raises(NightlyError, match=message):
        fake_dbt({"run_results.json": {"results": [result]}}, 1)


def test_a_warning_says_what_to_do(fake_dbt):
    """What the test's description says, where it has one."""
    told, silent = "test.warehouse.overrides.0a1b", "test.warehouse.relationships.2c3d"
    nodes = {
        told: {"resource_type": "test", "description": "a mistyped id needs\n  a new row"},
        silent: {"resource_type": "test", "description": ""},
        "model.warehouse.fct_orders": {
            "resource_type": "model",
            "schema": "marts",
            "alias": "fct_orders",
        },
    }
    results = [
        {"unique_id": name, "status": "warn", "message": "Got 1 result"} for name in (told, silent)
    ]
    built = fake_dbt(
        {"run_results.json": {"results": results}, "manifest.json": {"nodes": nodes}}, 0
    )
    assert built.warnings == [
        "test overrides: Got 1 result: a mistyped id needs a new row",
        "test relationships: Got 1 result",
    ]
    assert built.marts == {"fct_orders"}
