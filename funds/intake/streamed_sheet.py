"""A worksheet whose rows are made while the file is written, so that no number of them fills the memory."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from funds.intake.addresses import name_column

# Excel keeps this many digits of a number; what has more is written as text.
EXCEL_DIGITS = 15
_DAY_ZERO = date(1899, 12, 30).toordinal()
_ROWS_AT_ONCE = 500
Value = str | Decimal | date | None
# What stands in a row's cell, as a number ready to be written, or as a value of which the sheet makes one.
Read = Callable[[Any], Value | float]


class StreamedSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet with a header written as usual, and rows below that come one by one."""

    def __init__(self) -> None:
        super().__init__()
        self._items: Iterable[Any] = ()
        self._columns: Sequence[tuple[Read, Format]] = ()
        self._first = 0

    def stream(self, first: int, items: Sequence[Any], columns: Sequence[tuple[Read, Format]]) -> None:
        """Write a row for each item from row `first` (from 0) on; each column reads its cell from the item."""
        self._first, self._items, self._columns = first, items, columns
        if items:
            self._check_dimensions(first + len(items) - 1, len(columns) - 1)

    def _write_rows(self) -> None:
        super()._write_rows()
        columns = [
            (name_column(index), read, f' s="{style._get_xf_index()}"')
            for index, (read, style) in enumerate(self._columns)
        ]
        number, items = self._first, iter(self._items)
        while piece := list(islice(items, _ROWS_AT_ONCE)):
            rows = []
            for item in piece:
                number += 1
                cells = [
                    self._make_cell(f'<c r="{letter}{number}"{style}', value)
                    for letter, read, style in columns
                    if (value := read(item)) is not None
                ]
                rows.append(f'<row r="{number}">{"".join(cells)}</row>')
            self.fh.write("".join(rows))

    def _make_cell(self, start: str, value: str | Decimal | date | float) -> str:
        """A text as text, a day as a day, a number as a number where Excel keeps all its digits."""
        if isinstance(value, float):
            return f"{start}><v>{value!r}</v></c>"
        if isinstance(value, date):
            return f"{start}><v>{value.toordinal() - _DAY_ZERO}</v></c>"
        if isinstance(value, Decimal):
            if len(value.normalize().as_tuple().digits) <= EXCEL_DIGITS:
                return f"{start}><v>{float(value)!r}</v></c>"
            value = f"{value:f}"
        if value.isalnum():
            return f'{start} t="inlineStr"><is><t>{value}</t></is></c>'
        text = self._escape_data(self._escape_control_characters(value))
        space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
        return f'{start} t="inlineStr"><is><t{space}>{text}</t></is></c>'
