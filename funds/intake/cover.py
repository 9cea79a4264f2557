"""The sheet 填报说明: template version, city, filer, as-of date and control totals, as they were filed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from funds.dates import parse_date
from funds.faults import ValueFault
from funds.intake.addresses import name_column
from funds.intake.cells import Cell, read_plain, require_usable
from funds.intake.header import read_title
from funds.intake.parts import MOST_ROWS
from funds.intake.sheets import SHEET_BY_TITLE, TEMPLATE_VERSION
from funds.intake.totals import Control
from funds.measures import parse_whole
from funds.money import Unit, parse_money, unit_of
from funds.problems import Problem, fatal, warning

COVER_TITLE = "填报说明"
VERSION, CITY, FILER, AS_OF = "模板版本", "城市", "填报单位", "数据截止日"
# A sum may be larger than any one amount.
_MOST_SUM = 10**18
CONTROL_SHEET, CONTROL_ROWS, CONTROL_SUM = "工作表", "行数", "金额合计"


@dataclass
class Cover:
    """What the cover sheet says."""

    version: str | None = None
    city: str | None = None
    filer: str | None = None
    as_of: date | None = None
    controls: tuple[Control, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def read_cover(rows: Sequence[Sequence[Cell]]) -> Cover:
    """Find the labels and the table of control totals, wherever they stand; all else is explanation."""
    cover = Cover()
    unit: Unit | None = None
    for number, row in enumerate(rows, start=1):
        filled = [(index, cell) for index, cell in enumerate(row) if cell is not None]
        if not filled:
            unit = None
            continue
        index, label = filled[0]
        value = row[index + 1] if index + 1 < len(row) else None
        if unit is not None:
            _read_control(cover, row, index, number, unit)
        elif label == CONTROL_SHEET and value == CONTROL_ROWS:
            unit = _sum_unit(row, index)
        elif value is not None:
            _read_label(cover, label, value, f"{COVER_TITLE}!{name_column(index + 1)}{number}")
    return cover


def _read_label(cover: Cover, label: Cell, value: Cell, where: str) -> None:
    """Keep the value of a known label."""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    if label == VERSION:
        cover.version = text
        if text != TEMPLATE_VERSION:
            cover.problems.append(
                warning("import.other_version", where, version=text, current=TEMPLATE_VERSION)
            )
    elif label == CITY:
        cover.city = text
    elif label == FILER:
        cover.filer = text
    elif label == AS_OF:
        try:
            require_usable(value)
            cover.as_of = parse_date(value)
        except ValueFault as fault:
            cover.problems.append(fatal(fault.code, where, column=AS_OF, **fault.params))


def _sum_unit(row: Sequence[Cell], index: int) -> Unit:
    title = read_title(row[index + 2]) if index + 2 < len(row) else None
    return (unit_of(title.bracket) if title else None) or Unit.WAN


def _read_control(cover: Cover, row: Sequence[Cell], index: int, number: int, unit: Unit) -> None:
    """A line of the table of control totals; either number may be left out."""
    title, rows, total = [*row[index : index + 3], None, None][:3]
    where = [f"{COVER_TITLE}!{name_column(index + offset)}{number}" for offset in range(3)]
    if title not in SHEET_BY_TITLE:
        cover.problems.append(fatal("import.control_unknown_sheet", where[0], sheet=title))
        return
    control = Control(
        title=str(title),
        rows=_read_number(cover, rows, where[1], CONTROL_ROWS, lambda text: parse_whole(text, 0, MOST_ROWS)),
        rows_where=where[1],
        sum_fen=_read_number(
            cover,
            total,
            where[2],
            CONTROL_SUM,
            lambda text: parse_money(text, unit, signed=True, most=_MOST_SUM),
        ),
        sum_where=where[2],
    )
    cover.controls = (*cover.controls, control)


def _read_number(
    cover: Cover, cell: Cell, where: str, column: str, parse: Callable[[str | float], int]
) -> int | None:
    if cell is None:
        return None
    try:
        require_usable(cell)
        return parse(read_plain(cell))
    except ValueFault as fault:
        cover.problems.append(fatal(fault.code, where, column=column, **fault.params))
        return None
