"""``make replay-check``: every model, every way of splitting the nights, over many seeds.

Usage: ``python -m tests.replay [--seeds 20] [--shuffles 3] [--landing DIR]``. Prints how many
models, seeds and splits were compared and how many differed, and on how many logs every invariant
of ledger and exposure holds; exit 1 when any did, or does not.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.ledger.breaking_log import breaking_log
from tests.replay.harness import (
    Chunk,
    Replay,
    differences,
    make_log,
    night_by_night,
    old_nights,
    random_chunks,
)

Stages = list[list[Chunk]]
DEMOS = (7, 31)
"""Seeds of demos besides the log's own."""


def replay_all(replay: Replay, splits: dict[str, Stages]) -> Iterator[list[dict[str, str]]]:
    """The hashes after each stage of each split, worked out on all cores; says which is done."""
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        done = pool.map(replay.replay_stages, splits.values())
        for name, hashes in zip(splits, done, strict=True):
            print(f"replay   {name}", flush=True)
            yield hashes


def broken_logs(replay: Replay, seeds: tuple[int, ...]) -> dict[str, list[str]]:
    """The invariants that have rows, by log: its own, and demos drawn from ``seeds``."""
    found = {"the log": replay.broken_invariants()}
    for seed in seeds:
        landing = make_log(replay.work / f"seed {seed}", seed=seed)
        found[f"the demo of seed {seed}"] = replay.on(landing).broken_invariants()
    return found


def hostile(replay: Replay) -> Replay:
    """The same models over the log made to break the ledger, which is nobody's data."""
    landing = breaking_log(replay.work / "hostile" / "landing").write()
    (landing / "_PUBLIC").touch()
    return replay.on(landing)


def shuffled(replay: Replay, log: str, seed: int) -> tuple[list[str], list[str]]:
    """A log put out of order: the invariants that have rows, and splits unlike one pass."""
    nights = replay.nights
    splits: dict[str, Stages] = {
        "one pass": [[(nights[0], nights[-1])]],
        f"{log}, random chunks": [random_chunks(nights, seed)],
        f"{log}, old nights again": [
            [*random_chunks(nights, seed + 1), *old_nights(nights, seed + 1)]
        ],
    }
    replay.put_off(seed)
    broken = replay.broken_invariants()
    (whole,), *others = replay_all(replay, splits)
    replay.put_back()
    return broken, [
        f"{name}: {line}"
        for name, (other,) in zip(list(splits)[1:], others, strict=True)
        for line in differences(whole, other)
    ]


def main() -> int:
    """Compare all splits with one pass; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.replay", description=__doc__)
    parser.add_argument(
        "--seeds", type=int, default=20, help="random splits, each run on with old nights again"
    )
    parser.add_argument("--shuffles", type=int, default=3, help="logs put out of order")
    parser.add_argument("--landing", type=Path, help="a landing zone instead of a small demo")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="replay-") as folder:
        work = Path(folder)
        replay = Replay(arguments.landing or make_log(work), work)
        nights = replay.nights
        once = [(nights[0], nights[-1])]
        splits: dict[str, Stages] = {
            "one pass": [once],
            "night by night": [night_by_night(nights)],
        }
        for seed in range(arguments.seeds):
            stages = [random_chunks(nights, seed), old_nights(nights, seed)]
            splits[f"random chunks and old nights again {seed}"] = stages
        hashes = dict(zip(splits, replay_all(replay, splits), strict=True))
        hashes["full refresh by dbt"] = [replay.hashes_of(replay.full_dbt)]
        whole = hashes.pop("one pass")[0]
        found = [
            f"{split}, stage {stage}: {line}"
            for split, stages in hashes.items()
            for stage, actual in enumerate(stages, start=1)
            for line in differences(whole, actual)
        ]
        compared = sum(map(len, hashes.values()))
        ledgers = broken_logs(replay, () if arguments.landing else DEMOS)
        bad = hostile(replay)
        ledgers["the log made to break them"] = bad.broken_invariants()
        delivered = len(ledgers)
        shuffles = [(replay, f"shuffled log {seed}", seed) for seed in range(arguments.shuffles)]
        for other, log, seed in [*shuffles, (bad, "shuffled log made to break them", 0)]:
            ledgers[log], unlike = shuffled(other, log, seed)
            found += unlike
            compared += 2
        broken = [f"{log}: {line}" for log, lines in ledgers.items() for line in lines]
        filled = sum(not rows.startswith("0 rows") for rows in whole.values())
        put_off = len(ledgers) - delivered
    print(*found, *broken, sep="\n", end="\n" if found or broken else "")
    print(
        f"replay   {len(whole)} models ({filled} with rows), {len(nights)} nights, "
        f"{arguments.seeds} seeds, {put_off} shuffled logs, "
        f"{compared} splits compared with one pass: {len(found)} differences"
    )
    print(
        f"money    {len(replay.invariants)} invariants on {len(ledgers)} logs "
        f"({delivered} as delivered, {put_off} shuffled): "
        f"{len(broken)} broken"
    )
    return bool(found or broken)


if __name__ == "__main__":
    sys.exit(main())
