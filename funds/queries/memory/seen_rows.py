"""Rows of a kept table as columns read them: all that were written by a version, or those of them that are seen."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from funds.queries.column_sources import Flag, Int, Picked, Source
from funds.queries.memory.growing import GrowingColumn, Stored
from funds.queries.memory.row_index import RowIndex

FEW = 4  # an index is asked for where the rows wanted are at most one in so many


class Kept(Protocol):
    """What rows are read from."""

    id: GrowingColumn
    columns: dict[str, GrowingColumn]
    flags: frozenset[str]
    index: RowIndex | None
    indexed: str | None


@dataclass(frozen=True)
class WrittenRows:
    """The first rows of a table, all of them seen."""

    table: Kept
    size: int

    def read(self, name: str) -> npt.NDArray[Any]:
        """A whole column."""
        column = self.column(name)
        return column.flags(self.size) if name in self.table.flags else column.values(self.size)

    def pick(self, name: str, places: Int | Flag) -> npt.NDArray[Any]:
        """A column at some rows."""
        column = self.column(name)
        if name in self.table.flags:
            return column.flags(self.size, places)
        return column.pick(places, self.size)

    def picked(self, places: Int) -> Source:
        """Some rows, read when they are asked for."""
        return Picked(self, places)

    def found(self, name: str, wanted: Int) -> Source | None:
        """By the table's index where it has one and few are wanted, else by looking at every row as it is stored."""
        index = self.table.index if name == self.table.indexed else None
        if index is not None:
            if index.covers(wanted, self.size):
                return None
            places = index.find(wanted, self.size, self.size // FEW)
            if places is not None:
                return Picked(self, places)
        flags = self.column(name).find(wanted, self.size)
        return None if flags.all() else Picked(self, np.flatnonzero(flags))

    def column(self, name: str) -> GrowingColumn:
        """Where a column is stored."""
        return self.table.id if name == "id" else self.table.columns[name]


@dataclass(frozen=True)
class SeenRows:
    """Those of the first rows of a table that a mask lets through."""

    rows: WrittenRows
    mask: Flag
    size: int

    def read(self, name: str) -> npt.NDArray[Any]:
        """A whole column."""
        return self.rows.pick(name, self.mask)

    def pick(self, name: str, places: Int) -> npt.NDArray[Any]:
        """A column at some rows."""
        return self.rows.pick(name, self._places()[places])

    def picked(self, places: Int) -> Source:
        """Some rows, by where they stand in the table."""
        return Picked(self.rows, self._places()[places])

    def found(self, name: str, wanted: Int) -> Source | None:
        """As among all rows, without those that the mask holds back."""
        among = self.rows.found(name, wanted)
        if among is None:
            return None
        assert isinstance(among, Picked)  # noqa: S101 (that is how rows are found)
        places = among.places[self.mask[among.places]]
        return None if len(places) == self.size else Picked(self.rows, places)

    def _places(self) -> Int:
        return np.flatnonzero(self.mask)


@dataclass(frozen=True)
class StoredCodes:
    """A column as it is stored: small numbers, and what reads them."""

    codes: Stored
    column: GrowingColumn


def stored_codes(rows: Source, name: str) -> StoredCodes | None:
    """A column of kept rows as it is stored; rows from elsewhere have none."""
    if isinstance(rows, SeenRows):
        found = stored_codes(rows.rows, name)
        return None if found is None else StoredCodes(found.codes[rows.mask], found.column)
    if isinstance(rows, WrittenRows):
        column = rows.column(name)
        return StoredCodes(column.codes(rows.size), column)
    inner = getattr(rows, "rows", None)  # what only adds something to kept rows
    return None if inner is None else stored_codes(inner, name)
