"""Reads many rows of a sheet at once: plain ones column by column, whatever is special about a row on its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from funds.drafts import Place
from funds.faults import ValueFault
from funds.intake.cells import BLANK, CODE_LENGTH, Reader, Sent
from funds.intake.columns import Kind
from funds.intake.examples import EXAMPLE_MARK
from funds.intake.header import Placed
from funds.intake.rows import RowReader
from funds.intake.totals import TOTAL_SIGN
from funds.money import MOST_FEN

BLOCK = 2000
_FAULTY = object()
Columns = Mapping[str, Sequence[object]]


@dataclass(frozen=True)
class _Block:
    """Rows read column by column, and the places of those that `RowReader` must look at one by one."""

    values: Columns
    special: frozenset[int]


def read_block(reader: RowReader, number: int, rows: Sequence[Sequence[Sent]]) -> None:
    """Take rows, the first of them with its number; the same comes of it as of taking one after another."""
    block = _read_columns(reader, number, rows)
    start = 0
    for stop in (*sorted(block.special), len(rows)) if block else range(len(rows)):
        if block and start < stop:
            _take_run(reader, number, block.values, range(start, stop))
        if stop < len(rows):
            reader.read_row(number + stop, rows[stop])
        start = stop + 1


def _read_columns(reader: RowReader, number: int, rows: Sequence[Sequence[Sent]]) -> _Block | None:
    """The rows by column; nothing where a column without a title, or of two fields, needs more than that."""
    header = reader.header
    if not header.is_complete or {*map(len, rows)} != {len(header.titled)}:
        return None
    if any(placed.column.kind is Kind.FIGURE_OR_WORDS for placed in header.placed):
        return None
    cells = list(zip(*rows, strict=True))
    special = (
        {place for place in range(len(rows)) if number + place in reader.merged} if reader.merged else set()
    )
    special.update(_find_unlike(cells, header.placed))
    values: dict[str, Sequence[object]] = {}
    for placed in header.placed:
        read = _read_column(placed, cells[placed.index])
        unfit = (_FAULTY, BLANK) if placed.column.required else (_FAULTY,)
        special.update(
            place for sign in unfit if sign in read for place, value in enumerate(read) if value is sign
        )
        values[placed.column.field] = read
    return _Block(values, frozenset(special))


def _find_unlike(cells: Sequence[Sequence[Sent]], placed: Sequence[Placed]) -> Iterator[int]:
    """Rows that may be empty, a total or the example: what stands first in them is looked at."""
    firsts = list(cells[0])
    for column in cells[1:]:
        if "" not in firsts:
            break
        firsts = [first if first != "" else sent for first, sent in zip(firsts, column, strict=True)]
    for place, first in enumerate(firsts):
        if isinstance(first, str) and (TOTAL_SIGN in first or not first.strip()):
            yield place
    for found in placed[:2]:
        for place, sent in enumerate(cells[found.index]):
            if isinstance(sent, str) and EXAMPLE_MARK in sent:
                yield place


def _read_column(placed: Placed, cells: Sequence[Sent]) -> list[object]:
    """What the cells of a column say; each text or number is read but once."""
    kinds = {*map(type, cells)}
    if placed.column.kind is Kind.MONEY and kinds == {float}:
        return _read_amounts(placed, cells)
    if placed.column.kind is Kind.CODE and kinds == {str} and _are_plain_codes(cells):
        return [sent or BLANK for sent in cells]
    if bool in kinds:  # as keys True and 1.0 are one
        return [_read(placed.read, sent) for sent in cells]
    known = {sent: _read(placed.read, sent) for sent in {*cells}}
    return [known[sent] for sent in cells]


def _are_plain_codes(cells: Sequence[Sent]) -> bool:
    """Whether texts are codes as they stand: no sign among them that reading would drop, fold or refuse."""
    texts = [str(sent) for sent in cells]
    joined = "".join(texts)
    is_plain = joined.isascii() and joined.isprintable() and " " not in joined and "#" not in joined
    return is_plain and max(map(len, texts)) <= CODE_LENGTH


def _read_amounts(placed: Placed, cells: Sequence[Sent]) -> list[object]:
    """Numbers as `parse_money` reads them, where that is plain: the double nearest to an amount stands for it."""
    unit = int(placed.unit)
    return [
        fen
        if isinstance(sent, float)
        and 0 < sent * unit < MOST_FEN
        and (fen := round(sent * unit)) / unit == sent
        else _read(placed.read, sent)
        for sent in cells
    ]


def _read(read: Reader, sent: Sent) -> object:
    try:
        return read(sent)
    except ValueFault:
        return _FAULTY


def _take_run(reader: RowReader, number: int, values: Columns, run: range) -> None:
    """Make drafts of rows without any fault."""
    part = {field: column[run.start : run.stop] for field, column in values.items()}
    for placed in reader.header.placed:
        if placed.column.kind is Kind.MONEY:
            amounts = part[placed.column.field]
            reader.sums.add(placed.column.field, sum(fen for fen in amounts if isinstance(fen, int)))
    reader.rows_read += len(run)
    reader.last_row = number + run.stop - 1
    before = len(reader.drafts)
    defaults = {one.name: one.default for one in fields(reader.sheet.draft_type)}
    filled = [
        [defaults[field] if value is BLANK else value for value in column] if BLANK in column else column
        for field, column in part.items()
    ]
    make, title, letters = reader.sheet.draft_type, reader.sheet.title, reader.header.letters
    reader.drafts.extend(
        make(place=Place(title, row, letters), **dict(zip(part, said, strict=True)))
        for row, said in enumerate(zip(*filled, strict=True), number + run.start)
    )
    _note_twins(reader, number + run.start, before, part)


def _note_twins(reader: RowReader, number: int, before: int, part: Columns) -> None:
    """Look for rows that repeat an earlier one; `before` drafts were there before this run."""
    columns = [part.get(name) for name in reader.sheet.key]
    length = len(next(iter(part.values())))
    said = [[BLANK] * length if column is None else column for column in columns]
    keys = zip(*said, strict=True) if said else ((),) * length
    for place, key in enumerate(keys):
        given = tuple(None if value is BLANK else value for value in key) if BLANK in key else key
        has_key = any(value is not None for value in given)
        first = reader.find_first(given, before + place) if has_key else None
        if not has_key or first is not None:
            values = {name: column[place] for name, column in part.items() if column[place] is not BLANK}
            reader.note_twin(number + place, before + place, values)
