"""The landing log: arrival dates, lateness, redelivery, and one file per table and night."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulator.batch import NA, Array
from simulator.clock import DAY, HOUR, MINUTE, SECOND, Clock
from simulator.columns import Column, Const, take, to_arrow
from simulator.randomness import Streams
from simulator.spill import Spill
from simulator.tables import TABLES

MARKER = "_PUBLIC"
SIGNATURE = "synthetic or public data: the demo marketplace, written by python -m simulator"

LATE_SHARE = 0.008
LATE_VERSION_SHARE = 0.003  # on top, for entities: these are what arrives out of order
REDELIVERED_SHARE = 0.002
REDELIVERY_DAYS = 13


class Part(NamedTuple):
    """The rows one call added to a table, sorted by arrival, with the first row of each night."""

    rows: pa.Table
    edges: Array


class LandingError(Exception):
    """The landing folder cannot be written; the message is for the user."""


def prepare(landing: Path, force: bool) -> None:
    """Empty a landing folder of ours; refuse one that somebody else filled."""
    if landing.exists() and not landing.is_dir():
        raise LandingError(f"{landing} is not a folder")
    if landing.is_dir() and any(landing.iterdir()):
        marker = landing / MARKER
        ours = marker.is_file() and marker.read_text().strip() == SIGNATURE
        if not ours and not force:
            raise LandingError(
                f"{landing} holds data this simulator did not write; choose another folder"
                " or pass --force to replace the landing tables in it"
            )
        shutil.rmtree(landing / "_nights", ignore_errors=True)
        for table in TABLES:
            shutil.rmtree(landing / table, ignore_errors=True)
    landing.mkdir(parents=True, exist_ok=True)
    (landing / MARKER).write_text(SIGNATURE + "\n")


class Landing:
    """Collects rows, gives them their arrival, and writes the nights."""

    def __init__(self, root: Path, clock: Clock, streams: Streams, spill: bool) -> None:
        self.root = root
        self.clock = clock
        self.streams = streams
        self.parts: dict[str, list[Part]] = {table: [] for table in TABLES}
        self.rows: dict[str, int] = dict.fromkeys(TABLES, 0)
        self._calls = dict.fromkeys(TABLES, 0)
        self._spill = Spill(root.parent) if spill else None

    def add(self, table: str, known_at: Array, **columns: Column) -> None:
        """Add rows; `known_at` is when the marketplace could first deliver each of them."""
        spec = TABLES[table]
        rng = self.streams.get(f"arrival {table} {self._calls[table]}")
        self._calls[table] += 1
        known_at = np.asarray(known_at, dtype=np.int64)
        ingested = self._arrive(rng, known_at, spec.kind == "entity")
        keep = np.flatnonzero(known_at < self.clock.end)
        again = keep[rng.random(len(keep)) < REDELIVERED_SHARE]
        redelivered = self._redeliver(rng, ingested[again])
        again, redelivered = (
            again[redelivered < self.clock.end],
            redelivered[redelivered < self.clock.end],
        )
        index = np.concatenate([keep, again])
        arrival = np.concatenate([ingested[keep], redelivered])
        order = np.argsort(arrival, kind="stable")
        index, arrival = index[order], arrival[order]
        if not len(index):
            return
        unknown = set(columns) - set(spec.columns)
        if unknown:
            raise KeyError(f"{table} has no columns {sorted(unknown)}")
        arrays = []
        for field in spec.schema:
            if field.name == "ingested_at":
                arrays.append(to_arrow(arrival, field.type))
            else:
                column = columns.get(field.name, Const(None, len(known_at)))
                arrays.append(to_arrow(take(column, index), field.type))
        edges = np.searchsorted(
            arrival, self.clock.start + DAY * np.arange(self.clock.nights + 2), "left"
        )
        self._store(table, pa.Table.from_arrays(arrays, schema=spec.schema), edges)
        self.rows[table] += len(index)

    def _arrive(self, rng: np.random.Generator, known_at: Array, entity: bool) -> Array:
        clock = self.clock
        n = len(known_at)
        prompt = known_at + (rng.exponential(9 * MINUTE, n)).astype(np.int64) + 5 * SECOND
        prompt = np.minimum(prompt, clock.end - 1)
        share = LATE_SHARE + (LATE_VERSION_SHARE if entity else 0)
        delay = rng.integers(18 * HOUR, 10 * DAY, n)
        late = (rng.random(n) < share) & (prompt + delay < clock.end)
        ingested = np.where(late, prompt + delay, prompt)
        day_zero = clock.start + rng.integers(0, 3 * HOUR, n)
        return np.where(known_at < clock.start, day_zero, ingested)

    def _redeliver(self, rng: np.random.Generator, first: Array) -> Array:
        n = len(first)
        midnight = (first - self.clock.start) // DAY * DAY + self.clock.start + DAY
        same_night = first + ((midnight - first) * rng.random(n)).astype(np.int64)
        same_night = np.maximum(np.minimum(same_night, midnight - 1), first)
        later = first + rng.integers(1 * HOUR, REDELIVERY_DAYS * DAY, n)
        return np.where(rng.random(n) < 0.5, same_night, later)

    def _store(self, table: str, rows: pa.Table, edges: Array) -> None:
        if self._spill is None:
            self.parts[table].append(Part(rows, edges))
            return
        self._spill.add(table, rows, edges)

    def write(self, first_day: date) -> None:
        """Write every night: files first, the `_nights` file last and in one step."""
        nights = self.root / "_nights"
        nights.mkdir(exist_ok=True)
        if self._spill is not None:
            self._spill.seal()
        for table in TABLES:
            (self.root / table).mkdir(exist_ok=True)
        with ThreadPoolExecutor(max_workers=2) as pool:
            for number in range(self.clock.nights + 1):
                day = (first_day + timedelta(days=number)).isoformat()
                listed = dict(pool.map(lambda t, n=number, d=day: self._write(t, n, d), TABLES))
                text = json.dumps({"night": day, "tables": listed}, indent=1)
                unfinished = nights / f".{day}.json.tmp"
                unfinished.write_text(text + "\n")
                unfinished.replace(nights / f"{day}.json")

    def close(self) -> None:
        """Remove what was spilled to disk on the way."""
        if self._spill is not None:
            self._spill.close()

    def _rows_of(self, table: str, night: int) -> list[pa.Table]:
        if self._spill is not None:
            return self._spill.night(table, night)
        return [
            part.rows.slice(part.edges[night], part.edges[night + 1] - part.edges[night])
            for part in self.parts[table]
            if part.edges[night + 1] > part.edges[night]
        ]

    def _write(self, table: str, night: int, day: str) -> tuple[str, dict[str, Any]]:
        slices = self._rows_of(table, night)
        if not slices:
            return table, {"rows": 0, "files": []}
        rows = pa.concat_tables(slices) if len(slices) > 1 else slices[0]
        name = f"{table}/dt={day}/part-0.parquet"
        folder = self.root / table / f"dt={day}"
        folder.mkdir(exist_ok=True)
        pq.write_table(
            rows,
            folder / "part-0.parquet",
            compression="zstd",
            use_dictionary=False,
            write_statistics=False,
            store_schema=False,
        )
        return table, {"rows": rows.num_rows, "files": [name]}


class Versions:
    """Builds the versions of an entity: each step is a mask, a moment and changed columns."""

    def __init__(self, clock: Clock, base: dict[str, Column], size: int) -> None:
        self.clock = clock
        self.base = base
        self.size = size
        self.steps: list[tuple[Array, Array, dict[str, Column]]] = []

    def step(self, when: Array, mask: Array | None = None, **changed: Column) -> None:
        """A version known at `when` for the rows under `mask`; changes stay for later steps."""
        mask = np.ones(self.size, dtype=bool) if mask is None else mask & (when != NA)
        self.steps.append((mask, np.asarray(when, dtype=np.int64), changed))

    def write(self, landing: Landing, table: str) -> None:
        """Add all versions; those that history already overwrote before day zero are left out."""
        owner, step_no, known, seq = [], [], [], []
        count = np.zeros(self.size, dtype=np.int64)
        floor = np.full(self.size, NA)
        for number, (mask, when, _) in enumerate(self.steps):
            rows = np.flatnonzero(mask)
            count[rows] += 1
            floor[rows] = np.maximum(floor[rows], when[rows])  # versions never go back in time
            owner.append(rows)
            step_no.append(np.full(len(rows), number))
            known.append(floor[rows])
            seq.append(count[rows])
        rows, steps = np.concatenate(owner), np.concatenate(step_no)
        when, number = np.concatenate(known), np.concatenate(seq)
        before = when < self.clock.start
        last_before = np.zeros(self.size, dtype=np.int64)
        np.maximum.at(last_before, rows[before], number[before])
        keep = ~before | (number == last_before[rows])
        rows, steps, when, number = rows[keep], steps[keep], when[keep], number[keep]
        columns: dict[str, Column] = {}
        changed_names = {name for _, _, changed in self.steps for name in changed}
        for name in [*self.base, *sorted(changed_names - set(self.base))]:
            base = self.base.get(name, Const(None, self.size))
            if name not in changed_names:
                columns[name] = take(base, rows)
            else:
                columns[name] = self._evolving(name, base, rows, steps)
        landing.add(table, when, record_seq=number, **columns)

    def _evolving(self, name: str, base: Column, rows: Array, steps: Array) -> Column:
        """The value a column had at each step: the last change made at or before it."""
        values: list[Column] = [base]
        source = np.zeros(self.size, dtype=np.int64)
        picked = np.zeros(len(rows), dtype=np.int64)
        for number, (mask, _, changed) in enumerate(self.steps):
            if name in changed:
                values.append(changed[name])
                source[mask] = len(values) - 1
            at = steps == number
            picked[at] = source[rows[at]]
        data_type = self._type_of(name, values)
        arrays = [to_arrow(value, data_type) for value in values]
        pool = pa.concat_arrays(arrays)
        return pool.take(pa.array(picked * self.size + rows))

    def _type_of(self, name: str, values: list[Column]) -> pa.DataType:
        if name.endswith("_at"):
            return pa.timestamp("us")
        for value in values:
            if isinstance(value, np.ndarray):
                return {"f": pa.float64(), "b": pa.bool_()}.get(value.dtype.kind, pa.int64())
        return pa.string()
