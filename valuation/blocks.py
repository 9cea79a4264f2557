"""Blocks: streams of like length side by side, one column each, so that NumPy works on whole rows.

Arrays are as small as the processor's cache and are used again from block to block: fresh ones of this
size cost more in page faults than the arithmetic done in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valuation.flows import YEAR, Floats, Ints, Streams

CELLS = 1 << 16


@dataclass(frozen=True, slots=True)
class Block:
    """Columns `ids` of a layout: years since each stream's first day, amounts, and what pads them.

    A column shorter than the block is padded with flows of 0 on its last day.
    """

    ids: Ints
    counts: Ints
    years: Floats
    amounts: Floats
    flips: Ints

    @property
    def spans(self) -> Floats:
        """Years from the first to the last flow of each column."""
        return np.asarray(self.years[-1])


class Scratch:
    """Arrays to be used again, handed out in the shape asked for."""

    def __init__(self, cells: int) -> None:
        self._floats = [np.empty(cells) for _ in range(8)]
        self._ints = np.empty(cells, dtype=np.int64)

    def floats(self, which: int, rows: int, columns: int) -> Floats:
        """Float array number `which`, uncleared."""
        return self._floats[which][: rows * columns].reshape(rows, columns)

    def ints(self, rows: int, columns: int) -> Ints:
        """The integer array, uncleared."""
        return self._ints[: rows * columns].reshape(rows, columns)


def sort_by_length(counts: Ints) -> Ints:
    """Order of streams by rising length; 16-bit keys are sorted by radix, many times faster."""
    small = len(counts) and int(counts.max()) < 1 << 15
    return np.argsort(counts.astype(np.int16) if small else counts, kind="stable")


def cut_blocks(streams: Streams, ids: Ints, cells: int = CELLS) -> Iterator[tuple[Block, Scratch]]:
    """Blocks that cover the streams `ids`, each of which has at least one row.

    A block and its scratch hold until the next one is asked for.
    """
    counts = np.diff(streams.starts)[ids]
    order = sort_by_length(counts)
    ids, counts = ids[order], counts[order]
    if not len(ids):
        return
    longest = int(counts[-1])
    scratch = Scratch(min(max(cells, longest), len(ids) * longest))
    at = 0
    while at < len(ids):
        end = min(len(ids), at + max(1, cells // int(counts[at])))
        while end - at > 1 and (end - at) * int(counts[end - 1]) > cells:
            end = at + max(1, cells // int(counts[end - 1]))
        yield _gather(streams, ids[at:end], counts[at:end], scratch), scratch
        at = end


def _gather(streams: Streams, ids: Ints, counts: Ints, scratch: Scratch) -> Block:
    rows, columns = int(counts[-1]), len(ids)
    heads = streams.starts[ids]
    last = heads + counts - 1
    where = np.add(heads, np.arange(rows, dtype=np.int64)[:, None], out=scratch.ints(rows, columns))
    ragged = int(counts[0]) != rows
    padding = where > last if ragged else None
    if ragged:
        np.minimum(where, last, out=where)
    amounts = streams.amounts.take(where, out=scratch.floats(1, rows, columns), mode="clip")
    days = streams.days.take(where, out=where, mode="clip")
    years = np.subtract(days, streams.days[heads], out=scratch.floats(0, rows, columns))
    np.multiply(years, 1.0 / YEAR, out=years)
    flips = count_flips(amounts)
    if padding is not None:
        amounts[padding] = 0.0
    return Block(ids, counts, years, amounts, flips)


def count_flips(amounts: Floats) -> Ints:
    """How often positive gives way to not positive or back; with one, the signs change once."""
    positive: NDArray[np.bool_] = amounts > 0
    turns = positive[1:] != positive[:-1]
    return np.asarray(np.add.reduce(turns, axis=0, dtype=np.int32), dtype=np.int64)
