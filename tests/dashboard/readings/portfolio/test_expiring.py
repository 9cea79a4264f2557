"""Days of a fund that are near or past: ends of its life, and days that clauses name."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dashboard.readings.portfolio.expiring import (
    TERM_DAYS,
    expiring_rows,
    find_days,
    list_expiring,
    read_term_days,
)
from funds.book import Book
from funds.drafts import Draft
from funds.kinds import ExitKind, FundStatus
from funds.policy import load_policies
from funds.queries.deal_clauses import read_buybacks
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY
from tests.builders import company, day, exit_, fund, invested_city, investment, prepared_book, record, term
from tests.engines import SqliteDatabases


def near_city() -> list[Draft]:
    return [*invested_city(), *(row for row in load_policies() if row.code == TERM_DAYS)]


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "near days", near_city) as made:
        yield made
    sqlite.drop_made()


def slice_of(book: Book, on: str) -> LedgerSlice:
    return slice_ledger(book, "local", CITY, day(on))


def found(book: Book, on: str = "2026-01-15") -> list[tuple[str, str, str]]:
    with book.look() as look:
        clauses = read_buybacks(look.connection, look.version)
    return [
        (one.fund.code, one.event, one.day.isoformat()) for one in list_expiring(slice_of(book, on), clauses)
    ]


def dated(ends: dict[str, str]) -> dict[str, Any]:
    return {name: day(text) for name, text in ends.items()}


def ending(code: str = "F2", status: FundStatus | None = None, **ends: Any) -> Draft:
    return fund(code, status=status, **dated(ends))


def test_the_end_of_investing_is_told_so_many_days_ahead_and_while_the_fund_still_invests(book: Book) -> None:
    record(book, ending(invest_end="2026-04-15", status=FundStatus.INVESTING))
    assert read_term_days(slice_of(book, "2026-01-15")) == 90
    assert found(book, "2026-01-14") == []
    assert found(book, "2026-01-15") == [("F2", "invest_end", "2026-04-15")]
    assert found(book, "2029-07-14") == [("F2", "invest_end", "2026-04-15")]
    record(book, ending("F3", invest_end="2026-04-15", status=FundStatus.HARVESTING))
    assert [one[0] for one in found(book, "2026-04-15")] == ["F2", "F3"]
    assert [one[0] for one in found(book, "2026-04-16")] == ["F2"]


def test_the_end_of_a_life_stays_until_the_fund_is_over_and_moves_with_an_extension(book: Book) -> None:
    record(book, ending(exit_end="2024-12-31"))
    assert found(book) == [("F2", "exit_end", "2024-12-31")]
    record(book, ending("F3", exit_end="2024-12-31", extension_end="2027-12-31"))
    assert [one[0] for one in found(book)] == ["F2"]
    assert found(book, "2027-12-01")[1:] == [("F3", "extension_end", "2027-12-31")]
    record(book, ending("F4", exit_end="2024-12-31", status=FundStatus.CLOSED))
    assert [one[0] for one in found(book)] == ["F2"]


def test_without_a_policy_only_what_is_past_is_told(sqlite: SqliteDatabases) -> None:
    with prepared_book(sqlite, "invested", invested_city) as book:
        record(book, ending(exit_end="2026-01-16"))
        assert read_term_days(slice_of(book, "2026-01-15")) is None
        assert found(book) == []
        assert found(book, "2026-01-16") == [("F2", "exit_end", "2026-01-16")]
    sqlite.drop_made()


def test_days_in_terms_and_buyback_clauses_are_found_while_the_firm_is_held(book: Book) -> None:
    record(book, term("F1", "托管协议", words="有效期至2026年3月1日，期满另签"))
    record(book, company("C9"))
    record(book, investment("F1", "C9", 100, "2025-12-01", buyback="2026-02-01 前未上市则回购；否则不回购"))
    assert found(book) == [("F1", "buyback", "2026-02-01"), ("F1", "term", "2026-03-01")]
    rows = list(expiring_rows(slice_of(book, "2026-01-15")))
    assert rows == [
        {
            "table": "expiring",
            "fund": "F1",
            "event": "term",
            "term": "托管协议",
            "day": "2026-03-01",
            "is_ahead": True,
        }
    ]
    assert found(book, "2026-05-30") == [("F1", "buyback", "2026-02-01"), ("F1", "term", "2026-03-01")]
    assert found(book, "2026-05-31") == [("F1", "buyback", "2026-02-01")]
    record(book, exit_("F1", "C9", 120, "2026-01-10", kind=ExitKind.TRANSFER, transferred_ppm=1_000_000))
    assert found(book) == [("F1", "term", "2026-03-01")]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (None, []),
        ("五年内", []),
        ("2027-06-30", [date(2027, 6, 30)]),
        ("自 2025年1月1日 起至 2027/12/31", [date(2025, 1, 1), date(2027, 12, 31)]),
        ("2027-02-30 或 2027.03.01", [date(2027, 3, 1)]),
    ],
)
def test_only_days_of_the_calendar_are_read_from_words(words: str | None, days: list[date]) -> None:
    assert find_days(words) == days
