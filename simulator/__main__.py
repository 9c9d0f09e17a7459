"""Command line: `python -m simulator --landing DIR`."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path

from simulator.landing import LandingError
from simulator.run import Settings, run


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return value


def parse(arguments: list[str] | None = None) -> Settings:
    """The settings named on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m simulator", description="Write the demo marketplace as a landing zone."
    )
    parser.add_argument("--landing", type=Path, required=True, help="folder to write")
    parser.add_argument("--truth", type=Path, help="ground truth (default: <landing>/../truth)")
    parser.add_argument("--scale", type=_positive, default=20_000, help="number of users")
    parser.add_argument("--nights", type=_positive, default=180, help="nights after the start")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--start", type=date.fromisoformat, default=date(2026, 1, 1))
    parser.add_argument("--clean", action="store_true", help="look-alikes only, no schemes")
    parser.add_argument("--force", action="store_true", help="replace a landing not written by us")
    given = parser.parse_args(arguments)
    landing = given.landing.resolve()
    truth = (given.truth or landing.parent / "truth").resolve()
    if truth == landing or landing in truth.parents:
        parser.error("the ground truth must lie outside the landing zone")
    return Settings(
        landing, truth, given.scale, given.nights, given.seed, given.start, given.clean, given.force
    )


def main(arguments: list[str] | None = None) -> int:
    """Run; 0 when written, 2 when the landing folder cannot be used."""
    settings = parse(arguments)
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - began:5.1f}s] {text}", flush=True)

    try:
        result = run(settings, say)
    except (LandingError, OSError) as problem:
        print(f"simulator: {problem}", file=sys.stderr)
        return 2
    rows = result.rows
    for name, count in sorted(result.planted.items()):
        print(f"  planted {name}: {count}")
    print(
        f"simulator: {sum(rows.values())} rows in {len(rows)} tables, "
        f"{settings.nights + 1} nights, {time.monotonic() - began:.1f} seconds"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
