"""Writes the empty workbook template: every sheet with its notes, drop-downs and one example line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from funds.intake.columns import Column, Kind
from funds.intake.cover_page import Line, write_cover
from funds.intake.examples import example_line
from funds.intake.layout import Styles, make_styles, open_workbook, write_cell, write_header
from funds.intake.our_sheets import CODE_SHEET
from funds.intake.sheets import SHEETS

CODE_TITLES = ("类别", "代码", "名称")


@dataclass(frozen=True)
class CodeLine:
    """A code that the book knows: what it is the code of, the code, and the name."""

    noun: str
    code: str
    name: str


def write_template(path: Path, codes: Sequence[CodeLine] = ()) -> None:
    """Write the template to `path`, with a list of codes to look up where there are any."""
    with open_workbook(path) as workbook:
        styles = make_styles(workbook)
        write_cover(workbook, styles, "", "", None, [Line(sheet.title) for sheet in SHEETS])
        for sheet in SHEETS:
            worksheet = workbook.add_worksheet(sheet.title)
            write_header(worksheet, sheet, styles)
            line = example_line(sheet)
            for index, column in enumerate(sheet.columns):
                style = styles.example[column.kind]
                if column.title in line:
                    write_cell(worksheet, 1, index, _typed(column, line[column.title]), style)
                else:
                    worksheet.write_blank(1, index, None, style)
        if codes:
            _write_codes(workbook.add_worksheet(CODE_SHEET), codes, styles)


def _typed(column: Column, example: str | int | float) -> str | Decimal | date:
    """An example as it would be typed: dates as dates, numbers as numbers."""
    if column.kind is Kind.DATE and isinstance(example, str):
        return date.fromisoformat(example)
    return example if isinstance(example, str) else Decimal(str(example))


def _write_codes(worksheet: Worksheet, codes: Sequence[CodeLine], styles: Styles) -> None:
    """A sheet that is never read: which codes there are to fill in."""
    worksheet.freeze_panes(1, 0)
    worksheet.set_column(0, 1, 16)
    worksheet.set_column(2, 2, 48)
    for index, title in enumerate(CODE_TITLES):
        worksheet.write_string(0, index, title, styles.optional)
    for row, line in enumerate(codes, start=1):
        for index, text in enumerate((line.noun, line.code, line.name)):
            worksheet.write_string(row, index, text)
    worksheet.autofilter(0, 0, len(codes), len(CODE_TITLES) - 1)
