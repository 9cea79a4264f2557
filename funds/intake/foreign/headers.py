"""Finds the lines in which a table's columns are titled: one line, or several that belong together."""

from collections.abc import Sequence
from dataclasses import dataclass

from funds.intake.cells import Cell
from funds.intake.foreign.concepts import find_meaning
from funds.intake.foreign.grids import Grid
from funds.intake.foreign.titles import Title, read_title
from funds.intake.totals import read_total_label

_LEAST_KNOWN = 2
_DEEPEST_HEADER = 3
_LONGEST_TITLE = 30


@dataclass(frozen=True)
class HeaderLines:
    """The rows from first to last (from 0) that title the columns, and what they title them."""

    first: int
    last: int
    titles: tuple[Title, ...]

    @property
    def titled(self) -> tuple[int, ...]:
        """The columns that have a title."""
        return tuple(place for place, title in enumerate(self.titles) if title.text)

    def cut(self, first: int, last: int) -> "HeaderLines":
        """Those of the columns from first to last."""
        return HeaderLines(self.first, self.last, self.titles[first : last + 1])


def find_header(grid: Grid, start: int, end: int) -> HeaderLines | None:
    """The first lines between two rows that look like a header, with what the merged cells over them say."""
    for row in range(start, end):
        if looks_like_header(grid.rows[row]):
            first = _climb(grid, row, start)
            last = _descend(grid, row, end)
            return HeaderLines(first, last, _read_titles(grid, first, last))
    return None


def looks_like_header(cells: Sequence[Cell]) -> bool:
    """Whether a row holds short words only, at least two of them of known meaning."""
    given = [cell for cell in cells if cell is not None]
    if not given or any(not isinstance(cell, str) or len(cell) > _LONGEST_TITLE for cell in given):
        return False
    texts = [str(cell) for cell in given]
    if any(read_total_label(text) for text in texts):
        return False
    known = sum(read_title([text]).meaning is not None for text in texts)
    return known >= _LEAST_KNOWN and 2 * known >= len(texts)


def _climb(grid: Grid, row: int, start: int) -> int:
    """Lines above belong to the header where their merged cells reach down to it, or stand side by side over it."""
    first = row
    while first > max(start, row - _DEEPEST_HEADER + 1):
        above = grid.rows[first - 1]
        given = [place for place, cell in enumerate(above) if cell is not None]
        spans = [span for span in grid.merged if span[0][0] <= first - 1 <= span[1][0]]
        # A title over the whole table is one cell, however far it reaches.
        is_group = len(given) > 1 and bool(spans) and all(isinstance(above[place], str) for place in given)
        if not is_group:
            break
        first -= 1
    return first


def _descend(grid: Grid, row: int, end: int) -> int:
    """Lines below belong to it as far as its merged cells reach, beside which they are words only."""
    reach = [
        bottom
        for (top, _), (bottom, _) in grid.merged
        if top <= row <= bottom and bottom - top < _DEEPEST_HEADER
    ]
    last = min(max([row, *reach]), end - 1)
    wide = any(top == row and right > left for (top, left), (_, right) in grid.merged)
    if last == row and wide and row + 1 < end and _is_words(grid.rows[row + 1]):
        last = row + 1
    return last


def _is_words(cells: Sequence[Cell]) -> bool:
    given = [cell for cell in cells if cell is not None]
    return bool(given) and all(
        isinstance(cell, str) and find_meaning(read_title([cell]).name) for cell in given
    )


def _read_titles(grid: Grid, first: int, last: int) -> tuple[Title, ...]:
    lines = [list(row) for row in grid.rows[first : last + 1]]
    for row, column, value, _ in grid.merged_values():
        if first <= row <= last:
            lines[row - first][column] = value
    return tuple(read_title(column) for column in zip(*lines, strict=True))
