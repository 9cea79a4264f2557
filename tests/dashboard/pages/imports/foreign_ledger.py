"""A manager's own table of a fund of the made-up city, in no template's layout: known rows, doubtful ones, new ones."""

from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook

from dashboard.sample import write_city
from funds.drafts import CompanyDraft, Draft, FundDraft, InvestmentDraft
from funds.intake import read_workbook
from funds.money import Unit
from tests.browser.city import FUND_CODE

SHEET = "项目台账"
HEADER = ("序号", "被投企业名称", "投资时间", "投资金额", "备注")
FIRST_ROW = 4  # below the title, the unit and the header
SAME, ALIKE, NEW_FIRMS = 4, 2, 3
# The row of the first new firm.
NEW_ROW = FIRST_ROW + SAME + ALIKE
# No amount, no date, and a cell that went wrong.
FAULTS: dict[str, object] = {
    f"D{NEW_ROW}": "约五百万元",
    f"C{NEW_ROW + 1}": "待定",
    f"D{NEW_ROW + 2}": "#REF!",
}
RIGHT: dict[str, object] = {f"D{NEW_ROW}": 100, f"C{NEW_ROW + 1}": "2026.8.2", f"D{NEW_ROW + 2}": "102万元"}


@cache
def fund_name() -> str:
    """What the fund is called, as its manager writes it above the table."""
    return next(one.name for one in _city() if isinstance(one, FundDraft) and one.code == FUND_CODE)


@cache
def write_foreign() -> bytes:
    """The ledger without a fault."""
    return make_foreign(
        [
            *((name, day, amount) for name, day, amount in _known()[:SAME]),
            *((name, day, f"{amount + 1}") for name, day, amount in _known()[SAME : SAME + ALIKE]),
            *((f"示例外来企业{at}号", date(2026, 8, 1 + at), 100 + at) for at in range(NEW_FIRMS)),
        ]
    )


def write_faulty_foreign() -> bytes:
    """The same with three faults."""
    return put_in(write_foreign(), FAULTS)


def write_long_foreign(rows: int) -> bytes:
    """So many small payments to new firms, ten to each, with the unit in the cell."""
    day = date(2022, 1, 1)
    return make_foreign(
        [
            (f"示例长表企业{at // 10}号", day + timedelta(days=at % 1_500), f"{500 + at % 200}元")
            for at in range(rows)
        ]
    )


def make_foreign(rows: list[tuple[object, ...]]) -> bytes:
    """A title, a unit on a line of its own, a header, rows, and the sum of the whole."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = SHEET
    sheet.append((f"{fund_name()} 投资台账",))
    sheet.append((None, None, None, "单位：万元"))
    sheet.append(HEADER)
    for number, row in enumerate(rows, start=1):
        sheet.append((number, *row, "首轮"))
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def put_in(content: bytes, cells: dict[str, object]) -> bytes:
    """The ledger with other values in some cells."""
    workbook = load_workbook(BytesIO(content))
    for cell, value in cells.items():
        workbook[SHEET][cell] = value
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _known() -> list[tuple[str, date, int]]:
    """Payments of the book in whole ten thousands, by the firm's name."""
    names = {one.code: one.name for one in _city() if isinstance(one, CompanyDraft)}
    wan = int(Unit.WAN)
    return [
        (names[one.company], one.paid_on, one.amount_fen // wan)
        for one in _city()
        if isinstance(one, InvestmentDraft) and one.fund == FUND_CODE and one.amount_fen % wan == 0
    ]


@cache
def _city() -> tuple[Draft, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "city.xlsx"
        write_city(path)
        reading = read_workbook(path)
    return tuple(draft for sheet in reading.sheets for draft in sheet.drafts)
