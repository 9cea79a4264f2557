"""Flows: dates and amounts brought into one order, alone or as many ragged streams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Whole = NDArray[np.integer[Any]]
Dates = Sequence[date] | Sequence[int] | NDArray[np.datetime64] | Whole
Amounts = Sequence[int] | Sequence[float] | Whole | NDArray[np.floating[Any]]

YEAR = 365.0
_EPOCH = date(1970, 1, 1).toordinal()
_ROUNDING = 8 * float(np.finfo(np.float64).eps)
_EXACT = 2.0**52  # whole amounts that together stay below it add up to the same in any order
_MOST_CELLS = 4  # days for each row: where flows lie further apart they are sorted


def number_days(dates: Dates) -> Ints:
    """Days since 1970-01-01 of dates or datetime64; whole numbers are taken as such days already."""
    if isinstance(dates, np.ndarray):
        if dates.dtype.kind == "M":
            return dates.astype("datetime64[D]").astype(np.int64)
        return dates.astype(np.int64, casting="same_kind", copy=False)
    numbers = [d.toordinal() - _EPOCH if isinstance(d, date) else d for d in dates]
    return np.array(numbers, dtype=np.int64)


def float_amounts(amounts: Amounts) -> Floats:
    """Amounts as float64; fen are exact up to 2**53."""
    return np.asarray(amounts, dtype=np.float64)


def pair_flows(dates: Dates, amounts: Amounts) -> tuple[Ints, Floats]:
    """Day numbers and amounts of one stream; one amount per date."""
    days, values = number_days(dates), float_amounts(amounts)
    if days.shape != values.shape or days.ndim != 1:
        raise ValueError(f"one amount per date: {days.shape} dates, {values.shape} amounts")
    return days, values


@dataclass(frozen=True, slots=True)
class Streams:
    """N ragged streams laid end to end: stream i is rows starts[i] up to starts[i + 1]."""

    starts: Ints
    days: Ints
    amounts: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row_ids(self) -> Ints:
        """The stream each row belongs to."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.starts))

    def select(self, ids: Ints) -> Streams:
        """The chosen streams as a layout of their own."""
        sizes = np.diff(self.starts)[ids]
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        rows = np.arange(starts[-1], dtype=np.int64) + np.repeat(self.starts[ids] - starts[:-1], sizes)
        return Streams(starts, self.days[rows], self.amounts[rows])


def lay_out(starts: Sequence[int] | Ints, days: Dates, amounts: Amounts) -> Streams:
    """Streams from three arrays; a layout that does not cover the rows is the caller's fault."""
    bounds = np.asarray(starts, dtype=np.int64)
    numbers, values = pair_flows(days, amounts)
    if bounds.ndim != 1 or not len(bounds) or bounds[0] != 0 or bounds[-1] != len(numbers):
        raise ValueError("starts needs N + 1 entries, from 0 to the number of rows")
    if (bounds[1:] < bounds[:-1]).any():
        raise ValueError("starts must not fall")
    return Streams(bounds, numbers, values)


def find_untidy(streams: Streams) -> Ints:
    """Streams whose days do not strictly rise, that is, which need sorting or netting."""
    days, starts = streams.days, streams.starts
    rises = days[1:] > days[:-1]
    inner = starts[1:-1]
    rises[inner[(inner > 0) & (inner < len(days))] - 1] = True
    rows = np.flatnonzero(~rises)
    return np.unique(np.searchsorted(starts, rows, side="right") - 1)


def net_streams(streams: Streams) -> Streams:
    """Each stream by rising day, the flows of one day added up.

    Rows are sorted by amount within a day, so that their order at the door does not show; a sum that
    is only rounding of its parts becomes 0. A day that nets to 0 keeps its row.
    """
    tabled = _net_by_table(streams)
    if tabled is not None:
        return tabled
    ids = streams.row_ids()
    order = np.lexsort((streams.amounts, streams.days, ids))
    ids, days, amounts = ids[order], streams.days[order], streams.amounts[order]
    fresh = np.ones(len(days), dtype=bool)
    fresh[1:] = (days[1:] != days[:-1]) | (ids[1:] != ids[:-1])
    heads = np.flatnonzero(fresh)
    if not len(heads):
        return streams
    sums = np.add.reduceat(amounts, heads)
    sizes = np.add.reduceat(np.abs(amounts), heads)
    sums[np.abs(sums) <= _ROUNDING * sizes] = 0.0
    counts = np.bincount(ids[heads], minlength=len(streams))
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Streams(starts, days[heads], sums)


def _net_by_table(streams: Streams) -> Streams | None:
    """The same without sorting: by a table of days, where amounts are whole and days lie close enough."""
    days, amounts, rows = streams.days, streams.amounts, len(streams.days)
    if not rows:
        return None
    first = int(days.min())
    width = int(days.max()) - first + 1
    cells = len(streams) * width
    # A sum that is no number is not below anything.
    if (
        cells > _MOST_CELLS * rows
        or not np.abs(amounts).sum() < _EXACT
        or (amounts != np.rint(amounts)).any()
    ):
        return None
    keys = streams.row_ids() * width + (days - first)
    heads = np.flatnonzero(np.bincount(keys, minlength=cells))
    sums: Floats = np.bincount(keys, amounts, cells)[heads].astype(np.float64, copy=False)
    sizes = np.bincount(keys, np.abs(amounts), cells)[heads]
    sums[np.abs(sums) <= _ROUNDING * sizes] = 0.0
    ids, offsets = np.divmod(heads, width)
    return Streams(np.searchsorted(ids, np.arange(len(streams) + 1)), first + offsets, sums)
