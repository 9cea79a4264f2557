"""What is due in a fund is told with the way to where it is done."""

from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.pages.context import PageContext
from dashboard.pages.my_funds.fund_due import FundDue, draw_due, read_dues
from funds.book import Book
from funds.drafts import Draft
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY
from tests.builders import invested_city, mark, notice, prepared_book
from tests.dashboard.pages.visiting import find_links, text_below, visit_page
from tests.engines import SqliteDatabases

DAY = date(2026, 1, 15)


def _made() -> list[Draft]:
    late = notice("F1", "LP2", 10, "LATE", "2025-10-01")
    return [*invested_city(), late, mark("F1", "C1", 1_100, "2025-12-31")]


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "dues", _made) as made:
        yield made


def looked_at(book: Book) -> tuple[PageContext, LedgerSlice]:
    context = visit_page(book, "/my-funds", f"as_of={DAY}")
    return context, slice_ledger(book, "local", CITY, DAY)


def test_overdue_calls_and_missing_marks_are_counted(book: Book) -> None:
    context, slice_ = looked_at(book)
    due = read_dues(slice_)["F1"]
    assert (due.quarter, due.unmarked) == ("2025-Q4", 1)
    assert due.overdue == 1
    links = dict(find_links(draw_due(context, "F1", due)))
    assert list(links.values()) == [
        f"/cash/F1?as_of={DAY}",
        f"/quarter-end?as_of={DAY}&fund=F1&quarter=2025-Q4",
    ]


def test_a_fund_with_nothing_due_says_so(book: Book) -> None:
    context, slice_ = looked_at(book)
    due = read_dues(slice_)["M"]
    assert due == FundDue(0, "2025-Q4", 0)
    assert "没有逾期" in text_below(draw_due(context, "M", due))
