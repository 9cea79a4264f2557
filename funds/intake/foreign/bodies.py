"""Sorts the rows below a header: data, totals, titles repeated on a new page, remarks and signatures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from funds.intake.cells import Cell
from funds.intake.foreign.headers import HeaderLines, looks_like_header
from funds.intake.foreign.titles import read_title
from funds.intake.totals import read_total_label

_REMARK = re.compile(
    r"^[*※]|^(注|备注|说明|填表说明|附注|数据来源|资料来源|口径)\s*[0-9一二三四五六七八九]?[:：、.．]"
)
_SIGNED = re.compile(
    r"(制表|填表|编制|审核|复核|负责人|经办|联系人|填报单位|填报日期|盖章|签字|签章)(人|单位|日期)?\s*[（(:：]"
)
_LABEL_COLUMNS = 3
_LONG = 24


class Line(StrEnum):
    """What a row below a header is."""

    DATA = "data"
    TOTAL = "total"
    BLANK = "blank"
    REMARK = "remark"
    SAME_HEADER = "same_header"
    NEW_HEADER = "new_header"


@dataclass(frozen=True)
class Sorted:
    """A row's place (from 0), what it is, and the label of a total."""

    row: int
    line: Line
    label: str = ""


def sort_row(row: int, cells: Sequence[Cell], header: HeaderLines) -> Sorted:
    """What a row is, judged by itself."""
    given = [(place, cell) for place, cell in enumerate(cells) if cell is not None]
    if not given:
        return Sorted(row, Line.BLANK)
    for place, cell in given[:_LABEL_COLUMNS]:
        label = read_total_label(cell)
        if label and place <= _LABEL_COLUMNS:
            return Sorted(row, Line.TOTAL, label)
    if _is_remark(given):
        return Sorted(row, Line.REMARK)
    if looks_like_header(cells):
        names = {title.name for title in header.titles if title.name}
        same = sum(read_title([cell]).name in names for _, cell in given)
        return Sorted(row, Line.SAME_HEADER if 2 * same > len(given) else Line.NEW_HEADER)
    return Sorted(row, Line.DATA)


def _is_remark(given: Sequence[tuple[int, Cell]]) -> bool:
    """Words that explain or sign: marked as such, or one long sentence alone in its row."""
    texts = [cell for _, cell in given if isinstance(cell, str)]
    if len(texts) < len(given):
        return False
    if any(_SIGNED.search(text) for text in texts):
        return True
    return bool(_REMARK.match(texts[0])) or (len(texts) == 1 and len(texts[0]) >= _LONG)
