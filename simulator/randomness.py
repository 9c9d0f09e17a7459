"""One random generator per component, all spawned from the seed."""

from __future__ import annotations

import zlib

import numpy as np


def luck(number: np.ndarray, salt: int) -> np.ndarray:
    """A share between 0 and 1 that goes with a number for good, and takes nothing of a stream."""
    mixed = (np.asarray(number, dtype=np.uint64) + np.uint64(salt)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(40)).astype(float) / float(1 << 24)


class Streams:
    """Named generators: adding a component never changes the numbers of another."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def get(self, name: str) -> np.random.Generator:
        """A fresh generator for a name; the same name always gives the same numbers."""
        key = (zlib.crc32(name.encode()), len(name))
        sequence = np.random.SeedSequence(self.seed, spawn_key=key)
        return np.random.Generator(np.random.PCG64(sequence))


class Counters:
    """Running numbers for identifiers, one sequence per kind."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def take(self, kind: str, count: int) -> np.ndarray:
        """The next `count` numbers of a kind."""
        first = self._next.get(kind, 0)
        self._next[kind] = first + int(count)
        return np.arange(first, first + int(count), dtype=np.int64)
