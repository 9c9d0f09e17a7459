"""`python -m docs.generate`: writes the generated pages; `--check` only says which are stale."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from docs.generate.detections import detection_pages
from docs.generate.flow import flow_svg, read_manifest
from docs.generate.project import REPOSITORY, Project

PAGES = Path("docs/detections")
FLOW = Path("docs/flow.svg")


def generated(repository: Path, manifest: Path) -> dict[Path, str]:
    """Every generated file, by its path in the repository."""
    pages = detection_pages(Project.read(repository))
    files = {PAGES / name: text for name, text in pages.items()}
    return files | {FLOW: flow_svg(read_manifest(manifest))}


def stale(repository: Path, files: dict[Path, str]) -> list[Path]:
    """Files that are missing, differ, or describe a detection that is gone."""
    changed = [
        path
        for path, text in files.items()
        if not (repository / path).exists()
        or (repository / path).read_text(encoding="utf-8") != text
    ]
    standing = [PAGES / path.name for path in (repository / PAGES).glob("*.md")]
    return sorted(changed + [path for path in standing if path not in files])


def main(arguments: list[str] | None = None) -> int:
    """Write what is stale; with --check, exit 1 instead."""
    parser = argparse.ArgumentParser(prog="python -m docs.generate", description=__doc__)
    parser.add_argument("--manifest", type=Path, default=REPOSITORY / "target/manifest.json")
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 on stale pages")
    given = parser.parse_args(arguments)
    if not given.manifest.exists():
        print(f"docs: {given.manifest} does not exist: run `.venv/bin/dbt parse`", file=sys.stderr)
        return 1
    files = generated(REPOSITORY, given.manifest)
    changed = stale(REPOSITORY, files)
    for path in changed:
        if given.check:
            print(f"docs: {path} is stale: run `make docs`", file=sys.stderr)
        elif path in files:
            (REPOSITORY / path).parent.mkdir(parents=True, exist_ok=True)
            (REPOSITORY / path).write_text(files[path], encoding="utf-8")
        else:
            (REPOSITORY / path).unlink()
    return 1 if given.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
