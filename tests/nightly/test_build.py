"""The dbt step: what a failed night says, and what is tried again."""

import json
import sys
from datetime import date

import pytest

from nightly.build import build
from nightly.errors import NightlyError
from nightly.lock import run_lock

NIGHT = date(2026, 1, 1)
MESSAGE = "TransactionContext Error: conflict on int_orders"
FAKE_DBT = """#!{python}
import json, os, pathlib, sys
command = next(word for word in sys.argv if word in ("build", "retry"))
target = pathlib.Path(os.environ["DBT_TARGET_PATH"])
target.mkdir(parents=True, exist_ok=True)
with (target / "commands").open("a") as said:
    said.write(command + " ")
results = {results}[command]
(target / "run_results.json").write_text(json.dumps({{"results": results}}))
print(json.dumps({{"info": {{"level": "error", "msg": "1 of 9 ERROR"}}, "data": {{}}}}))
sys.exit(any(result["status"] in ("error", "fail") for result in results))
"""


def result(name, status, message="OK"):
    return {"unique_id": f"model.warehouse.{name}", "status": status, "message": message}


@pytest.fixture
def dbt(tmp_path, monkeypatch):
    """A dbt that ends as it is told, and remembers how it was called."""
    monkeypatch.setenv("DBT_TARGET_PATH", str(tmp_path / "elsewhere"))
    fake = tmp_path / "bin" / "dbt"
    fake.parent.mkdir()
    python = sys.executable
    monkeypatch.setattr(sys, "executable", str(fake.parent / "python"))

    def ends(**results):
        fake.write_text(FAKE_DBT.format(python=python, results=json.dumps(results)))
        fake.chmod(0o755)
        return tmp_path / "elsewhere" / "commands"

    return ends


def built(warehouse):
    with run_lock(warehouse.settings) as lock:
        return build(warehouse.settings, "000001", NIGHT, NIGHT, lock, full_refresh=False)


def test_a_night_that_fails_twice_says_what_the_database_said(warehouse, dbt):
    failed = [result("int_orders", "error", MESSAGE), result("fct_orders", "skipped")]
    commands = dbt(build=failed, retry=failed)
    with pytest.raises(NightlyError, match=MESSAGE):
        built(warehouse)
    assert commands.read_text() == "build retry "


def test_an_error_that_passes_is_a_warning(warehouse, dbt):
    first = [result("int_nights", "success"), result("int_orders", "error", MESSAGE)]
    waited = [result("fct_orders", "skipped")]
    again = [result("int_orders", "success"), result("fct_orders", "success")]
    commands = dbt(build=first + waited, retry=again)
    night = built(warehouse)
    assert night.nodes == {"model": {"success": 3}}
    assert night.warnings == [f"went well when tried again: model int_orders: {MESSAGE}"]
    assert commands.read_text() == "build retry "


def test_a_failed_test_is_final(warehouse, dbt):
    failed = [result("int_orders", "error", MESSAGE), result("not_null_orders", "fail", "1 row")]
    commands = dbt(build=failed, retry=[result("int_orders", "success")])
    with pytest.raises(NightlyError, match="and 1 more"):
        built(warehouse)
    assert commands.read_text() == "build "


def test_a_good_night_is_built_once(warehouse, dbt):
    commands = dbt(build=[result("int_orders", "success")], retry=[])
    assert built(warehouse).warnings == []
    assert commands.read_text() == "build "
