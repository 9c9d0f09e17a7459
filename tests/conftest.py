"""The order of the suites: those that build everything first, so that both cores end together."""

import pytest

SLOW = (
    *("replay/test_replay", "clean/", "identity/", "optional/", "replay/"),
    *("policy/", "ledger/", "docs/"),
)
"""The longest; then what need not wait for the small demo that it builds; then the rest."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow suites first; keep the order within each file."""

    def rank(item: pytest.Item) -> int:
        path = f"{item.path.parent.name}/{item.path.name}"
        return next((at for at, name in enumerate(SLOW) if path.startswith(name)), len(SLOW))

    items.sort(key=rank)
