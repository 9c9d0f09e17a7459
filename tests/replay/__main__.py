"""``make replay-check``: every model, every way of splitting the nights, over many seeds.

Usage: ``python -m tests.replay [--seeds 20] [--shuffles 3] [--landing DIR]``. Prints how many
models, seeds and splits were compared and how many differed; exit 1 when any did.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.replay.harness import (
    Replay,
    differences,
    make_log,
    night_by_night,
    random_chunks,
    rerun_of_old_nights,
)


def main() -> int:
    """Compare all splits with one pass; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.replay", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="random splits, twice as many runs")
    parser.add_argument("--shuffles", type=int, default=3, help="logs put out of order")
    parser.add_argument("--landing", type=Path, help="a landing zone instead of a small demo")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="replay-") as folder:
        work = Path(folder)
        replay = Replay(arguments.landing or make_log(work), work)
        nights = replay.nights
        whole = replay.replay([(nights[0], nights[-1])])
        splits = {"full refresh by dbt": replay.hashes_of(replay.full_dbt)}
        splits["night by night"] = replay.replay(night_by_night(nights))
        for seed in range(arguments.seeds):
            splits[f"random chunks {seed}"] = replay.replay(random_chunks(nights, seed))
            splits[f"old nights again {seed}"] = replay.replay(rerun_of_old_nights(nights, seed))
            print(f"replay   seed {seed + 1} of {arguments.seeds}", flush=True)
        found = [
            f"{split}: {line}"
            for split, hashes in splits.items()
            for line in differences(whole, hashes)
        ]
        for seed in range(arguments.shuffles):
            replay.put_off(seed)
            shuffled = replay.replay([(nights[0], nights[-1])])
            for split in (random_chunks(nights, seed), rerun_of_old_nights(nights, seed + 1)):
                name = f"shuffled log {seed}, {len(split)} chunks"
                splits[name] = replay.replay(split)
                found += [f"{name}: {line}" for line in differences(shuffled, splits[name])]
            replay.put_back()
            print(f"replay   shuffled log {seed + 1} of {arguments.shuffles}", flush=True)
        filled = sum(not rows.startswith("0 rows") for rows in whole.values())
    print(*found, sep="\n", end="\n" if found else "")
    print(
        f"replay   {len(whole)} models ({filled} with rows), {len(nights)} nights, "
        f"{arguments.seeds} seeds, {arguments.shuffles} shuffled logs, "
        f"{len(splits)} splits compared with one pass: {len(found)} differences"
    )
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
