"""Time: microseconds UTC, and when people act (hour, weekday, festival, region)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np

from simulator.batch import Array
from simulator.regions import REGIONS, festival_lift

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

HISTORY_DAYS = 730
HISTORY_VOLUME = 0.07
"""Volume of a day of history against a day of the nights."""

# Share of activity by local hour: a night trough, a lunch bump, an evening peak.
_HOURS = np.array(
    [16, 9, 5, 3, 3, 5, 12, 24, 36, 44, 50, 54, 60, 56, 50, 48, 50, 56, 66, 82, 96, 98, 74, 38],
    dtype=float,
)
_WEEKDAYS = np.array([0.93, 0.92, 0.94, 0.97, 1.04, 1.14, 1.12])


def micros(day: date) -> int:
    """Midnight UTC of a day, in microseconds."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * SECOND


@dataclass(frozen=True)
class Clock:
    """The simulated span and the cumulated activity of each region over its hours."""

    start: int
    end: int
    history: int
    nights: int
    mass: Array  # region x hour edges, in units of an ordinary day

    @staticmethod
    def build(start_day: date, nights: int) -> Clock:
        """The clock of a run: 24 months of history, the start day, then `nights` more days."""
        start = micros(start_day)
        history = start - HISTORY_DAYS * DAY
        end = start + (nights + 1) * DAY
        hours = np.arange(history, end, HOUR)
        rows = []
        for region in REGIONS:
            local = hours + region.utc_offset_hours * HOUR
            weekday = ((local // DAY) + 3) % 7
            weight = _HOURS[(local // HOUR) % 24] / _HOURS.mean() * _WEEKDAYS[weekday] / 24
            weight = weight * festival_lift(region, local // DAY)
            weight = np.where(hours < start, weight * HISTORY_VOLUME, weight)
            rows.append(np.concatenate([[0.0], np.cumsum(weight)]))
        return Clock(start, end, history, nights, np.array(rows))

    def mass_at(self, region: Array, at: Array) -> Array:
        """Cumulated activity of a region up to a moment."""
        position = np.clip((np.asarray(at) - self.history) / HOUR, 0, self.mass.shape[1] - 1)
        low = np.minimum(position.astype(np.int64), self.mass.shape[1] - 2)
        part = position - low
        return self.mass[region, low] * (1 - part) + self.mass[region, low + 1] * part

    def exposure(self, region: Array, since: Array) -> Array:
        """Ordinary days of activity left between a moment and the end."""
        return self.mass[region, -1] - self.mass_at(region, since)

    def draw(self, rng: np.random.Generator, region: Array, since: Array) -> Array:
        """Moments drawn from the region's activity after `since`."""
        region = np.asarray(region)
        low = self.mass_at(region, since)
        target = low + rng.random(len(region)) * (self.mass[region, -1] - low)
        out = np.empty(len(region), dtype=np.int64)
        for code in range(len(self.mass)):
            rows = np.flatnonzero(region == code)
            edges = self.mass[code]
            hour = np.clip(np.searchsorted(edges, target[rows], "right") - 1, 0, len(edges) - 2)
            part = (target[rows] - edges[hour]) / (edges[hour + 1] - edges[hour])
            out[rows] = self.history + ((hour + part) * HOUR).astype(np.int64)
        return np.minimum(np.maximum(out, np.asarray(since)), self.end - SECOND)
