"""Reads one sheet of the template to drafts, problems, totals, and the codes of rows that failed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from funds.drafts import Draft
from funds.intake.addresses import name_column
from funds.intake.blocks import BLOCK, read_block
from funds.intake.cells import Sent, decode_cell, list_codes
from funds.intake.columns import Sheet
from funds.intake.header import DEEPEST, Header, find_header, match_header
from funds.intake.parts import MOST_ROWS
from funds.intake.rows import RowReader
from funds.problems import Problem, fatal, warning

# One fault pasted down a whole column is not worth a hundred thousand lines.
MOST_PROBLEMS = 1000
_SHOWN_ROWS = 10

Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class SheetShape:
    """What the parser said of a sheet besides its values; rows and columns count from 0."""

    merged: Sequence[Range] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    calculated: int = 0


@dataclass(frozen=True)
class SheetReading:
    """A sheet as read: drafts, problems, and `known_total` where every amount could be read.

    `refused` holds what could be read of faulty rows, `suspects` the texts of rows that could not be placed.
    """

    title: str
    draft_type: type[Draft]
    drafts: tuple[Draft, ...] = ()
    rows_read: int = 0
    total_fen: int = 0
    known_total: int | None = None
    suspects: frozenset[str] = frozenset()
    refused: tuple[Mapping[str, object], ...] = ()
    problems: tuple[Problem, ...] = ()


def read_sheet(sheet: Sheet, shape: SheetShape, rows: Iterable[Sequence[Sent]]) -> SheetReading:
    """Find the header among the first rows, then read all below it."""
    rows = iter(rows)
    top = list(islice(rows, DEEPEST))
    decoded = [[decode_cell(sent) for sent in row] for row in top]
    place = find_header(sheet, decoded)
    if place is None:
        return _refuse_rows(sheet, chain(top, rows))
    header = match_header(sheet, decoded[place], place + 1)
    reader = RowReader(sheet, header, _rows_within(shape.merged, header))
    below, number = chain(top[place + 1 :], rows), header.row + 1
    while block := list(islice(below, BLOCK)):
        read_block(reader, number, block)
        number += len(block)
    problems = [
        *header.problems,
        *_describe_shape(sheet, header, shape, reader),
        *reader.problems,
        *reader.sums.check(),
    ]
    total = reader.sums.whole.get(sheet.total or "", 0)
    return SheetReading(
        title=sheet.title,
        draft_type=sheet.draft_type,
        drafts=tuple(reader.drafts),
        rows_read=reader.rows_read,
        total_fen=total,
        known_total=None if sheet.total in reader.sums.broken or not header.is_complete else total,
        suspects=frozenset(reader.suspects),
        refused=tuple(reader.refused),
        problems=tuple(_cut_short(sheet, problems)),
    )


def _refuse_rows(sheet: Sheet, rows: Iterable[Sequence[Sent]]) -> SheetReading:
    """A sheet without a header that can be understood."""
    texts = frozenset(code for row in rows for code in list_codes(row))
    columns = "、".join(column.title for column in sheet.columns)
    problems = (fatal("import.no_header", f"{sheet.title}!A1", columns=columns),) if texts else ()
    return SheetReading(sheet.title, sheet.draft_type, suspects=texts, problems=problems)


def _rows_within(merged: Sequence[Range], header: Header) -> frozenset[int]:
    """The rows of data (from 1) that merged cells touch."""
    touched: set[int] = set()
    reached = header.row
    for (first, _), (last, _) in sorted(merged):
        touched.update(range(max(first, reached) + 1, min(last + 1, MOST_ROWS) + 1))
        reached = max(reached, last + 1)
    return frozenset(touched)


def _describe_shape(sheet: Sheet, header: Header, shape: SheetShape, reader: RowReader) -> list[Problem]:
    """Merged cells are refused; what is hidden or calculated is taken, with a warning."""
    problems: list[Problem] = []
    for (first, left), (last, right) in shape.merged:
        if last + 1 >= header.row:
            start, end = f"{name_column(left)}{first + 1}", f"{name_column(right)}{last + 1}"
            problems.append(fatal("import.merged", f"{sheet.title}!{start}", range=f"{start}:{end}"))
    hidden = [row + 1 for row in shape.hidden_rows if header.row < row + 1 <= reader.last_row]
    if hidden:
        shown = "、".join(map(str, hidden[:_SHOWN_ROWS])) + ("…" if len(hidden) > _SHOWN_ROWS else "")
        problems.append(
            warning("import.hidden_rows", f"{sheet.title}!A{hidden[0]}", rows=shown, count=len(hidden))
        )
    for placed in header.placed:
        if placed.index in shape.hidden_columns:
            where = f"{sheet.title}!{placed.letter}{header.row}"
            problems.append(warning("import.hidden_column", where, column=placed.column.title))
    if reader.keyless and sheet.key:
        problems.append(warning("import.keyless", f"{sheet.title}!A{header.row}", count=reader.keyless))
    if shape.calculated:
        problems.append(warning("import.calculated", f"{sheet.title}!A1", count=shape.calculated))
    return problems


def _cut_short(sheet: Sheet, problems: list[Problem]) -> list[Problem]:
    """All problems, or the first thousand and how many more there are."""
    excess = len(problems) - MOST_PROBLEMS
    if excess <= 0:
        return problems
    return [*problems[:MOST_PROBLEMS], fatal("import.more_problems", f"{sheet.title}!A1", count=excess)]
