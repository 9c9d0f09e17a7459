"""The run manifest: what each run covered, saw, built and how it ended."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from nightly.files import write_json
from nightly.landing import ONE_DAY, Night
from nightly.settings import Settings

Document = dict[str, Any]


@dataclass
class History:
    """All runs so far, oldest first."""

    runs: list[Document]

    @classmethod
    def read(cls, settings: Settings) -> History:
        """Read every manifest of this warehouse."""
        paths = sorted(settings.manifests.glob("*.json"))
        return cls([json.loads(path.read_text(encoding="utf-8")) for path in paths])

    @property
    def completed(self) -> list[Document]:
        """Runs that published."""
        return [run for run in self.runs if run["status"] == "completed"]

    @property
    def last_night(self) -> date | None:
        """The last night that is built and published."""
        nights = [date.fromisoformat(run["to_night"]) for run in self.completed]
        return max(nights, default=None)

    @property
    def digests(self) -> dict[date, str]:
        """What each completed night listed when it was built last."""
        known: dict[date, str] = {}
        for run in self.completed:
            known |= {date.fromisoformat(key): value for key, value in run["landing"].items()}
        return known

    @property
    def code(self) -> str | None:
        """Hash of the code of the last completed run."""
        return self.completed[-1]["code"]["hash"] if self.completed else None

    def changed_nights(self, nights: Iterable[Night]) -> list[date]:
        """Closed nights up to the last built one that are not what was built."""
        last, known = self.last_night, self.digests
        return [
            item.night
            for item in nights
            if last and item.night <= last and known.get(item.night) != item.digest
        ]

    def next_id(self, first: date, last: date) -> str:
        """A new run's id: number, then range."""
        number = max((int(run["run_id"].split("-")[0]) for run in self.runs), default=0) + 1
        return f"{number:06d}-{first}-{last}"


class Run:
    """The manifest of the run in progress, on disk from its first moment on."""

    def __init__(self, settings: Settings, document: Document) -> None:
        self.settings = settings
        self.document = document
        self.save()

    @classmethod
    def start(
        cls, settings: Settings, history: History, nights: list[Night], kind: str, **facts: Any
    ) -> Run:
        """Open the manifest of a run over `nights`."""
        first, last = nights[0].night, nights[-1].night
        document = {
            "run_id": history.next_id(first, last),
            "status": "running",
            "kind": kind,
            "from_night": first.isoformat(),
            "to_night": last.isoformat(),
            "nights": len(nights),
            "started_at": _now(),
            "finished_at": None,
            "error": None,
            "restatement": None,
            "seconds": {},
            "landing": {item.night.isoformat(): item.digest for item in nights},
        }
        return cls(settings, document | facts)

    @property
    def run_id(self) -> str:
        """Number and range."""
        return str(self.document["run_id"])

    def record(self, **facts: Any) -> None:
        """Add facts and save."""
        self.document |= facts
        self.save()

    def seconds(self, stage: str, value: float) -> None:
        """Add a stage's duration."""
        self.document["seconds"][stage] = round(value, 2)
        self.save()

    def close(self, status: str, error: str | None = None) -> None:
        """Write how the run ended."""
        self.record(status=status, error=error, finished_at=_now())

    def save(self) -> None:
        """Write the manifest whole."""
        write_json(self.settings.manifests / f"{self.run_id}.json", self.document)


def close_interrupted(settings: Settings, history: History) -> list[str]:
    """Mark runs that were killed as failed. Only for the holder of the lock."""
    ended = []
    for run in history.runs:
        if run["status"] == "running":
            run |= {"status": "failed", "error": "interrupted", "finished_at": _now()}
            write_json(settings.manifests / f"{run['run_id']}.json", run)
            ended.append(run["run_id"])
    return ended


def next_night(history: History, nights: list[Night]) -> date:
    """The night a default run starts at."""
    last = history.last_night
    return last + ONE_DAY if last else nights[0].night


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
