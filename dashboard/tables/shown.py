"""A table as it is shown: one content for the page and for the file that is exported."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar, overload

Thing = TypeVar("Thing")
Value = int | str | Fraction | date | None


@dataclass(frozen=True)
class FigureKey:
    """Which figure a number is: enough to work it out anew, and nothing else."""

    code: str
    basis: str
    scope: str


@dataclass(frozen=True)
class Column:
    """A column: its title names the unit; columns with the same `group` stand under one heading."""

    key: str
    title: str
    is_number: bool = False
    group: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Cell:
    """What is read (`text`), what a file gets (`value`, exact, shown by `number_format`), and what explains it."""

    text: str
    value: Value = None
    number_format: str = ""
    hover: str = ""
    link: str | None = None
    figure: FigureKey | None = None
    tone: str = ""


Row = tuple[Cell, ...]


class RowsOnDemand(Sequence[Row]):
    """Rows of things, each made when it is first looked at: of a long table a page shows a sheet alone."""

    def __init__(self, things: Sequence[Thing], make: Callable[[Thing], Row]) -> None:
        self._things = things
        self._make: Callable[[Any], Row] = make
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self._things)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        places = range(len(self))[at]
        return self._find(places) if isinstance(places, int) else tuple(map(self._find, places))

    def _find(self, place: int) -> Row:
        if place not in self._made:
            self._made[place] = self._make(self._things[place])
        return self._made[place]


@dataclass(frozen=True)
class ShownTable:
    """A named table with its rows in the order shown; `definitions` say which codes it holds, by which version."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    note: str = ""
    total: Row | None = None
    definitions: tuple[tuple[str, int], ...] = ()
    sorted_by: str | None = None
    is_descending: bool = False

    def column(self, key: str) -> int:
        """The place of a column; raises KeyError when there is none."""
        for place, column in enumerate(self.columns):
            if column.key == key:
                return place
        raise KeyError(key)

    def sort(self, key: str, is_descending: bool) -> "ShownTable":
        """The same rows ordered by a column; what has no value comes last either way."""
        place = self.column(key)
        known = [row for row in self.rows if row[place].value is not None]
        unknown = [row for row in self.rows if row[place].value is None]
        known.sort(key=lambda row: _rank(row[place].value), reverse=is_descending)
        return replace(self, rows=(*known, *unknown), sorted_by=key, is_descending=is_descending)


def _rank(value: Value) -> tuple[int, Fraction | str]:
    """Numbers before words; days by their number."""
    if isinstance(value, date):
        return 0, Fraction(value.toordinal())
    if isinstance(value, int | Fraction):
        return 0, Fraction(value)
    return 1, str(value)
