"""What in a table's rows is probably a slip: a row typed twice, a part larger than its whole."""

from collections.abc import Iterator

from funds.faults import ValueFault
from funds.intake.foreign.amounts import read_amount
from funds.intake.foreign.tables import FoundRow, FoundTable
from funds.money import Unit, format_fen
from funds.problems import Problem, warning

# A part and the wholes of which it is one.
_PARTS = {"fiscal": ("paid_in", "committed"), "social": ("paid_in", "committed"), "paid_in": ("committed",)}


def describe_doubts(table: FoundTable) -> Iterator[Problem]:
    """Every doubt about the rows of a table, each at its cell."""
    yield from _describe_repeats(table)
    for row in table.rows:
        for part, wholes in _PARTS.items():
            for whole in wholes:
                yield from _compare(table, row, part, whole)


def _describe_repeats(table: FoundTable) -> Iterator[Problem]:
    """Rows that repeat an earlier one word for word: two payments, or one typed twice?"""
    seen: dict[tuple[object, ...], int] = {}
    for row in table.rows:
        first = seen.setdefault(row.cells, row.row)
        if first != row.row:
            where = table.grid.where(row.row, table.columns[0].index)
            yield warning("foreign.repeated_row", where, row=row.row + 1, first=first + 1)


def _compare(table: FoundTable, row: FoundRow, part: str, whole: str) -> Iterator[Problem]:
    at, over = table.find(part), table.find(whole)
    if at is None or over is None:
        return
    try:
        small = read_amount(row.cells[at], table.columns[at].unit)
        large = read_amount(row.cells[over], table.columns[over].unit)
    except ValueFault:
        return
    if small and large and small.currency == large.currency and small.fen > large.fen:
        yield warning(
            "foreign.part_exceeds_whole",
            table.where(row.row, at),
            part=table.columns[at].title.text,
            whole=table.columns[over].title.text,
            amount=format_fen(small.fen, Unit.WAN),
            limit=format_fen(large.fen, Unit.WAN),
        )
