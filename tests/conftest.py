"""The order of the suites: those that build everything first, so that both cores end together."""

import pytest

SLOW = ("replay", "optional", "identity", "clean", "policy", "docs")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow suites first, slowest first; keep the order within each."""
    suites = {name: rank for rank, name in enumerate(SLOW)}
    items.sort(key=lambda item: suites.get(item.path.parent.name, len(SLOW)))
