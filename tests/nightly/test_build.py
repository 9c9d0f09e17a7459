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
result = {{"unique_id": "model.warehouse.int_orders", "status": "error", "message": {message}}}
(target / "run_results.json").write_text(json.dumps({{"results": [result]}}))
told = {{"info": {{"level": "error", "msg": "1 of 9 ERROR creating sql model"}}, "data": {{}}}}
print(json.dumps(told))
sys.exit(1)
"""


def test_a_failed_night_says_what_the_database_said(warehouse, tmp_path, monkeypatch):
    message = "Runtime Error in model int_orders: no column named paid_on"
    fake = tmp_path / "bin" / "dbt"
    fake.parent.mkdir()
    fake.write_text(FAKE_DBT.format(python=sys.executable, message=json.dumps(message)))
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake.parent / "python"))
    monkeypatch.setenv("DBT_TARGET_PATH", str(tmp_path / "elsewhere"))
    night = date(2026, 1, 1)
    with run_lock(warehouse.settings) as lock, pytest.raises(NightlyError, match=message):
        build(warehouse.settings, "000001", night, night, lock, full_refresh=False)
