"""What the project says of its detections: metadata, unit tests and policy."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
Row = dict[str, str]


@dataclass(frozen=True)
class UnitTest:
    """A unit test of a model."""

    model: str
    name: str
    description: str


@dataclass(frozen=True)
class Project:
    """The parts of the project that a detection's page shows."""

    detections: list[dict[str, Any]]
    """config.meta.detection of each, with its `model`, in the order of the ids."""
    common_causes: list[dict[str, Any]]
    """config.meta.common_cause of each, likewise."""
    paths: dict[str, str]
    """Path of each model's SQL file in the repository."""
    unit_tests: list[UnitTest]
    policy: dict[str, list[Row]]
    """Rows of each policy seed, by the seed's name."""
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    """Description of each model's columns."""
    evidence: dict[str, dict[str, str | None]] = field(default_factory=dict)
    """Per detection model the numbers of its evidence and the parameters they are compared with."""

    @classmethod
    def read(cls, repository: Path = REPOSITORY) -> Project:
        """Read yml files, policy seeds and the places of the models."""
        models, tests = [], []
        for path in sorted(repository.glob("models/**/*.yml")):
            document = read_yaml(path) or {}
            models += document.get("models") or []
            tests += [_unit_test(entry) for entry in document.get("unit_tests") or []]
        return cls(
            detections=_metadata(models, "detection"),
            common_causes=_metadata(models, "common_cause"),
            paths={
                path.stem: path.relative_to(repository).as_posix()
                for path in repository.glob("models/**/*.sql")
            },
            unit_tests=tests,
            policy={
                path.stem: _rows(path) for path in sorted(repository.glob("seeds/policy/*.csv"))
            },
            columns={
                model["name"]: {
                    column["name"]: column.get("description") or ""
                    for column in model.get("columns") or []
                }
                for model in models
            },
            evidence={
                path.stem: _evidence(path.read_text(encoding="utf-8"))
                for path in repository.glob("models/detections/**/det_*.sql")
            },
        )

    def rows(self, seed: str, detection_id: str) -> list[Row]:
        """Rows of a policy seed for one detection, in file order."""
        return [row for row in self.policy.get(seed, []) if row["detection_id"] == detection_id]

    def tests_of(self, model: str) -> list[UnitTest]:
        """Unit tests of a model, in file order."""
        return [test for test in self.unit_tests if test.model == model]

    def evidence_of(self, model: str) -> dict[str, str | None]:
        """Numbers an alert of the detection shows, and what each is compared with."""
        return self.evidence.get(model, {})

    def meaning(self, number: str, indicators: list[str]) -> str:
        """What an indicator says of a number; empty for what the detection itself works out."""
        said = [self.columns.get(name, {}).get(number, "") for name in indicators]
        return next((text for text in said if text), "")


def read_yaml(path: Path) -> Any:
    """A yml file, by libyaml where it is there: hundreds of files take tenths of a second."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)


def applies_from(row: Row) -> str:
    """First night a policy row can judge: the later of meant and approved."""
    return max(row["effective_from"], row["approved_on"])


def _evidence(sql: str) -> dict[str, str | None]:
    """The `evidence` that a detection hands to `detection_fires`."""
    call = re.search(r"evidence=\{(.*?)\}\s*\)", sql, re.S)
    pairs = re.findall(r"'(\w+)':\s*(?:'(\w+)'|none)", call[1]) if call else []
    return {number: limit or None for number, limit in pairs}


def _metadata(models: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """config.meta.<kind> of the models that have it, with the model's name, by id."""
    found = [
        meta | {"model": model["name"]}
        for model in models
        if (meta := ((model.get("config") or {}).get("meta") or {}).get(kind))
    ]
    return sorted(found, key=lambda meta: meta["id"])


def _unit_test(entry: dict[str, Any]) -> UnitTest:
    return UnitTest(entry["model"], entry["name"], entry.get("description") or "")


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
