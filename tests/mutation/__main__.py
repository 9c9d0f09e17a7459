"""``make mutation-check``: each condition of each detection removed once must turn a test red.

Usage: ``python -m tests.mutation [--models 'det_*']``. Prints the mutants of
each model, how many its unit tests kill and which survive; exit 1 when a survivor is not in
``equivalent.csv`` (with the reason why no test can see it), or an entry of that file survives
nowhere any more.
"""

import argparse
import sys
from pathlib import Path

from tests.mutation.check import Equivalents, check_all, compiled

HERE = Path(__file__).parent


def main() -> int:
    """Run every mutant; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--models", default="det_*", help="which models, as a pattern")
    parser.add_argument("--verbose", action="store_true", help="list accepted survivors, too")
    arguments = parser.parse_args()
    manifest, types = compiled()
    equivalents = Equivalents.read(HERE / "equivalent.csv")
    mutants = killed = accepted = open_survivors = broken = 0
    for result in check_all(manifest, types, arguments.models):
        known = [m for m in result.survivors if equivalents.accept(result.model, m)]
        left = [m for m in result.survivors if m not in known]
        equivalents.saw(result)
        mutants, killed = mutants + result.mutants, killed + result.killed
        accepted, open_survivors = accepted + len(known), open_survivors + len(left)
        broken += len(result.not_green)
        print(
            f"mutation {result.model}: {result.mutants} mutants, {result.killed} killed, "
            f"{len(known)} accepted, {len(left)} survive"
        )
        for name, reason in result.not_green.items():
            print(f"    not green without any mutation: {name}: {reason}")
        for mutant in left:
            print(f"    {mutant.where}: {mutant.change}: {mutant.condition}")
        for mutant in known if arguments.verbose else []:
            print(f"    accepted: {mutant.change}: {mutant.condition}")
        sys.stdout.flush()
    stale = equivalents.stale(arguments.models)
    for line in stale:
        print(f"equivalent.csv: {line}")
    rate = 100 * killed / max(mutants - accepted, 1)
    print(
        f"mutation {mutants} mutants, {killed} killed, {accepted} accepted with a reason, "
        f"{open_survivors} survive: {rate:.1f}% of those that can be killed"
    )
    return bool(open_survivors or stale or broken or not mutants)


if __name__ == "__main__":
    sys.exit(main())
