"""A reading as a workbook: one sheet of figures, one of each table, and a footer that says what they are."""

from datetime import datetime
from io import BytesIO

import xlsxwriter

from dashboard.readings.answers import Reading
from dashboard.reports.row_tables import RowTable, split_tables
from dashboard.words import say

WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001 (a file property that must not tell the time)
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
NO_ROWS = RowTable(None, (), ())


def write_workbook_report(reading: Reading, language: str) -> bytes:
    """The same question at the same version gives the same bytes; money in whole fen, ratios as text."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"created": WRITTEN})
    bold, plain = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
    sheet = book.add_worksheet(say("report.sheet_figures", language))
    names = ("code", "label", "basis", "value", "reason", "numerator", "denominator", "definition")
    sheet.write_row(0, 0, [say(f"report.column_{name}", language) for name in names], bold)
    for at, figure in enumerate(reading.figures, start=1):
        reason = say(figure.reason, language) if figure.reason else None
        cells = (
            figure.code,
            say(f"figure.{figure.code}", language),
            say(f"basis.{figure.basis}", language),
            figure.value,
            reason,
            figure.numerator,
            figure.denominator,
            figure.definition_version,
        )
        for column, cell in enumerate(cells):
            sheet.write(at, column, cell, plain if isinstance(cell, int) else None)
    sheet.set_column(1, 1, 32)
    sheet.set_column(3, 6, 20)
    sheet.write(len(reading.figures) + 2, 0, _footer(reading, language))
    for table in split_tables(reading, language) or [NO_ROWS]:
        _write_rows(book, table, reading, language, bold, plain)
    book.close()
    return buffer.getvalue()


def _write_rows(
    book: xlsxwriter.Workbook, table: RowTable, reading: Reading, language: str, bold: object, plain: object
) -> None:
    sheet = book.add_worksheet(table.heading or say("report.sheet_rows", language))
    sheet.write_row(0, 0, table.titles, bold)
    for at, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell, plain if isinstance(cell, int) else None)
    sheet.write(len(table.rows) + 2, 0, _footer(reading, language))


def _footer(reading: Reading, language: str) -> str:
    return say(
        "report.heading",
        language,
        report=say(f"report.{reading.report}", language),
        scope=reading.scope,
        as_of=reading.as_of,
        version=reading.version,
    )
