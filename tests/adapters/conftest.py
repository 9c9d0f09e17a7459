"""The Olist files, landed once, where they are there."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

from adapters.olist.__main__ import main

REPO = Path(__file__).resolve().parents[2]
DEFAULT_DATA = REPO.parent / "shared/data/olist_8k"


@pytest.fixture(scope="session")
def olist_data() -> Path:
    """The folder with the Olist files; without it the tests on real data are skipped, loudly."""
    named = os.environ.get("OLIST_DATA")
    folder = Path(named) if named else DEFAULT_DATA
    if folder.is_dir():
        return folder
    if named:
        pytest.fail(f"OLIST_DATA names {folder}, which is not a folder")
    message = "NOT TESTED on real Olist data: set OLIST_DATA to the folder with the CSV files"
    warnings.warn(message, stacklevel=1)
    pytest.skip(message)


@pytest.fixture(scope="session")
def olist_landing(olist_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real files, landed once for all tests."""
    landing = tmp_path_factory.mktemp("olist") / "landing"
    assert main(["--source", str(olist_data), "--landing", str(landing)]) == 0
    return landing
