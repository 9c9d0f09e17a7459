"""``make clean-corpus``: what the detections say of a default-size marketplace without schemes.

Usage: ``python -m tests.clean [--scale 20000] [--nights 180] [--seed 7]``. Exit 1 when an alert is
not on the allow-list, whose ``at_most`` grows with users and nights.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.clean.corpus import ALLOW_LIST, NIGHTS, SCALE, build, judge
from tests.helpers.project import PROJECT


def main() -> int:
    """Build, judge, print; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.clean", description=__doc__)
    parser.add_argument("--scale", type=int, default=20_000)
    parser.add_argument("--nights", type=int, default=180)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    size = given.scale * given.nights / (SCALE * NIGHTS)
    with tempfile.TemporaryDirectory(prefix="clean-") as folder:
        found = judge(build(Path(folder), given.scale, given.nights, given.seed), size=size)
    for line in [*found.unexpected, *found.idle]:
        print(f"  {line}")
    print(
        f"clean    {given.scale:,} honest users, {given.nights} nights: {found.alerts} alerts, "
        f"{len(found.unexpected)} not on {ALLOW_LIST.relative_to(PROJECT)}, "
        f"{len(found.idle)} of its rows idle"
    )
    return bool(found.unexpected)


if __name__ == "__main__":
    sys.exit(main())
