"""Two funds' tables on the same lines of a sheet, and a book that some of their rows meet."""

from funds.drafts import Draft
from tests.builders import base_city, commitment, company, contribution, day, fund, investment
from tests.funds.intake.workbooks import Value, make_workbook

HEADER = ("被投企业名称", "投资时间", "投资金额（万元）", "备注")
FIRST, SECOND = "示例甲科技有限公司", "示例乙科技有限公司"
MET, LEFT, RIGHT = day("2022-03-01"), "台账!3→投资", "台账!F3→投资"
Line = tuple[Value, ...]
BLANK: Line = (None, None, None, None)
BESIDE: list[tuple[Line, Line]] = [
    (("示例一号基金 投资台账", None, None, None), ("示例二号基金 投资台账", None, None, None)),
    (HEADER, HEADER),
    ((FIRST, MET, 301, None), (SECOND, MET, 401, None)),
    ((FIRST, day("2022-06-01"), 5, None), (SECOND, day("2022-07-01"), 6, None)),
    (("合计", None, 306, None), (SECOND, day("2022-08-01"), 7, None)),
    (BLANK, ("合计", None, 414, None)),
]


def beside_book() -> list[Draft]:
    """Two funds, each of which paid a firm on the same day."""
    return [
        *base_city(),
        fund("A", "示例一号基金", manager="GP"),
        fund("B", "示例二号基金", manager="GP"),
        company("K1", FIRST),
        company("K2", SECOND),
        *(commitment(code, "LP2", 1_000) for code in "AB"),
        *(contribution(code, "LP2", 900, "2021-01-01") for code in "AB"),
        investment("A", "K1", 300, "2022-03-01"),
        investment("B", "K2", 400, "2022-03-01"),
    ]


def write_beside(lines: list[tuple[Line, Line]]) -> bytes:
    """The sheet: the left table, an empty column, the right one."""
    return make_workbook({"台账": [(*left, None, *right) for left, right in lines]})
