"""Small numbers in the place of ids, so that what belongs together is summed in a table instead of sorted."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from funds.queries.column_sources import NOBODY, Int, Source
from funds.queries.memory.growing import GrowingColumn
from funds.queries.memory.seen_rows import stored_codes

WIDEST_SPREAD = 1 << 16
WIDEST = 1 << 24  # cells of a table by which keys are numbered; sparser ones are sorted
CODE = np.int32  # half the room of what is summed: a million lines pass through several such arrays
Code = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Spread:
    """Ids as small numbers: their distance from the one before the first, nobody as 0."""

    codes: Code
    size: int
    values: Int | int | tuple[GrowingColumn, int]

    @classmethod
    def of_column(cls, rows: Source, name: str) -> "Spread":
        """As they are stored, where that is close enough; else as they are read."""
        if (stored := stored_codes(rows, name)) is not None and len(stored.codes):
            low = int(stored.codes.min())
            size = int(stored.codes.max()) - low + 1
            if size <= WIDEST_SPREAD:
                return cls(stored.codes.astype(CODE) - CODE(low), size, (stored.column, low))
        return cls.of(rows.read(name))

    @classmethod
    def of(cls, ids: Int) -> "Spread":
        """By distance; ids that lie far apart by their rank."""
        low = int(ids.view(np.uint64).min())  # as if it had no sign, nobody is the largest
        size = int(ids.max()) - low + 2
        if not 1 < size <= WIDEST_SPREAD:
            values, codes = np.unique(ids, return_inverse=True)
            return cls(codes.astype(CODE), len(values), values)
        return cls(np.maximum(ids - (low - 1), 0).astype(CODE), size, low - 1)

    def read(self, codes: Code | Int) -> Int:
        """The ids that some codes stand for."""
        if isinstance(self.values, int):
            return np.where(codes == 0, NOBODY, codes + self.values)
        if isinstance(self.values, tuple):
            column, low = self.values
            return column.read_codes(codes.astype(np.int64) + low)
        return self.values[codes]


@dataclass(frozen=True)
class Numbered:
    """The distinct values of an array in rising order, and for each element the number of its own."""

    distinct: Int
    numbers: Code

    @property
    def size(self) -> int:
        return len(self.distinct)

    @classmethod
    def among(cls, keys: Code | Int, size: int) -> "Numbered":
        """Of numbers from 0 up to a size."""
        if size > WIDEST:
            distinct, places = np.unique(keys, return_inverse=True)
            return cls(distinct.astype(np.int64), places.astype(CODE))
        is_there = np.zeros(size, dtype=np.bool_)
        is_there[keys] = True
        numbers: Code = np.cumsum(is_there, dtype=CODE)
        numbers -= 1
        return cls(np.flatnonzero(is_there), numbers[keys])
