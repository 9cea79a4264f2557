"""Writes the sheet 填报说明: who files what as of when, control totals, and how to fill in the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import xlsxwriter

from funds.intake.columns import Kind
from funds.intake.cover import (
    AS_OF,
    CITY,
    CONTROL_ROWS,
    CONTROL_SHEET,
    CONTROL_SUM,
    COVER_TITLE,
    FILER,
    VERSION,
)
from funds.intake.examples import EXAMPLE_MARK
from funds.intake.layout import Styles, write_cell
from funds.intake.sheets import TEMPLATE_VERSION
from funds.money import Unit

_HEADING = "产业基金填报工作簿"
_ADVICE = (
    "填报要求",
    "1. 每张表都可以不填；没有数据的表可以留空或删除。请勿改动表名和表头，列的先后可以调整。",
    "2. 表头带 * 的列必填。金额单位为万元，最多 6 位小数（到分）；单元格内也可写明单位，如 1.2亿、800元。",
    "3. 日期请填日期格式，或 2023-06-30、2023/6/30、2023.6.30、2023年6月30日。百分数列填 12.5 表示 12.5%。",
    "4. 代码由填报单位自定，单元格须为文本格式；机构、企业、基金共用一套代码。表中没有的代码到账簿中查找。",
    f"5. 前两列中以“{EXAMPLE_MARK}”开头的行是示例，永远不会导入；填报时请整行删除。",
    "6. 业务编号是一笔业务的唯一编号；留空时按基金、日期、类型、对方、金额和先后次序识别。",
    "7. “小计”“合计”“总计”行只用来核对，不会导入。上表的行数和金额合计可以不填，填了就必须与各表一致。",
    "8. 请勿合并单元格；公式请粘贴为数值。隐藏的工作表不读取。",
    "9. 金额一律为人民币；外币请先按入账汇率折算。",
)


@dataclass(frozen=True)
class Line:
    """A line of the table of control totals; blank where nothing is stated."""

    title: str
    rows: int | None = None
    total: Decimal | None = None


def write_cover(
    workbook: xlsxwriter.Workbook,
    styles: Styles,
    city: str,
    filer: str,
    as_of: date | None,
    lines: Sequence[Line],
) -> None:
    """The first sheet of a workbook."""
    worksheet = workbook.add_worksheet(COVER_TITLE)
    worksheet.set_column(0, 0, 18)
    worksheet.set_column(1, 2, 22)
    worksheet.write_string(0, 0, _HEADING, styles.title)
    facts = ((VERSION, TEMPLATE_VERSION), (CITY, city), (FILER, filer), (AS_OF, as_of))
    for row, (label, value) in enumerate(facts, start=2):
        worksheet.write_string(row, 0, label, styles.optional)
        if value:
            kind = Kind.DATE if isinstance(value, date) else Kind.TEXT
            write_cell(worksheet, row, 1, value, styles.plain[kind])
    row = _write_controls(worksheet, styles, lines, first=7)
    for offset, text in enumerate(_ADVICE):
        worksheet.write_string(row + 1 + offset, 0, text, styles.remark)


def _write_controls(
    worksheet: xlsxwriter.workbook.Worksheet, styles: Styles, lines: Sequence[Line], first: int
) -> int:
    """The table of control totals; returns the row below it."""
    headings = (CONTROL_SHEET, CONTROL_ROWS, f"{CONTROL_SUM}（{Unit.WAN.label}）")
    for index, heading in enumerate(headings):
        worksheet.write_string(first, index, heading, styles.optional)
    for row, line in enumerate(lines, start=first + 1):
        worksheet.write_string(row, 0, line.title)
        if line.rows is not None:
            worksheet.write_number(row, 1, line.rows)
        if line.total is not None:
            write_cell(worksheet, row, 2, line.total, styles.plain[Kind.MONEY])
    return first + 1 + len(lines)
