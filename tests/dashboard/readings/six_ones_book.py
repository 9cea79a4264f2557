"""A small city whose six ones can be worked out by hand, brought in by a workbook; the policy is the packaged one.

P1 is led by IC, P2 by BIO, P3 by nothing; F1 (IC) is P1's, F2 (BIO) belongs to P1 and P2 as 60 : 40.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.help import load_definition_drafts
from funds.book import Book
from funds.drafts import CompanyFigureDraft, Draft, ParkFigureDraft
from funds.intake import import_workbook, read_workbook, write_workbook
from funds.kinds import Role, ScopeKind
from funds.policy import load_policies
from funds.problems import only_fatal
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, park_scope
from tests.builders import (
    build_book,
    company,
    fund,
    fund_park,
    industry,
    membership,
    open_book,
    park,
    park_industry,
    party,
    person,
    policy,
    record,
    tag,
)
from tests.engines import Databases

AS_OF = date(2026, 9, 30)
OFFICIAL = "official"
LARGE = "规上"
# Output of 2025: 30, 12 and 18 (hundred million yuan) in P1, 62, 35 and 8 in P2; D filed none, E is not large.
OUTPUTS = (
    ("A", "年产值", "2025", "30", "亿元"),
    ("A", "年产值", "2024", "20", "亿元"),
    ("A", "营业收入", "2025", "10", "亿元"),
    ("B", "年产值", "2025", "120000", "万元"),
    ("B", "年产值", "2026", "1", "亿元"),  # the year is not over
    ("C", "年产值", "2025", "1800000000", "元"),
    ("C", "营业收入", "2025", "30", "亿元"),
    ("E", "年产值", "2025", "500", "亿元"),
    ("F", "年产值", "2025", "62", "亿元"),
    ("G", "年产值", "2025", "35", "亿元"),
    ("H", "年产值", "2025", "8", "亿元"),
    ("H", "年产值", "2025-12", "1", "亿元"),
    ("X", "年产值", "2025", "10", "亿元"),
)
# Park (None = the city), indicator, period, value.
FILED = (
    ("P1", "S02", "2024", "58"),
    ("P1", "S02", "2025", "62.5"),
    ("P2", "S02", "2025", "55"),
    ("P3", "S02", "2025", "70"),
    ("P1", "S06", "2025", "1"),
    ("P2", "S06", "2025", "2"),
    ("P1", "S09", "2025", "26.4"),
    ("P2", "S09", "2025", "31"),
    ("P1", "S12", "2025", "5000"),
    ("P2", "S12", "2025", "4200"),
    ("P2", "S12", "2026-Q2", "4300"),
    ("P1", "S13", "2025", "8000"),
    ("P2", "S13", "2025", "6000"),
    *((park, "S14", "2025", "10") for park in ("P1", "P2", "P3")),
    ("P1", "S17", "2025", "0"),
    (None, "S03", "2025", "5"),
    (None, "S04", "2025", "3"),
    (None, "S12", "2025", "9300"),
    ("P2", "S20", "2025", "1"),
)


@contextmanager
def six_ones_book(databases: Databases) -> Iterator[Book]:
    """A copy of the book, on an engine."""
    book = open_book(databases.copy_of("built-six-ones", build))
    yield book
    book.close()


def build(url: str) -> None:
    """The packaged policy and definitions, an official of P1, and the workbook."""
    build_book(url)
    book = open_book(url)
    record(book, *load_policies(), *load_definition_drafts())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "six_ones.xlsx"
        sheets: dict[type[Draft], list[Draft]] = {}
        for draft in told_city():
            sheets.setdefault(type(draft), []).append(draft)
        write_workbook(path, sheets, city="示例市", filer="示例单位", as_of=AS_OF)
        fatal = only_fatal(import_workbook(book, "local", read_workbook(path)).problems)
        assert fatal == [], fatal
    record(book, person(OFFICIAL), membership(OFFICIAL, Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"))
    book.close()


def told_city() -> list[Draft]:
    """Everything that the workbook holds."""
    return [
        *(industry(code) for code in ("IC", "BIO", "MAT")),
        *(park(code) for code in ("P1", "P2", "P3")),
        park_industry("P1", "IC"),
        park_industry("P2", "BIO"),
        party("GP"),
        *(company(code, park="P1", size_tags=LARGE) for code in "ABCD"),
        company("E", park="P1"),
        *(company(code, park="P2", size_tags=f"{LARGE};专精特新") for code in "FGH"),
        company("X", size_tags=LARGE),
        *(tag(code, "IC") for code in "ADEX"),
        tag("B", "IC", 60, is_primary=True),
        tag("B", "MAT", 40),
        tag("C", "BIO", 90, is_primary=True),
        tag("C", "IC", 10),
        *(tag(code, "BIO") for code in "FGH"),
        fund("F1", manager="GP", fields=("IC",)),
        fund("F2", manager="GP", fields=("BIO",)),
        fund_park("F1", "P1"),
        fund_park("F2", "P1", 60),
        fund_park("F2", "P2", 40),
        *(_output(*row) for row in OUTPUTS),
        *(_filed(*row) for row in FILED),
    ]


def weights(**points: int) -> list[Draft]:
    """Weights of the appraisal."""
    return [
        policy(f"appraisal.{code}", "2022-01-01", value_e6=value * 10**6, unit="分")
        for code, value in points.items()
    ]


def slice_of(book: Book, scope: Scope = CITY, as_of: date = AS_OF, person: str = "local") -> LedgerSlice:
    """A slice of it, of the whole city if nothing else is said."""
    return slice_ledger(book, person, scope, as_of)


def own_park(book: Book, as_of: date = AS_OF) -> LedgerSlice:
    """P1 as its official sees it."""
    return slice_of(book, park_scope("P1"), as_of, OFFICIAL)


def _output(firm: str, indicator: str, period: str, value: str, unit: str) -> CompanyFigureDraft:
    return CompanyFigureDraft(
        company=firm,
        indicator=indicator,
        period=period,
        value_e6=int(value) * 10**6,
        unit=unit,
        source="示例年报",
    )


def _filed(in_park: str | None, indicator: str, period: str, value: str) -> ParkFigureDraft:
    return ParkFigureDraft(
        park=in_park,
        indicator=indicator,
        period=period,
        value_e6=round(float(value) * 10) * 10**5,
        source="示例统计",
        owner=f"{in_park or '示例市'}管理机构",
        evidence="示例文件 1 号" if indicator == "S06" else None,
    )
