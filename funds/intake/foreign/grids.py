"""A sheet as it stands, before anybody knows what it means: cells by row, merged ranges, what is hidden."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from funds.intake.addresses import name_column
from funds.intake.cells import Cell

Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Grid:
    """Rows and columns from 0, all rows of one width; `is_turned` where rows and columns changed places."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    is_turned: bool = False
    calculated: int = 0
    left: int = field(default=0)  # how many columns of the sheet stand before this part of it

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def where(self, row: int, column: int) -> str:
        """`台账!C14`: the cell's place in the file that was sent."""
        column += self.left
        if self.is_turned:
            row, column = column, row
        return f"{self.title}!{name_column(column)}{row + 1}"

    def turned(self) -> "Grid":
        """The same with rows and columns in each other's place."""
        return Grid(
            self.title,
            tuple(zip(*self.rows, strict=True)),
            tuple(((left, top), (right, bottom)) for (top, left), (bottom, right) in self.merged),
            self.hidden_columns,
            self.hidden_rows,
            self.is_hidden,
            not self.is_turned,
            self.calculated,
        )

    def cut(self, first: int, last: int) -> "Grid":
        """The columns from first to last, as a sheet of its own."""
        merged = tuple(
            ((top, max(left, first) - first), (bottom, min(right, last) - first))
            for (top, left), (bottom, right) in self.merged
            if left <= last and right >= first
        )
        hidden = frozenset(column - first for column in self.hidden_columns if first <= column <= last)
        rows = tuple(row[first : last + 1] for row in self.rows)
        return Grid(
            self.title,
            rows,
            merged,
            self.hidden_rows,
            hidden,
            self.is_hidden,
            self.is_turned,
            self.calculated,
            self.left + first,
        )

    def merged_values(self) -> Iterator[tuple[int, int, Cell, Range]]:
        """The cells that a merged range covers beside its first, with what stands in that."""
        height = len(self.rows)
        for span in self.merged:
            (top, left), (bottom, right) = span
            if top >= height or left >= self.width:
                continue
            value = self.rows[top][left]
            for row in range(top, min(bottom, height - 1) + 1):
                for column in range(left, min(right, self.width - 1) + 1):
                    if (row, column) != (top, left):
                        yield row, column, value, span


def make_rows(rows: Iterable[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of one width, without what is empty behind the last one."""
    gathered = [tuple(row) for row in rows]
    while gathered and all(cell is None for cell in gathered[-1]):
        gathered.pop()
    width = max((len(row) for row in gathered), default=0)
    return tuple(row + (None,) * (width - len(row)) for row in gathered)
