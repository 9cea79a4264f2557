"""A paper as a workbook to go on working with: a cover, then a sheet of each table, exact, with its own chart."""

from io import BytesIO

import xlsxwriter

from dashboard.reports.as_workbook import OPTIONS, WRITTEN
from dashboard.reports.paper import BarChart, Paper, PaperSection
from dashboard.tables.as_workbook import TableSheet, clean_sheet_name

COVER_WIDTHS = (24, 100)
CHART_SIZE = {"width": 640, "height": 360}


def write_paper_workbook(paper: Paper) -> bytes:
    """The same paper gives the same bytes; nothing that is text can become a formula or a link."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": paper.title, "created": WRITTEN})
    _write_cover(book, paper)
    used: set[str] = set()
    for section in paper.sections:
        for table in section.tables:
            sheet = TableSheet(book, table, _find_name(table.title, used))
            sheet.write_whole(
                [line for line in (section.source, paper.words.running, paper.words.mark) if line]
            )
            if section.chart is not None and section.chart.table == table.name and table.rows:
                _draw_chart(sheet, section.chart)
    book.close()
    return buffer.getvalue()


def _write_cover(book: xlsxwriter.Workbook, paper: Paper) -> None:
    sheet = book.add_worksheet(clean_sheet_name(paper.title))
    large = book.add_format({"bold": True, "font_size": 16})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate(COVER_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, paper.title, large)
    for at, line in enumerate((paper.subtitle, paper.words.running, paper.words.mark), start=1):
        sheet.write_string(at, 0, line)
    at = 5
    for section in paper.sections:
        sheet.write_string(at, 0, section.title, book.add_format({"bold": True, "valign": "top"}))
        for line in _lines(section):
            sheet.write_string(at, 1, line, wrapped)
            at += 1
        at += 1


def _lines(section: PaperSection) -> list[str]:
    return [line for line in (*section.sentences, section.absence, section.source) if line] or [""]


def _find_name(title: str, used: set[str]) -> str:
    """A sheet's name that no other has, whatever the case of its letters."""
    name, number = clean_sheet_name(title), 1
    while name.lower() in used:
        number += 1
        name = f"{clean_sheet_name(title)[:28]}{number}"
    used.add(name.lower())
    return name


def _draw_chart(sheet: TableSheet, asked: BarChart) -> None:
    first, last = sheet.first_row, sheet.first_row + len(sheet.table.rows) - 1
    names = sheet.table.column(asked.names)
    chart = sheet.book.add_chart({"type": "bar"})
    for key in asked.numbers:
        place = sheet.table.column(key)
        chart.add_series(
            {
                "name": sheet.table.columns[place].title,
                "categories": [sheet.name, first, names, last, names],
                "values": [sheet.name, first, place, last, place],
            }
        )
    chart.set_title({"name": sheet.table.title, "name_font": {"size": 12}})
    # The first row stands on top, as in the table.
    chart.set_y_axis({"reverse": True})
    chart.set_size(CHART_SIZE)
    sheet.sheet.insert_chart(first, len(sheet.table.columns) + 1, chart)
