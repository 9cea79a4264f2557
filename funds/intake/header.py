"""Finds a sheet's header and matches its titles with the template's columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from funds.intake.addresses import name_column
from funds.intake.cells import Cell, Reader, make_reader
from funds.intake.columns import Column, Kind, Sheet
from funds.money import Unit, unit_of
from funds.numerals import fold_width
from funds.problems import Problem, fatal, warning

# A title or a remark may stand above the header, but not more than this.
DEEPEST = 10
_LEAST_KNOWN = 2
_BRACKETED = re.compile(r"(.+?)\(([^()]*)\)")


@dataclass(frozen=True)
class Placed:
    """A template's column where it stands in this sheet."""

    column: Column
    index: int
    letter: str
    read: Reader
    unit: Unit = Unit.WAN


@dataclass(frozen=True)
class Header:
    """The header's row (from 1), its columns, what is wrong with it, and whether its rows can be drafts."""

    row: int
    placed: tuple[Placed, ...]
    letters: dict[str, str] = field(default_factory=dict)
    titled: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = ()
    is_complete: bool = False


@dataclass(frozen=True)
class _Title:
    """A title as typed: its name, and what stood behind it in brackets."""

    name: str
    bracket: str


def find_header(sheet: Sheet, rows: Sequence[Sequence[Cell]]) -> int | None:
    """Which of the first rows holds at least two of the sheet's titles."""
    known = _columns_by_title(sheet)
    for place, row in enumerate(rows[:DEEPEST]):
        if sum(read_title(cell).name in known for cell in row if isinstance(cell, str)) >= _LEAST_KNOWN:
            return place
    return None


def match_header(sheet: Sheet, cells: Sequence[Cell], row: int) -> Header:
    """The header that stands in `row`: unknown, double and missing titles are problems."""
    known = _columns_by_title(sheet)
    placed: dict[str, Placed] = {}
    problems: list[Problem] = []
    meant: set[str] = set()
    for index, cell in enumerate(cells):
        if cell is None:
            continue
        where = f"{sheet.title}!{name_column(index)}{row}"
        title = read_title(cell)
        column = known.get(title.name)
        if column is None:
            nearest = _nearest_title(title.name, sheet)
            meant.add(nearest)
            problems.append(_unknown_title(str(cell), nearest, sheet, where))
        elif column.title in placed:
            problems.append(fatal("import.duplicate_header", where, column=column.title))
        else:
            unit, doubts = _find_unit(column, title.bracket, where)
            problems.extend(doubts)
            placed[column.title] = Placed(column, index, name_column(index), make_reader(column, unit), unit)
    problems.extend(
        fatal("import.missing_header", f"{sheet.title}!A{row}", column=column.title)
        for column in sheet.columns
        if column.required and column.title not in placed and column.title not in meant
    )
    has_all = all(column.title in placed for column in sheet.columns if column.required)
    has_units = all(problem.code != "import.unknown_unit" for problem in problems)
    letters = {name: found.letter for found in placed.values() for name in found.column.fields}
    titled = frozenset(index for index, cell in enumerate(cells) if cell is not None)
    return Header(row, tuple(placed.values()), letters, titled, tuple(problems), has_all and has_units)


def _columns_by_title(sheet: Sheet) -> dict[str, Column]:
    return {read_title(column.title).name: column for column in sheet.columns}


def read_title(cell: Cell) -> _Title:
    """Full width, spaces and the asterisk do not matter; a bracket at the end holds the unit."""
    text = re.sub(r"[\s*]", "", fold_width(str(cell)))
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed is None:
        return _Title(text, "")
    if bracketed[2] == "%":
        return _Title(f"{bracketed[1]}%", "")
    return _Title(bracketed[1], bracketed[2])


def _nearest_title(name: str, sheet: Sheet) -> str:
    """The title that was probably meant, or nothing."""
    return next(iter(get_close_matches(name, [column.title for column in sheet.columns], n=1)), "")


def _unknown_title(text: str, nearest: str, sheet: Sheet, where: str) -> Problem:
    if nearest:
        return fatal("import.misspelt_header", where, column=text, nearest=nearest)
    titles = "、".join(column.title for column in sheet.columns)
    return fatal("import.unknown_header", where, column=text, columns=titles)


def _find_unit(column: Column, bracket: str, where: str) -> tuple[Unit, list[Problem]]:
    """The unit of a column of amounts; 万元, with a warning, where its header names none."""
    unit = unit_of(bracket)
    if column.kind is not Kind.MONEY or unit:
        return unit or Unit.WAN, []
    if bracket:
        return Unit.WAN, [fatal("import.unknown_unit", where, column=column.title, unit=bracket)]
    return Unit.WAN, [warning("import.unit_assumed", where, column=column.title, unit=Unit.WAN.label)]
