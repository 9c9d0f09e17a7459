"""What the harness replays is what dbt does."""

from pathlib import Path

from tests.replay.harness import Replay, differences


def test_real_dbt_equals_the_replay(replay: Replay, whole: dict[str, str], tmp_path: Path) -> None:
    """The harness runs what dbt runs: a full refresh and a chain of chunks through dbt itself."""
    assert differences(whole, replay.hashes_of(replay.full_dbt)) == []
    middle = len(replay.nights) // 2
    chunks = [
        (replay.nights[0], replay.nights[middle]),
        (replay.nights[middle - 3], replay.nights[-1]),
    ]
    database = tmp_path / "build.duckdb"
    replay.dbt_run(database, chunks)
    assert differences(whole, replay.hashes_of(database)) == []
