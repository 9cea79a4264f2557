"""Looks many ids up at once: an array of answers for an array of ids."""

from collections.abc import Mapping

import numpy as np

from funds.queries.column_sources import NOBODY, Int

WIDEST_TABLE = 1 << 20  # ids follow each other, so that a table of answers is short; others are searched for


class IdMap:
    """Whole numbers by id; NOBODY for an id that is not there."""

    def __init__(self, numbers: Mapping[int, int]) -> None:
        keys = np.fromiter(numbers, dtype=np.int64, count=len(numbers))
        order = np.argsort(keys)
        self._keys = keys[order]
        self._values = np.fromiter(numbers.values(), dtype=np.int64, count=len(numbers))[order]
        self._table = self._lay_out()

    def find(self, ids: Int) -> Int:
        """The number of each id."""
        if not len(self._keys):
            return np.full(len(ids), NOBODY, dtype=np.int64)
        if self._table is not None:
            # The first and the last answer stand for whatever lies before and behind.
            found: Int = self._table[np.clip(ids - (self._keys[0] - 1), 0, len(self._table) - 1)]
            return found
        at = np.minimum(np.searchsorted(self._keys, ids), len(self._keys) - 1)
        return np.where(self._keys[at] == ids, self._values[at], NOBODY)

    def _lay_out(self) -> Int | None:
        if not len(self._keys) or self._keys[-1] - self._keys[0] > WIDEST_TABLE:
            return None
        table = np.full(int(self._keys[-1] - self._keys[0]) + 3, NOBODY, dtype=np.int64)
        table[self._keys - self._keys[0] + 1] = self._values
        return table
