"""Finds the tables in a sheet: one below or beside the other, turned on their side, under titles and units."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from funds.intake.cells import Cell
from funds.intake.foreign.bodies import Line, Sorted, sort_row
from funds.intake.foreign.grids import Grid
from funds.intake.foreign.headers import HeaderLines, find_header
from funds.intake.foreign.titles import Title, read_title, read_unit_line

_SEARCHED = 30  # rows without a header before a sheet counts as having none
_LEAST_TURNED = 3
_GROUPS = frozenset({"park", "fund", "manager"})
Cells = tuple[Cell, ...]
_EXIT = {"amount": "exit_amount", "kind": "exit_kind"}


@dataclass(frozen=True)
class FoundColumn:
    """A column of a table: where it stands in the grid, its title, what it holds, and its unit in fen."""

    index: int
    title: Title
    concept: str | None
    unit: int | None
    is_filled: bool = False  # blanks below a value mean that value


@dataclass(frozen=True)
class FoundRow:
    """A row of data: its place in the grid (from 0), its cells by column of the table, which were filled in."""

    row: int
    cells: tuple[Cell, ...]
    filled: frozenset[int] = frozenset()


@dataclass(frozen=True)
class FoundTable:
    """A table: its columns, its rows of data, its totals as they stand, and the words around it."""

    grid: Grid
    header: HeaderLines
    columns: tuple[FoundColumn, ...]
    rows: tuple[FoundRow, ...]
    totals: tuple[tuple[Sorted, tuple[Cell, ...]], ...] = ()
    order: tuple[Sorted, ...] = ()
    remarks: tuple[tuple[int, str], ...] = ()
    heading: tuple[str, ...] = ()
    unit: int | None = None

    def where(self, row: int, column: int) -> str:
        """The place in the file of a column of the table in a row of the grid."""
        return self.grid.where(row, self.columns[column].index)

    @property
    def corner(self) -> str:
        """The place in the file of its first title."""
        return self.where(self.header.first, 0)

    def find(self, concept: str) -> int | None:
        """The first column that holds something."""
        return next((at for at, column in enumerate(self.columns) if column.concept == concept), None)


def find_tables(grid: Grid) -> list[FoundTable]:
    """All tables of a sheet, from the top; where no row is a header, columns are tried as rows."""
    found = list(_find_upright(grid))
    if found or grid.is_turned:
        return found
    turned = grid.turned()
    return [table for table in _find_upright(turned) if len(table.columns) >= _LEAST_TURNED]


def _find_upright(grid: Grid, start: int = 0, stop: int | None = None) -> Iterator[FoundTable]:
    heading_from, end = start, len(grid.rows) if stop is None else stop
    while start < end:
        header = find_header(grid, start, min(end, start + _SEARCHED))
        if header is None:
            return
        below, order = _sort_body(grid, header, end)
        above = range(heading_from, header.first)
        spans = list(_split_columns(grid, header, order))
        if len(spans) == 1:
            yield _read_table(grid, header, order, [grid.rows[row] for row in above])
        else:
            below = _find_strips_end(grid, header, spans, range(below, end))
            for span in spans:
                heading = [_cut_heading(grid.rows[row], span, spans) for row in above]
                yield from _find_beside(grid.cut(*span), header.cut(*span), heading, below)
        start = heading_from = below


def _find_strips_end(grid: Grid, header: HeaderLines, spans: list[tuple[int, int]], rows: range) -> int:
    """Where tables side by side end: at a header over more than one of them, not at a second table of one of them."""
    for row in rows:
        cells = grid.rows[row]
        touched = sum(any(cell is not None for cell in cells[first : last + 1]) for first, last in spans)
        if touched > 1 and sort_row(row, cells, header).line is Line.NEW_HEADER:
            return row
    return rows.stop


def _find_beside(part: Grid, header: HeaderLines, above: list[Cells], end: int) -> Iterator[FoundTable]:
    """A table beside others, whose rows are judged without theirs, and what stands below it."""
    below, order = _sort_body(part, header, end)
    yield _read_table(part, header, order, above)
    yield from _find_upright(part, below, end)


def _cut_heading(cells: Cells, span: tuple[int, int], spans: list[tuple[int, int]]) -> Cells:
    """What a line above tables side by side says of one of them: its own words, or what is said of all."""
    own = [any(cell is not None for cell in cells[first : last + 1]) for first, last in spans]
    return cells[span[0] : span[1] + 1] if sum(own) > 1 else cells


def _sort_body(grid: Grid, header: HeaderLines, end: int) -> tuple[int, tuple[Sorted, ...]]:
    """Every row below the header up to the next table's."""
    order: list[Sorted] = []
    for row in range(header.last + 1, end):
        line = sort_row(row, grid.rows[row], header)
        if line.line is Line.NEW_HEADER:
            return row, tuple(order)
        order.append(line)
    return end, tuple(order)


