"""Replay equivalence: chunks, nights run again and rows in any order give the rows of one pass."""

from pathlib import Path

import pytest

from tests.replay.harness import Replay, differences, old_nights, once, random_chunks

SEEDS = range(3)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_chunks_and_old_nights_again_equal_one_pass(
    replay: Replay, whole: dict[str, str], seed: int
) -> None:
    """A backfill in any chunks gives what one pass gives; old nights run again change nothing."""
    stages = [random_chunks(replay.nights, seed), old_nights(replay.nights, seed)]
    backfilled, again = replay.told(stages)
    assert differences(whole, backfilled) == []
    assert differences(whole, again) == []


def test_rows_that_arrive_in_any_order_change_nothing(replay: Replay, tmp_path: Path) -> None:
    """Half the rows put off to random later nights: parents after children, versions shuffled."""
    shuffled = replay.put_off(1, tmp_path)
    (whole,) = shuffled.told([once(replay.nights)])
    chunks = [*random_chunks(replay.nights, seed=1), *old_nights(replay.nights, seed=1)]
    assert differences(whole, *shuffled.told([chunks])) == []
