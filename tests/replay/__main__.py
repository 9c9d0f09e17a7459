"""``make replay-check``: every model, every way of splitting the nights, over many seeds.

Usage: ``python -m tests.replay [--seeds 20] [--shuffles 3] [--landing DIR]``. Prints how many
models, seeds and splits were compared and how many differed, and on how many logs every invariant
of ledger and exposure holds; exit 1 when any did, or does not. What the tests have replayed of the
small demo, with the code as it stands, is not replayed again.
"""

import argparse
import os
import sys
import tempfile
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from tests.ledger.breaking_log import breaking_log
from tests.replay.harness import (
    Chunk,
    Replay,
    differences,
    night_by_night,
    old_nights,
    once,
    random_chunks,
    small_demo,
)

Stages = list[list[Chunk]]
DEMOS = (7, 31)
"""Seeds of demos besides the log's own."""


def splits_of_log(nights: list[str], seeds: int) -> dict[str, Stages]:
    """Every way of splitting the nights of a log as it was delivered, longest first."""
    splits: dict[str, Stages] = {"night by night": [night_by_night(nights)]}
    for seed in range(seeds):
        stages = [random_chunks(nights, seed), old_nights(nights, seed)]
        splits[f"random chunks and old nights again {seed}"] = stages
    return splits


def splits_of_shuffled(nights: list[str], log: str, seed: int) -> dict[str, Stages]:
    """Every way of splitting the nights of a log put out of order."""
    again = [*random_chunks(nights, seed + 1), *old_nights(nights, seed + 1)]
    return {
        f"{log}, random chunks": [random_chunks(nights, seed)],
        f"{log}, old nights again": [again],
    }


def hostile(replay: Replay, work: Path) -> Replay:
    """The same models over the log made to break the ledger, which is nobody's data."""
    landing = breaking_log(work / "landing").write()
    (landing / "_PUBLIC").touch()
    return replay.on(landing, work)


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
        replay = Replay(arguments.landing, work) if arguments.landing else small_demo()
        nights = replay.nights
        bad = hostile(replay, work / "hostile")
        shuffled = [
            (f"shuffled log {seed}", replay.put_off(seed, work), seed)
            for seed in range(arguments.shuffles)
        ]
        off = bad.put_off(0, work / "hostile")
        shuffled.append(("shuffled log made to break them", off, 0))
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
            logs = [
                (replay, splits_of_log(nights, arguments.seeds)),
                *(
                    (other, splits_of_shuffled(other.nights, log, seed))
                    for log, other, seed in shuffled
                ),
            ]
            passes = [pool.submit(log.told, [once(log.nights)]) for log, _ in logs]
            parts = [
                {name: pool.submit(log.told, stages) for name, stages in splits.items()}
                for log, splits in logs
            ]
            parts[0]["full refresh by dbt"] = pool.submit(replay.told_by_dbt)
            ledgers = {"the log": pool.submit(replay.broken_invariants)}
            for seed in () if arguments.landing else DEMOS:
                ledgers[f"the demo of seed {seed}"] = pool.submit(replay.broken_on_demo, seed)
            ledgers["the log made to break them"] = pool.submit(bad.broken_invariants)
            for log, other, _ in shuffled:
                ledgers[log] = pool.submit(other.broken_invariants)
            say_when_done({name: future for part in parts for name, future in part.items()})
            found = [
                f"{split}, stage {stage}: {line}"
                for one, part in zip(passes, parts, strict=True)
                for split, future in part.items()
                for stage, actual in enumerate(future.result(), start=1)
                for line in differences(one.result()[0], actual)
            ]
            compared = sum(len(future.result()) for part in parts for future in part.values())
            broken = [f"{log}: {line}" for log, done in ledgers.items() for line in done.result()]
            (whole,) = passes[0].result()
    filled = sum(not rows.startswith("0 rows") for rows in whole.values())
    print(*found, *broken, sep="\n", end="\n" if found or broken else "")
    print(
        f"replay   {len(whole)} models ({filled} with rows), {len(nights)} nights, "
        f"{arguments.seeds} seeds, {len(shuffled)} shuffled logs, "
        f"{compared} splits compared with one pass: {len(found)} differences"
    )
    print(
        f"money    {len(replay.invariants)} invariants on {len(ledgers)} logs "
        f"({len(ledgers) - len(shuffled)} as delivered, {len(shuffled)} shuffled): "
        f"{len(broken)} broken"
    )
    return bool(found or broken)


def say_when_done(splits: dict[str, Future[list[dict[str, str]]]]) -> None:
    """Name each split as it is done; raise what stopped one."""
    names = {future: name for name, future in splits.items()}
    for future in as_completed(names):
        future.result()
        print(f"replay   {names[future]}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
