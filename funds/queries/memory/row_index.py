"""Finds the rows of a fund without looking at all rows: their places by value, and a short tail that is looked at."""

from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt

from funds.queries.column_sources import Int
from funds.queries.memory.growing import GrowingColumn

LEAST_TAIL, TAIL_PART = 8_192, 64  # rows; a tail longer than this and than a 64th of all is sorted in


@dataclass(frozen=True)
class _Sorted:
    """The places of the first `count` rows by value, and where each value's begin."""

    count: int
    places: npt.NDArray[np.int32]
    values: Int
    starts: Int


NOTHING = _Sorted(0, np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64), np.zeros(1, dtype=np.int64))


class RowIndex:
    """The rows of each value of one column."""

    def __init__(self, column: GrowingColumn) -> None:
        self._column = column
        self._sorted = NOTHING
        self._lock = Lock()

    @property
    def nbytes(self) -> int:
        """What it takes."""
        return int(self._sorted.places.nbytes)

    def covers(self, wanted: Int, size: int) -> bool:
        """Whether all of the first `size` rows (or more) have a value wanted."""
        known = self._reach(size)
        if not np.isin(known.values, wanted).all():
            return False
        return size <= known.count or bool(np.isin(self._tail(known, size), wanted).all())

    def find(self, wanted: Int, size: int, most: int) -> Int | None:
        """Places, in their order, of the values wanted among the first `size` rows; None if more than `most`."""
        known = self._reach(size)
        at = np.flatnonzero(np.isin(known.values, wanted))
        starts, ends = known.starts[at], known.starts[at + 1]
        if int((ends - starts).sum()) > most:
            return None
        pieces = [known.places[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        if size > known.count:
            tail = np.flatnonzero(np.isin(self._tail(known, size), wanted))
            pieces.append((known.count + tail).astype(np.int32))
        places = np.sort(np.concatenate(pieces)).astype(np.int64) if pieces else np.empty(0, dtype=np.int64)
        return places[places < size] if size < known.count else places

    def _reach(self, size: int) -> _Sorted:
        if size - self._sorted.count > max(LEAST_TAIL, size // TAIL_PART):
            with self._lock:
                if size > self._sorted.count:
                    self._sorted = self._sort(size)
        return self._sorted

    def _tail(self, known: _Sorted, size: int) -> Int:
        return self._column.pick(np.arange(known.count, size), size)

    def _sort(self, size: int) -> _Sorted:
        codes = self._column.codes(size)
        places = np.argsort(codes, kind="stable").astype(np.int32)
        ordered = codes[places]
        starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        values = self._column.read_codes(ordered[starts])
        return _Sorted(size, places, values, np.append(starts, size).astype(np.int64))
