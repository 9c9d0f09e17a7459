"""``make property-check``: what must not matter changes no alert and no number behind one.

Usage: ``python -m tests.properties [--landing DIR] [--scale 1500] [--nights 45]``. Builds a small
demo as it landed and once more for each property; prints the alerts and numbers that differ; exit 1
when any does.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.properties.check import EXEMPT, PROPERTIES, compare
from tests.replay.harness import make_log, small_demo


def main() -> int:
    """Check every property; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.properties", description=__doc__)
    parser.add_argument("--landing", type=Path, help="a landing zone instead of a small demo")
    parser.add_argument("--scale", type=int, default=1500, help="users of the small demo")
    parser.add_argument("--nights", type=int, default=45, help="nights of the small demo")
    parser.add_argument("--seed", type=int, default=11, help="seed of the small demo")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="properties-") as folder:
        work = Path(folder)
        landing = arguments.landing or make_log(
            work, arguments.scale, arguments.nights, arguments.seed
        )
        whole, found = compare(small_demo().on(landing, work), PROPERTIES, os.cpu_count() or 1)
    alerts, numbers = whole.alerts.total(), whole.numbers.total()
    detections = {detection for detection, *_ in whole.alerts}
    print(
        f"property {alerts} alerts of {len(detections)} detections, {numbers} numbers behind them"
    )
    for name, lines in found.items():
        print(f"property {name}: {len(lines)} differences")
        print(*(f"    {line}" for line in lines), sep="\n", end="\n" if lines else "")
    print(*(f"exempt   {detection}: {why}" for detection, why in EXEMPT.items()), sep="\n")
    return not numbers or any(found.values())


if __name__ == "__main__":
    sys.exit(main())
