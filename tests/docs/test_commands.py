"""What the Makefile runs can be started: also what no test and no CI run starts."""

import importlib
import importlib.util
import re

import pytest

from tests.docs.conftest import REPO

RUN = re.compile(r"\$\(PY\) -m ([\w.]+)")
FOUND = set(RUN.findall((REPO / "Makefile").read_text(encoding="utf-8")))
OURS = sorted(name for name in FOUND if (REPO / name.split(".")[0]).is_dir())


@pytest.mark.parametrize("name", OURS)
def test_a_module_that_make_runs_can_be_imported(name: str) -> None:
    found = importlib.util.find_spec(name)
    assert found is not None
    importlib.import_module(f"{name}.__main__" if found.submodule_search_locations else name)
