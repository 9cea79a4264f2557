"""A shown table as a workbook: the same columns, rows and order, exact values, and a footer that says what it is."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from io import BytesIO

import xlsxwriter

from dashboard.reports.as_workbook import OPTIONS
from dashboard.tables.shown import Cell, Row, ShownTable

WIDTHS = (10, 44)
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_shown_table(table: ShownTable, footer: Sequence[str]) -> bytes:
    """One sheet: title, headings, rows, total, footer. Numbers are numbers and look as they do on the page."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    TableSheet(book, table, table.title).write_whole(footer)
    book.close()
    return buffer.getvalue()


class TableSheet:
    """The sheet of one table in a workbook that is being written; `first_row` is where its rows begin."""

    def __init__(self, book: xlsxwriter.Workbook, table: ShownTable, name: str) -> None:
        self.book = book
        self.table = table
        self.name = clean_sheet_name(name)
        self.sheet = book.add_worksheet(self.name)
        self.formats: dict[tuple[str, bool], object] = {}
        self.at = 0
        self.first_row = 0

    def write_whole(self, footer: Sequence[str]) -> None:
        """Everything there is."""
        self.write_head()
        self.first_row = self.at
        for row in self.table.rows:
            self.write_row(row)
        if self.table.total is not None:
            self.write_row(self.table.total, is_total=True)
        self.write_footer(footer)

    def write_head(self) -> None:
        """Title, note and headings."""
        bold = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.sheet.write(self.at, 0, self.table.title, self.book.add_format({"bold": True, "font_size": 13}))
        if self.table.note:
            self.at += 1
            self.sheet.write(self.at, 0, self.table.note)
        self.at += 2
        for place, column in enumerate(self.table.columns):
            title = f"{column.group} {column.title}".strip()
            self.sheet.write(self.at, place, title, bold)
            widest = max((len(row[place].text) for row in self.table.rows), default=0)
            self.sheet.set_column(place, place, min(max(widest + 4, WIDTHS[0]), WIDTHS[1]))
        self.sheet.freeze_panes(self.at + 1, 1)
        self.at += 1

    def write_row(self, row: Row, *, is_total: bool = False) -> None:
        """One row; a total stands out."""
        for place, cell in enumerate(row):
            self._write_cell(place, cell, is_total)
        self.at += 1

    def write_footer(self, lines: Sequence[str]) -> None:
        """What the table is, one line under the other."""
        for line in lines:
            self.at += 1
            self.sheet.write(self.at, 0, line)

    def _write_cell(self, place: int, cell: Cell, is_total: bool) -> None:
        shape = self._shape(cell.number_format, is_total)
        if cell.value is None or isinstance(cell.value, str):
            self.sheet.write_string(self.at, place, cell.text, shape)
        elif isinstance(cell.value, date):
            self.sheet.write_datetime(self.at, place, cell.value, shape)
        else:
            number = float(cell.value) if isinstance(cell.value, Fraction) else cell.value
            self.sheet.write_number(self.at, place, number, shape)

    def _shape(self, number_format: str, is_total: bool) -> object:
        key = (number_format, is_total)
        if key not in self.formats:
            wanted: dict[str, object] = {"bold": is_total}
            if number_format:
                wanted["num_format"] = number_format
            self.formats[key] = self.book.add_format(wanted)
        return self.formats[key]


def clean_sheet_name(title: str) -> str:
    """A sheet's name holds at most 31 signs, none of []:*?/\\ and nothing that cannot be printed."""
    return "".join(sign for sign in title if sign.isprintable() and sign not in "[]:*?/\\'")[:31] or "1"
