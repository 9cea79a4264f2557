"""A manager's ledger of sixty rows for a fund of the made-up city: twelve that the book has, two that it may have."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from dashboard.sample import write_city
from funds.drafts import CommitmentDraft, Draft, FeeDraft, InvestmentDraft
from funds.intake import read_workbook, write_workbook
from funds.kinds import BalanceItem, FeeKind
from tests.browser.city import FUND_CODE
from tests.builders import (
    balance,
    company,
    company_figure,
    contribution,
    fee,
    invested_city,
    investment,
    mark,
    round_,
    round_investor,
)

FIRMS = ("QM1", "QM2", "QM3")
PARTNER = "J25"
NEW, SAME, ALIKE = 46, 12, 2
DAY = date(2026, 9, 30)
# The cells of the three faults: no number, a code that nobody knows, investors who do not make up the round.
# Kept by the small book.
KEPT = (
    contribution("F1", "LP2", 100, "2020-06-01", business_no="B1"),
    fee("F1", 5, "2021-06-30", business_no="S1"),
)
FAULTS = {("投资", "G2"): "五百万", ("估值", "B2"): "Q999", ("轮次投资方", "C3"): 90}


@cache
def write_ledger() -> bytes:
    """The workbook without a fault."""
    return _write([*_known(), *_alike(), *_new()])


@cache
def write_faulty_ledger() -> bytes:
    """The same with three faults."""
    return put_cells(write_ledger(), FAULTS)


def put_cells(content: bytes, cells: dict[tuple[str, str], object]) -> bytes:
    """The workbook with other values in some cells."""
    workbook = load_workbook(BytesIO(content))
    for (sheet, cell), value in cells.items():
        workbook[sheet][cell] = value
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


@cache
def _city() -> tuple[Draft, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "city.xlsx"
        write_city(path)
        reading = read_workbook(path)
    return tuple(
        draft
        for sheet in reading.sheets
        for draft in sheet.drafts
        if getattr(draft, "fund", None) == FUND_CODE
    )


def _of(kind: type[Draft]) -> list[Draft]:
    return [draft for draft in _city() if isinstance(draft, kind)]


def _known() -> Sequence[Draft]:
    return [*_of(CommitmentDraft)[:6], *_of(InvestmentDraft)[:6]]


def _alike() -> Sequence[Draft]:
    """Two fees of the book with another amount and no number."""
    found = [one for one in _of(FeeDraft) if isinstance(one, FeeDraft) and one.kind is FeeKind.PARTNERSHIP]
    return [replace(one, business_no=None, amount_fen=one.amount_fen + 100) for one in found[:ALIKE]]


def _new() -> Sequence[Draft]:
    rows: list[Draft] = []
    for number, firm in enumerate(FIRMS):
        code = f"{firm}-R1"
        rows += [
            company(firm, f"示例新企业{number + 1}号"),
            round_(code, firm, 200, on="2026-07-10"),
            round_investor(code, FUND_CODE, 100),
            round_investor(code, PARTNER, 100),
            investment(FUND_CODE, firm, 100, "2026-07-10", round=code, business_no=f"M-I{number}"),
            mark(FUND_CODE, firm, 100, "2026-07-31"),
            mark(FUND_CODE, firm, 110, "2026-09-30"),
            company_figure(firm, "就业", "2025"),
            company_figure(firm, "营业收入", "2025"),
        ]
    days = [date(2026, month, day) for month in (7, 8, 9) for day in (5, 10, 15, 20, 25)]
    rows += [
        fee(FUND_CODE, 1, str(day), kind=FeeKind.PARTNERSHIP, business_no=f"M-E{at}")
        for at, day in enumerate(days)
    ]
    items = (BalanceItem.BANK_DEPOSIT, BalanceItem.ACCRUED_MANAGEMENT_FEE)
    return [
        *rows,
        *(balance(FUND_CODE, 1, day, item=item) for day in ("2026-07-31", "2026-08-31") for item in items),
    ]


def _write(drafts: Sequence[Draft]) -> bytes:
    by_type: dict[type[Draft], list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_type[type(draft)].append(draft)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        write_workbook(path, by_type, "示例市", "示例管理人", DAY, with_controls=False)
        return path.read_bytes()


def tiny_book() -> list[Draft]:
    """What a small book holds."""
    return [*invested_city(), *KEPT]


@cache
def write_tiny() -> bytes:
    """For that book one row that is the same, one that is new, and one that is perhaps twice."""
    same, _ = KEPT
    return _write([same, fee("F1", 6, "2021-06-30"), fee("F1", 2, "2022-06-30", business_no="T1")])
