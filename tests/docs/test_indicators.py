"""Every indicator of the catalogue can be found by its id in what describes models and columns."""

import re
from collections import defaultdict

from tests.docs.conftest import Parsed

CATALOGUE = {"TX": 12, "KY": 11, "CO": 11, "RS": 8, "IN": 10}
"""How many indicators of payments, onboarding, collusion, reselling and incentives there are."""
IDS = {f"{kind}{number:02d}" for kind, count in CATALOGUE.items() for number in range(1, count + 1)}
ID = re.compile(rf"\b(?:{'|'.join(CATALOGUE)})\d{{2}}\b")


def described(parsed: Parsed) -> dict[str, set[str]]:
    """The models in whose description, or in one of whose columns', an id stands."""
    found = defaultdict(set)
    for node in parsed.nodes("model"):
        columns = (column["description"] for column in node["columns"].values())
        for text in (node["description"], *columns):
            for name in ID.findall(text):
                found[name].add(node["name"])
    return found


def test_every_indicator_is_described_under_its_id(parsed: Parsed) -> None:
    assert sorted(IDS - set(described(parsed))) == []


def test_ids_are_of_the_catalogue(parsed: Parsed) -> None:
    unknown = {name: models for name, models in described(parsed).items() if name not in IDS}
    assert not unknown