def _split_columns(grid: Grid, header: HeaderLines, order: tuple[Sorted, ...]) -> Iterator[tuple[int, int]]:
    """The ranges of columns that are tables of their own: an empty column between, and enough titles on each side."""
    data = [grid.rows[line.row] for line in order if line.line is Line.DATA]
    empty = [
        column
        for column in range(grid.width)
        if not header.titles[column].text and all(row[column] is None for row in data)
    ]
    edges = [-1, *empty, grid.width]
    parts = [(left + 1, right - 1) for left, right in pairwise(edges) if right - left > 1]
    known = [
        sum(header.titles[column].meaning is not None for column in range(first, last + 1))
        for first, last in parts
    ]
    if len(parts) > 1 and min(known) > 1:
        yield from parts
    else:
        yield 0, grid.width - 1


def _read_table(grid: Grid, header: HeaderLines, order: tuple[Sorted, ...], above: list[Cells]) -> FoundTable:
    lines = [cell for row in above for cell in row if isinstance(cell, str)]
    unit = next((unit for row in above if (unit := read_unit_line(row))), None)
    columns = _name_columns(header, unit)
    data = [line.row for line in order if line.line is Line.DATA]
    rows, columns = _fill_down(grid, columns, data)
    totals = tuple(
        (line, tuple(grid.rows[line.row][column.index] for column in columns))
        for line in order
        if line.line is Line.TOTAL
    )
    remarks = tuple(
        (line.row, " ".join(str(cell) for cell in grid.rows[line.row] if cell is not None))
        for line in order
        if line.line is Line.REMARK
    )
    return FoundTable(grid, header, columns, rows, totals, order, remarks, tuple(dict.fromkeys(lines)), unit)


def _name_columns(header: HeaderLines, unit: int | None) -> tuple[FoundColumn, ...]:
    """Each column with what it holds; an amount behind a date of exit is one of exit."""
    columns: list[FoundColumn] = []
    is_exit = False
    for index, title in enumerate(header.titles):
        concept = title.concept
        is_exit = concept == "exit_date" or (is_exit and concept not in {"paid_on", "received_on"})
        if is_exit and concept in _EXIT:
            concept = _EXIT[concept]
        columns.append(FoundColumn(index, title, concept, title.unit or unit))
    return tuple(columns)


def _fill_down(
    grid: Grid, columns: tuple[FoundColumn, ...], data: list[int]
) -> tuple[tuple[FoundRow, ...], tuple[FoundColumn, ...]]:
    """Rows with what merged cells, and groups written once above their rows, mean for each of them."""
    merged = {
        (row, column): value
        for row, column, value, ((top, left), (bottom, right)) in grid.merged_values()
        if left == right and bottom > top
    }
    grouped = {
        at
        for at, column in enumerate(columns)
        if column.concept in _GROUPS and _is_group(grid, column.index, data)
    }
    rows: list[FoundRow] = []
    last: dict[int, Cell] = {}
    for row in data:
        cells: list[Cell] = []
        filled: set[int] = set()
        for at, column in enumerate(columns):
            cell = grid.rows[row][column.index]
            if cell is None and (row, column.index) in merged:
                cell = merged[row, column.index]
                filled.add(at)
            elif cell is None and at in grouped and last.get(at) is not None:
                cell = last[at]
                filled.add(at)
            last[at] = cell
            cells.append(cell)
        if any(cell is not None for at, cell in enumerate(cells) if at not in filled):
            rows.append(FoundRow(row, tuple(cells), frozenset(filled)))
    named = tuple(replace(column, is_filled=at in grouped) for at, column in enumerate(columns))
    return tuple(rows), named


def _is_group(grid: Grid, index: int, data: list[int]) -> bool:
    """Whether a column names groups: written in the first row, and left blank in half of the others or more."""
    given = [grid.rows[row][index] is not None for row in data]
    return len(given) > 2 and given[0] and 2 * sum(given) <= len(given)


def describe_heading(table: FoundTable) -> str:
    """The words above a table, for whoever asks which it is."""
    return " · ".join(table.heading) or read_title([table.grid.title]).text
