"""Columns kept light (codes and numbers) until they are written, then turned into Arrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.batch import NA, Array

_ID_SPACE = 9 * 10**9
_ID_STEP = 1_234_567_891  # coprime with the space: a bijection, so ids say nothing about order


@dataclass(frozen=True)
class Id:
    """An identifier: a prefix and a counter, scrambled without collisions. Negative = null."""

    prefix: str
    values: Array

    def take(self, index: Array) -> Id:
        """The rows at an index."""
        return Id(self.prefix, self.values[index])

    def arrow(self) -> pa.Array:
        """The text column."""
        return id_text(self.prefix, self.values)


@dataclass(frozen=True)
class Code:
    """A choice out of a few labels. Negative code = null."""

    labels: Sequence[Any]
    codes: Array

    def take(self, index: Array) -> Code:
        """The rows at an index."""
        return Code(self.labels, self.codes[index])

    def arrow(self) -> pa.Array:
        """The column of labels."""
        labels = self.labels if isinstance(self.labels, pa.Array) else pa.array(self.labels)
        codes = np.asarray(self.codes, dtype=np.int64)
        return labels.take(pa.array(codes, mask=codes < 0))


@dataclass(frozen=True)
class Ip:
    """An address: 256 * prefix + host. Negative = null."""

    prefixes: pa.Array
    values: Array

    def take(self, index: Array) -> Ip:
        """The rows at an index."""
        return Ip(self.prefixes, self.values[index])

    def arrow(self) -> pa.Array:
        """The dotted text column."""
        missing = self.values < 0
        prefix = self.prefixes.take(pa.array(self.values // 256, mask=missing))
        host = pc.cast(pa.array(self.values % 256, mask=missing), pa.string())
        return pc.binary_join_element_wise(prefix, host, "")


@dataclass(frozen=True)
class Const:
    """One value on every row (None = null)."""

    value: Any
    length: int

    def take(self, index: Array) -> Const:
        """The rows at an index."""
        return Const(self.value, len(np.arange(self.length)[index]))

    def arrow(self) -> pa.Array:
        """The repeated column."""
        if self.value is None:
            return pa.nulls(self.length)
        return pa.repeat(pa.scalar(self.value), self.length)


Column = Id | Code | Ip | Const | pa.Array | Array
"""Numpy arrays: int64 (NA = null), float (NaN = null), bool, or timestamps in microseconds."""


def id_text(prefix: str, values: Array) -> pa.Array:
    """The text of identifiers, for tables and for the ground truth."""
    values = np.asarray(values, dtype=np.int64)
    missing = values < 0
    mixed = (values.astype(np.uint64) * np.uint64(_ID_STEP)) % np.uint64(_ID_SPACE)
    number = pa.array(mixed.astype(np.int64) + 10**9, mask=missing)
    return pc.binary_join_element_wise(prefix, pc.cast(number, pa.string()), "")


def join_text(*parts: Any) -> pa.Array:
    """Text parts glued row by row (arrays, integers or constants)."""
    as_text = [pc.cast(pa.array(p), pa.string()) if isinstance(p, np.ndarray) else p for p in parts]
    return pc.binary_join_element_wise(*as_text, "")


def pick(labels: Sequence[Any], codes: Array) -> pa.Array:
    """Labels at codes, as an Arrow array (negative = null)."""
    return Code(labels, codes).arrow()


def take(column: Column, index: Array) -> Column:
    """The rows of a column at an index."""
    if isinstance(column, pa.Array):
        return column.take(pa.array(index))
    if isinstance(column, np.ndarray):
        return column[index]
    return column.take(index)


def to_arrow(column: Column, data_type: pa.DataType) -> pa.Array:
    """A column in its landing type."""
    if isinstance(column, np.ndarray):
        array = _numpy_to_arrow(column, data_type)
    elif isinstance(column, pa.Array):
        array = column
    else:
        array = column.arrow()
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return array if array.type == data_type else pc.cast(array, data_type)


def _numpy_to_arrow(column: Array, data_type: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(data_type):
        return pa.array(column.astype("datetime64[us]"), mask=column == NA)
    if pa.types.is_date32(data_type):  # given as days since 1970
        return pa.array(np.maximum(column, -(2**31) + 1).astype(np.int32), mask=column == NA).cast(
            pa.date32()
        )
    if pa.types.is_decimal(data_type):
        step = Decimal(1).scaleb(-data_type.scale)
        return pa.array([Decimal(repr(float(v))).quantize(step) for v in column], data_type)
    if column.dtype.kind == "f":
        return pa.array(column, mask=np.isnan(column))
    if column.dtype.kind == "b":
        return pa.array(column)
    column = column.astype(np.int64, copy=False)
    missing = column == NA
    return pa.array(column, mask=missing) if missing.any() else pa.array(column)
