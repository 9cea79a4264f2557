"""Days as fund offices write them: true dates, 2021.6.18, 20210618 typed as a number, 二〇二一年六月十八日."""

import re
from datetime import date

from funds.dates import DateFault, parse_date
from funds.faults import shorten
from funds.intake.cells import Cell
from funds.intake.foreign.chinese_numbers import read_chinese_number
from funds.numerals import fold_width

_COMPACT = re.compile(r"(19|20)[0-9]{6}")
_CHINESE = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?"
)
_SPACED = re.compile(r"([0-9]{4})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})[日号]?(星期.|周.|上午|下午)?")
_BLANK = {"-", "--", "—", "/", "无", "未定", "待定"}


def read_day(cell: Cell) -> date | None:
    """The day in a cell; None where the cell says that there is none. Raises `DateFault` for anything else.

    What could be two days (03/04/2024), or a month only, is refused: nobody but its writer knows.
    """
    if cell is None:
        return None
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        whole = f"{cell:.0f}" if float(cell).is_integer() else ""
        if not _COMPACT.fullmatch(whole):
            raise DateFault("date.number", text=shorten(cell))
        return parse_date(whole)
    if not isinstance(cell, str):
        return parse_date(cell)
    written = fold_width(cell)
    text = re.sub(r"\s", "", written)
    if not text or text in _BLANK:
        return None
    if found := _CHINESE.fullmatch(text):
        parts = [read_chinese_number(part) for part in found.groups()]
        text = "-".join(f"{int(part or 0)}" for part in parts)
    elif found := _SPACED.fullmatch(text):
        text = f"{found[1]}-{found[2]}-{found[3]}"
    else:
        text = written  # an export's midnight stands behind a space
    return parse_date(text)
