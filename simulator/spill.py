"""Rows that wait on disk until their night is written."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa

from simulator.batch import Array


class Spill:
    """One Arrow file per table, with a batch per call and night."""

    def __init__(self, beside: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=".spill-", dir=beside))
        self._writers: dict[str, pa.RecordBatchFileWriter] = {}
        self._readers: dict[str, pa.RecordBatchFileReader] = {}
        self._batches: dict[str, int] = {}
        self._of_night: dict[tuple[str, int], list[int]] = {}

    def add(self, table: str, rows: pa.Table, edges: Array) -> None:
        """Put rows aside; night n holds the rows from edges[n] to edges[n + 1]."""
        if table not in self._writers:
            self._writers[table] = pa.ipc.new_file(str(self._path(table)), rows.schema)
        for night in np.flatnonzero(np.diff(edges)).tolist():
            part = rows.slice(edges[night], edges[night + 1] - edges[night])
            for batch in part.to_batches():
                self._writers[table].write_batch(batch)
                number = self._batches.get(table, 0)
                self._batches[table] = number + 1
                self._of_night.setdefault((table, night), []).append(number)

    def seal(self) -> None:
        """Finish writing; from now on nights can be read."""
        for table, writer in self._writers.items():
            writer.close()
            self._readers[table] = pa.ipc.open_file(pa.OSFile(str(self._path(table))))

    def night(self, table: str, night: int) -> list[pa.Table]:
        """The rows of one night."""
        numbers = self._of_night.get((table, night), [])
        batches = [self._readers[table].get_batch(number) for number in numbers]
        return [pa.Table.from_batches(batches)] if batches else []

    def close(self) -> None:
        """Remove everything."""
        self._readers.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, table: str) -> Path:
        return self.folder / f"{table}.arrow"
