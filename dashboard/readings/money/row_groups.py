"""Rows by one or more columns of ids, such as fund and investor: numbered in a table, so that no sum needs a sort."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from funds.queries.columns import Int
from funds.queries.memory.small_numbers import WIDEST_SPREAD, Code, Numbered, Spread


@dataclass(frozen=True)
class RowGroups:
    """The keys that occur, column by column in rising order, and which of them each row has."""

    keys: tuple[Int, ...]
    numbers: Code

    @classmethod
    def of(cls, *columns: Int) -> Self:
        """The groups of rows with the same values."""
        if not len(columns[0]):
            return cls(columns, columns[0].astype(np.int32))
        codes, size, spreads = np.zeros(1, dtype=np.int64), 1, [Spread.of(column) for column in columns]
        for spread in spreads:
            codes, size = codes * spread.size + spread.codes, size * spread.size
        found = Numbered.among(codes, size)
        keys, rest = list[Int](), found.distinct
        for spread in reversed(spreads):
            rest, code = np.divmod(rest, spread.size)
            keys.append(spread.read(code))
        return cls(tuple(reversed(keys)), found.numbers)

    def __len__(self) -> int:
        return len(self.keys[0])

    def names(self) -> list[tuple[int, ...]]:
        """The keys in order."""
        return list(zip(*(key.tolist() for key in self.keys), strict=True))

    def sums(self, amounts: Int) -> Int:
        """The sum of each group; floats, as `bincount` adds them, would lose fen."""
        found = np.zeros(len(self), dtype=np.int64)
        np.add.at(found, self.numbers, amounts)
        return found

    def split(self, column: Int) -> list[Int]:
        """A column's values by group, in the order of the rows."""
        values, ends = column[self._order], self._ends
        return [values[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    @cached_property
    def _order(self) -> Int:
        # Numbers of two bytes are put in order by counting.
        is_small = len(self) <= WIDEST_SPREAD
        return np.argsort(self.numbers.astype(np.uint16) if is_small else self.numbers, kind="stable")

    @cached_property
    def _ends(self) -> list[int]:
        ends: list[int] = np.bincount(self.numbers, minlength=len(self)).cumsum().tolist()
        return ends
