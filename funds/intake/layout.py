"""How a workbook that we write looks: the formats of its cells, its headers, notes and drop-downs."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from funds.intake.columns import Kind, Sheet
from funds.intake.streamed_sheet import EXCEL_DIGITS

_MOST_CHOICES = 255
_VALIDATED_ROWS = 5000
_NUMBER_FORMATS = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.MONEY: "#,##0.00####",
    Kind.PERCENT: "0.####",
    Kind.FIGURE: "#,##0.######",
    Kind.FIGURE_OR_WORDS: "#,##0.######",
    Kind.WHOLE: "0",
}
_WIDTHS = {
    Kind.NAME: 28,
    Kind.TEXT: 28,
    Kind.CREDIT_CODE: 24,
    Kind.MONEY: 20,
    Kind.CODES: 20,
    Kind.DATE: 13,
}
_NARROWEST = 14
_HEADER = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
# The day stands in the file's properties; a fixed one keeps the same content the same bytes.
_CREATED = datetime(2020, 1, 1)  # noqa: DTZ001 (the file format knows no zones)


@dataclass(frozen=True)
class Styles:
    """The formats of one workbook."""

    required: Format
    optional: Format
    example: dict[Kind, Format]
    plain: dict[Kind, Format]
    title: Format
    remark: Format


def open_workbook(path: Path) -> xlsxwriter.Workbook:
    """A new workbook in which a text is never taken for a formula, a link or a number."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(str(path), options)
    workbook.set_properties({"created": _CREATED})
    return workbook


def make_styles(workbook: xlsxwriter.Workbook) -> Styles:
    """Required titles darker than optional ones; the example line grey and slanted."""
    grey = {"italic": True, "font_color": "#7F7F7F", "bg_color": "#F2F2F2"}
    return Styles(
        required=workbook.add_format({**_HEADER, "bg_color": "#1F4E79", "font_color": "#FFFFFF"}),
        optional=workbook.add_format({**_HEADER, "bg_color": "#DDEBF7"}),
        example={kind: workbook.add_format({**grey, "num_format": _number_format(kind)}) for kind in Kind},
        plain={kind: workbook.add_format({"num_format": _number_format(kind)}) for kind in Kind},
        title=workbook.add_format({"bold": True, "font_size": 16}),
        remark=workbook.add_format({"font_color": "#595959"}),
    )


def write_header(worksheet: Worksheet, sheet: Sheet, styles: Styles) -> None:
    """The first row, frozen, with a note on each title that has one, and drop-downs below."""
    worksheet.freeze_panes(1, 0)
    worksheet.set_row(0, 30)
    for index, column in enumerate(sheet.columns):
        worksheet.write_string(
            0, index, column.heading, styles.required if column.required else styles.optional
        )
        width = max(_WIDTHS.get(column.kind, _NARROWEST), 2 * len(column.heading) + 2)
        worksheet.set_column(index, index, width, styles.plain[column.kind])
        if column.note:
            worksheet.write_comment(0, index, column.note, {"x_scale": 1.6})
        choices = list(column.words.values())
        if choices and len(",".join(choices)) <= _MOST_CHOICES:
            rule = {
                "validate": "list",
                "source": choices,
                "error_title": column.title,
                "error_message": "请从下拉列表中选择。",
            }
            worksheet.data_validation(1, index, _VALIDATED_ROWS, index, rule)


def write_cell(
    worksheet: Worksheet, row: int, index: int, value: str | Decimal | date, style: Format
) -> None:
    """A text as text, a date as a date, a number as a number where Excel keeps all its digits."""
    if isinstance(value, date):
        worksheet.write_datetime(row, index, datetime.combine(value, time()), style)
    elif isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) <= EXCEL_DIGITS:
        worksheet.write_number(row, index, float(value), style)
    else:
        worksheet.write_string(row, index, f"{value:f}" if isinstance(value, Decimal) else value, style)


def _number_format(kind: Kind) -> str:
    return _NUMBER_FORMATS.get(kind, "@")
