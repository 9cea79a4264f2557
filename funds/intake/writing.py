"""Writes drafts as a workbook of the template: the exact inverse of reading one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from operator import attrgetter
from pathlib import Path

from funds.drafts import Draft
from funds.intake.columns import WHOLE_CITY, Column, Kind, Sheet
from funds.intake.cover_page import Line, write_cover
from funds.intake.layout import make_styles, open_workbook, write_header
from funds.intake.sheets import SHEET_BY_DRAFT, SHEETS
from funds.intake.streamed_sheet import EXCEL_DIGITS, StreamedSheet
from funds.measures import MICRO, format_scaled
from funds.money import Unit

_PPM_OF_PERCENT = 10**4
_MOST_EXACT = 10**EXCEL_DIGITS
_SCALES = {Kind.MONEY: int(Unit.WAN), Kind.PERCENT: _PPM_OF_PERCENT, Kind.FIGURE: MICRO, Kind.WHOLE: 1}


def write_workbook(
    path: Path,
    drafts_by_type: Mapping[type[Draft], Sequence[Draft]],
    city: str,
    filer: str,
    as_of: date,
    *,
    with_controls: bool = True,
) -> None:
    """Write a sheet for each kind of draft that there is, and the control totals of all of them."""
    homeless = [kind.__name__ for kind in drafts_by_type if kind not in SHEET_BY_DRAFT]
    if homeless:
        raise ValueError(f"no sheet of the template holds {', '.join(homeless)}")
    filled = [(sheet, drafts) for sheet in SHEETS if (drafts := drafts_by_type.get(sheet.draft_type, ()))]
    with open_workbook(path) as workbook:
        styles = make_styles(workbook)
        lines = [_control_line(sheet, drafts) for sheet, drafts in filled] if with_controls else []
        write_cover(workbook, styles, city, filer, as_of, lines)
        for sheet, drafts in filled:
            worksheet = workbook.add_worksheet(sheet.title, StreamedSheet)
            write_header(worksheet, sheet, styles)
            columns = [(_make_reader(column), styles.plain[column.kind]) for column in sheet.columns]
            worksheet.stream(1, drafts, columns)


def _make_reader(column: Column) -> Callable[[Draft], str | Decimal | date | float | None]:
    """What reads a draft's cell; an amount of no more digits than Excel keeps, straight as the nearest number."""
    if column.kind is not Kind.MONEY:
        return partial(cell_of, column=column)
    read, unit = attrgetter(column.field), int(Unit.WAN)

    def read_amount(draft: Draft) -> float | Decimal | None:
        fen: int | None = read(draft)
        if fen is None:
            return None
        return fen / unit if abs(fen) < _MOST_EXACT else Decimal(format_scaled(fen, unit))

    return read_amount


def cell_of(draft: Draft, column: Column) -> str | Decimal | date | None:
    """What stands in the column for a draft."""
    if column.kind is Kind.FIGURE_OR_WORDS:
        value, words = (getattr(draft, name) for name in column.fields)
        return words if value is None else Decimal(format_scaled(value, MICRO))
    value = getattr(draft, column.field)
    if column.kind is Kind.PARK_OR_CITY:
        return WHOLE_CITY if value is None else str(value)
    if value is None:
        return None
    if column.kind in _SCALES:
        return Decimal(format_scaled(value, _SCALES[column.kind]))
    if column.kind is Kind.CHOICE:
        return column.words[value]
    if column.kind is Kind.CODES:
        return ";".join(value) or None
    return value if isinstance(value, date) else str(value)


def _control_line(sheet: Sheet, drafts: Sequence[Draft]) -> Line:
    total = sum(getattr(draft, sheet.total) or 0 for draft in drafts) if sheet.total else None
    return Line(sheet.title, len(drafts), None if total is None else Decimal(format_scaled(total, Unit.WAN)))
