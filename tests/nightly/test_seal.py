"""Closing nights for a producer that does not."""

import json

import pytest

from nightly.contract import load_contract
from nightly.errors import NightlyError
from nightly.landing import closed_nights
from nightly.seal import seal

from .conftest import CONTRACT, FIRST, Landing, night_of, sample_rows


@pytest.fixture
def open_landing(landing: Landing) -> Landing:
    """Orders on nights 0 and 3, sessions on night 3 only, an empty folder for refunds."""
    for name, number in (("orders", 0), ("orders", 3), ("sessions", 3)):
        night = night_of(number)
        landing.rows[name, night] = sample_rows(CONTRACT[name], night, 5 + number)
        landing.write_table(name, night)
    (landing.root / "refunds").mkdir()
    return landing


def listed(landing, number):
    document = json.loads((landing.root / "_nights" / f"{night_of(number)}.json").read_text())
    assert document["night"] == str(night_of(number))
    return document["tables"]


def test_every_date_is_closed_with_counts_from_the_files(warehouse, open_landing):
    assert seal(warehouse.settings, load_contract()) == [night_of(n) for n in range(4)]
    nothing = {"rows": 0, "files": []}
    assert listed(open_landing, 0) == {
        "orders": {"rows": 5, "files": [f"orders/dt={FIRST}/part-0.parquet"]},
        "refunds": nothing,
    }
    assert listed(open_landing, 1) == {"orders": nothing, "refunds": nothing}
    assert listed(open_landing, 3)["orders"]["rows"] == 8
    assert listed(open_landing, 3)["sessions"]["rows"] == 8
    assert [item.rows for item in closed_nights(warehouse.settings)] == [5, 0, 0, 16]


def test_a_closed_night_is_left_alone(warehouse, open_landing):
    seal(warehouse.settings, load_contract(), night_of(0))
    path = open_landing.root / "_nights" / f"{FIRST}.json"
    path.write_text(path.read_text().replace('"rows": 5', '"rows": 55'))
    assert seal(warehouse.settings, load_contract()) == [night_of(n) for n in (1, 2, 3)]
    assert listed(open_landing, 0)["orders"]["rows"] == 55
    assert seal(warehouse.settings, load_contract()) == []


def test_one_night_may_be_closed_empty(warehouse, open_landing):
    assert seal(warehouse.settings, load_contract(), night_of(9)) == [night_of(9)]
    assert listed(open_landing, 9)["sessions"] == {"rows": 0, "files": []}


def test_nothing_to_seal_and_files_that_cannot_be_counted(warehouse, landing):
    landing.root.mkdir()
    with pytest.raises(NightlyError, match="nothing to seal"):
        seal(warehouse.settings, load_contract())
    landing.folder("orders", FIRST).mkdir(parents=True)
    landing.file("orders", FIRST).write_bytes(b"no")
    with pytest.raises(NightlyError, match="is not readable Parquet"):
        seal(warehouse.settings, load_contract())
    assert not landing.root.joinpath("_nights").exists()
