"""Writes the empty workbook template: every sheet with its notes, drop-downs and one example line."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from funds.intake.columns import Column, Kind
from funds.intake.cover_page import Line, write_cover
from funds.intake.examples import example_line
from funds.intake.layout import make_styles, open_workbook, write_cell, write_header
from funds.intake.sheets import SHEETS


def write_template(path: Path) -> None:
    """Write the template to `path`."""
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


def _typed(column: Column, example: str | int | float) -> str | Decimal | date:
    """An example as it would be typed: dates as dates, numbers as numbers."""
    if column.kind is Kind.DATE and isinstance(example, str):
        return date.fromisoformat(example)
    return example if isinstance(example, str) else Decimal(str(example))
