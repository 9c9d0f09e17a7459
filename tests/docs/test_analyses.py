"""The investigations compile and run, and each is listed with what it is for."""

from pathlib import Path

import duckdb
import pytest
import yaml

from tests.docs.conftest import PROJECT, REPO
from tests.helpers.project import dbt

ANALYSES = sorted((REPO / "analyses").glob("*.sql"))


@pytest.fixture(scope="module")
def compiled(warehouse: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("analyses")
    dbt("compile", "--select", "path:analyses", target=target, **warehouse)
    return target / "compiled" / PROJECT / "analyses"


@pytest.mark.parametrize("path", ANALYSES, ids=lambda path: path.stem)
def test_an_investigation_runs(
    path: Path, compiled: Path, built: duckdb.DuckDBPyConnection
) -> None:
    built.execute((compiled / path.name).read_text(encoding="utf-8")).fetchall()


def test_every_investigation_is_described() -> None:
    document = yaml.safe_load((REPO / "analyses/analyses.yml").read_text(encoding="utf-8"))
    said = {entry["name"]: entry["description"] for entry in document["analyses"]}
    assert set(said) == {path.stem for path in ANALYSES}
    assert all(said.values())
