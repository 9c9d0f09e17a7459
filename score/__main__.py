"""``make score``: recall, precision, look-alikes and days to detect against the demo's truth.

Usage: ``python -m score [--seeds "standing 31"] [--scale 20000] [--nights 180]``. `standing` is
the demo in RISK_LANDING and RISK_STATE; a number is a demo of that seed, built in a temporary
folder.
Prints the tables and writes them to RISK_STATE/score/.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from nightly.console import say
from nightly.errors import NightlyError
from nightly.hash_key import PUBLIC_DEMO_KEY
from nightly.settings import REPOSITORY, Settings
from score.scoring import Demo, printed, score, write

STANDING = "standing"


def standing_demo(settings: Settings) -> Demo:
    """The demo that `make build` made; an error before others are built if it is not there."""
    marts = settings.published / "marts.duckdb"
    demo = Demo(STANDING, marts, settings.landing.parent / "truth")
    demo.check()
    return demo


def build_demo(seed: str, scale: int, nights: int, folder: Path) -> Demo:
    """Simulate and build one demo; its output is shown only when it fails."""
    landing, state = folder / "landing", folder / "state"
    simulate = ["simulator", "--landing", str(landing), "--seed", seed]
    simulate += ["--scale", str(scale), "--nights", str(nights)]
    places = {"RISK_LANDING": str(landing), "RISK_STATE": str(state)}
    places |= {"DBT_TARGET_PATH": str(folder / "target"), "RISK_HASH_KEY": ""}
    for module in (simulate, ["nightly", "run"]):
        done = subprocess.run(
            [sys.executable, "-m", *module],
            cwd=REPOSITORY,
            env=os.environ | places,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = (done.stdout + done.stderr).strip()
            raise NightlyError(f"seed {seed}: {' '.join(module)} failed:\n{said}")
    return Demo(seed, state / "published" / "marts.duckdb", folder / "truth")


def main(arguments: list[str] | None = None) -> int:
    """Score; 1 with one line when there is nothing to score."""
    parser = argparse.ArgumentParser(prog="python -m score", description=__doc__)
    parser.add_argument("--seeds", default=STANDING, help="demos: standing, or a seed to build")
    parser.add_argument("--scale", type=int, default=20_000)
    parser.add_argument("--nights", type=int, default=180)
    given = parser.parse_args(arguments)
    try:
        settings = Settings.from_environment()
        seeds = given.seeds.split()
        key = os.environ.get("RISK_HASH_KEY") or PUBLIC_DEMO_KEY
        if key != PUBLIC_DEMO_KEY and set(seeds) != {STANDING}:
            raise NightlyError("demos of seeds have the public key: unset RISK_HASH_KEY")
        with tempfile.TemporaryDirectory(prefix="score-") as folder:
            demos = []
            for seed in seeds:
                if seed == STANDING:
                    demos.append(standing_demo(settings))
                    continue
                say(f"score    building the demo of seed {seed}")
                demos.append(build_demo(seed, given.scale, given.nights, Path(folder, seed)))
            found = score(demos, key)
        write(found, settings.state / "score")
    except NightlyError as problem:
        print(f"score: {problem}", file=sys.stderr)
        return 1
    print(printed(found))
    print(f"\nscore    as CSV, with all missed and false ones: {settings.state / 'score'}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
