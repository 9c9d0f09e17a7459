"""A struct of arrays: the rows that flow between the stages of the economy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

NA = int(np.iinfo(np.int64).min)
"""The missing value of an integer or timestamp array."""


class Batch:
    """Equally long numpy arrays, read as attributes (`batch.placed_at`)."""

    def __init__(self, **arrays: Array) -> None:
        self.__dict__.update({name: np.asarray(value) for name, value in arrays.items()})

    def __len__(self) -> int:
        return len(next(iter(self.__dict__.values()), ()))

    def __getattr__(self, name: str) -> Array:
        raise AttributeError(name)

    def __setattr__(self, name: str, value: Array) -> None:
        self.__dict__[name] = np.asarray(value)

    def names(self) -> list[str]:
        """The names of the arrays."""
        return list(self.__dict__)

    def take(self, index: Array) -> Batch:
        """The rows at an index or under a mask."""
        return Batch(**{name: value[index] for name, value in self.__dict__.items()})

    @staticmethod
    def concat(batches: Iterable[Batch]) -> Batch:
        """The batches one after the other; all must have the same names."""
        batches = list(batches)
        names = batches[0].names()
        return Batch(**{n: np.concatenate([b.__dict__[n] for b in batches]) for n in names})


def runs(counts: Array) -> tuple[Array, Array]:
    """Row index and position inside its run, for rows repeated `counts` times."""
    counts = np.asarray(counts, dtype=np.int64)
    owner = np.repeat(np.arange(len(counts)), counts)
    starts = np.cumsum(counts) - counts
    return owner, np.arange(len(owner)) - starts[owner]


def split_exact(total: Array, share: Array) -> Array:
    """`share` of an integer total, rounded half up, as integers."""
    return np.floor(np.asarray(total) * share + 0.5).astype(np.int64)
