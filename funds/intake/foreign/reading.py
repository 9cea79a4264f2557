"""Reads whatever file an office sends to the tables that stand in it, or says why it must not be opened."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from funds.intake.archive import check_archive
from funds.intake.cells import Cell, Unusable, decode_cell
from funds.intake.foreign.grids import Grid, make_rows
from funds.intake.foreign.tables import FoundTable, find_tables
from funds.intake.our_sheets import OUR_SHEETS
from funds.intake.parsing import parse_workbook
from funds.problems import Problem, Severity, fatal, only_fatal, warning

# No workbooks, yet their tables can be read.
_LEGIBLE = {"import.text_file", "import.html"}
_SHOWN = 10
Parse = Callable[[bytes], Iterator[dict[str, Any]]]


@dataclass(frozen=True)
class ForeignReading:
    """A file that is not of the template: itself, the tables found in it, and what is to be said of it."""

    name: str
    sha256: str
    size: int
    content: bytes = field(repr=False)
    tables: tuple[FoundTable, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_legible(self) -> bool:
        """Whether tables were found and nothing fatal was said."""
        return bool(self.tables) and all(one.severity is not Severity.FATAL for one in self.problems)


def read_foreign(name: str, content: bytes, parse: Parse | None = None) -> ForeignReading:
    """Read a workbook of any layout, a text file with separated values, or a page that passes for a workbook.

    `parse` may be watched over; what the program itself put into a copy is passed over.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    refusal = check_archive(content)
    if refusal and refusal.code not in _LEGIBLE:
        return ForeignReading(name, sha256, len(content), content, problems=(refusal,))
    problems: list[Problem] = []
    tables: list[FoundTable] = []
    for grid in gather_grids((parse or parse_workbook)(content), problems):
        if grid.title in OUR_SHEETS:
            continue
        if grid.is_hidden:
            problems.append(warning("foreign.hidden_sheet", f"{grid.title}!A1", sheet=grid.title))
            continue
        found = find_tables(grid)
        tables.extend(found)
        problems.extend(describe_grid(grid, found))
    if not only_fatal(problems) and not any(table.rows for table in tables):
        problems.append(fatal("foreign.no_rows" if tables else "foreign.no_table"))
    return ForeignReading(name, sha256, len(content), content, tuple(tables), tuple(problems))


def gather_grids(lines: Iterable[dict[str, Any]], problems: list[Problem]) -> Iterator[Grid]:
    """Each sheet that the child told; its problems are added to those given."""
    sheet: dict[str, Any] | None = None
    rows: list[list[Cell]] = []
    for line in lines:
        if "rows" in line:
            rows.extend([decode_cell(sent) for sent in row] for row in line["rows"])
        elif "problem" in line:
            told = line["problem"]
            problems.append(Problem(told["code"], told["where"], params=told["params"]))
        else:
            if sheet is not None:
                yield _make_grid(sheet, rows)
            sheet, rows = (line if "sheet" in line else None), []
    if sheet is not None:
        yield _make_grid(sheet, rows)


def describe_grid(grid: Grid, tables: list[FoundTable]) -> Iterator[Problem]:
    """What of a sheet its sender should know: hidden rows, formulas without values, error cells, no table."""
    if not tables and any(cell is not None for row in grid.rows for cell in row):
        yield warning("foreign.sheet_without_table", f"{grid.title}!A1", sheet=grid.title)
    hidden = sorted(row + 1 for row in grid.hidden_rows if row < len(grid.rows) and any(grid.rows[row]))
    if hidden and tables:
        shown = "、".join(map(str, hidden[:_SHOWN])) + ("…" if len(hidden) > _SHOWN else "")
        yield warning("import.hidden_rows", f"{grid.title}!A{hidden[0]}", rows=shown, count=len(hidden))
    if grid.calculated:
        yield warning("import.calculated", f"{grid.title}!A1", count=grid.calculated)
    for table in tables:
        for line in table.rows:
            for at, cell in enumerate(line.cells):
                if isinstance(cell, Unusable):
                    column = table.columns[at].title.text or table.where(line.row, at)
                    yield fatal(cell.code, table.where(line.row, at), column=column, text=cell.text)


def _make_grid(sheet: dict[str, Any], rows: list[list[Cell]]) -> Grid:
    merged = tuple(((top, left), (bottom, right)) for (top, left), (bottom, right) in sheet["merged"])
    return Grid(
        sheet["sheet"],
        make_rows(rows),
        merged,
        frozenset(sheet["hidden_rows"]),
        frozenset(sheet["hidden_columns"]),
        sheet["is_hidden"],
        calculated=sheet["calculated"],
    )
