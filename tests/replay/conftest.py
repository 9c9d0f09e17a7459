"""A small log with late, duplicated, re-versioned and out-of-order rows, and one pass over it."""

import pytest

from tests.replay.harness import Replay, once, small_demo


@pytest.fixture(scope="session")
def replay() -> Replay:
    return small_demo()


@pytest.fixture(scope="session")
def whole(replay: Replay) -> dict[str, str]:
    """The hashes of one pass over all nights."""
    return replay.told([once(replay.nights)])[0]
