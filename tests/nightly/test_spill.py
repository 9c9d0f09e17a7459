"""A build that outgrows its memory spills, and every later model still gets its connection."""

import os
from pathlib import Path

import yaml
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.environments import create
from jinja2 import Template

from nightly.settings import REPOSITORY

PROFILE = "marketplace_risk_warehouse"


def test_a_connection_opened_after_a_spill(tmp_path, monkeypatch):
    monkeypatch.setenv("RISK_STATE", str(tmp_path))
    monkeypatch.setenv("RISK_MEMORY_LIMIT", "100MB")
    text = (REPOSITORY / "profiles.yml").read_text(encoding="utf-8")
    profile = yaml.safe_load(Template(text).render(env_var=os.environ.get))
    environment = create(DuckDBCredentials.from_dict(profile[PROFILE]["outputs"]["duckdb"]))
    first = environment.handle().cursor()
    first.execute("create temp table large as select hash(range) as h from range(30_000_000)")
    files = first.execute("select path from duckdb_temporary_files()").fetchall()
    assert files, "nothing was spilled: the test shows nothing"
    assert {Path(path).parent for (path,) in files} == {tmp_path / "spill"}

    second = environment.handle().cursor()
    second.execute("select current_setting('memory_limit'), current_setting('TimeZone')")
    assert second.fetchone() == ("95.3 MiB", "UTC")
    environment.close()
