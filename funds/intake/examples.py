"""The example line of each sheet, and the mark that keeps it from ever being read as data."""

from collections.abc import Mapping, Sequence

from funds.faults import ValueFault
from funds.intake.cells import Sent
from funds.intake.columns import Sheet
from funds.intake.header import Placed

EXAMPLE_MARK = "【示例】"


def example_line(sheet: Sheet) -> dict[str, str | int | float]:
    """The example's cells by column title; the mark stands in every column up to the first required one."""
    line = {column.title: column.example for column in sheet.columns if column.example != ""}
    first_required = next(place for place, column in enumerate(sheet.columns) if column.required)
    for column in sheet.columns[: first_required + 1]:
        line[column.title] = f"{EXAMPLE_MARK}{column.example}"
    return line


def is_example(placed: Sequence[Placed], row: Sequence[Sent]) -> bool:
    """Whether one of the sheet's first two columns carries the mark."""
    for found in placed[:2]:
        sent = row[found.index]
        if isinstance(sent, str) and sent.lstrip().startswith(EXAMPLE_MARK):
            return True
    return False


def find_change(
    placed: Sequence[Placed], row: Sequence[Sent], example: Mapping[str, str | int | float]
) -> Placed | None:
    """The first column in which somebody wrote over the example line."""
    for found in placed:
        if not _is_same(found, row[found.index], example.get(found.column.title, "")):
            return found
    return None


def _is_same(placed: Placed, sent: Sent, example: str | int | float) -> bool:
    try:
        return sent == example or placed.read(sent) == placed.read(example)
    except ValueFault:
        return False
