"""The index account ends where LN-PME says, and every flow goes by the last level before it."""

from collections.abc import Iterator

import pytest

from dashboard.readings.returns.index_account import index_account_rows, list_levels
from dashboard.readings.returns.returns import read_returns
from funds.book import Book
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import fund_scope
from tests.builders import day, fund, index_level, wan
from tests.dashboard.readings.return_books import YEAR_END, book_of, worked_city
from tests.engines import SqliteDatabases

LEVELS = [
    index_level("全收益", "2020-02-28", 1000, is_total_return=True),
    index_level("全收益", "2022-06-30", 1200, is_total_return=True),
    index_level("全收益", "2024-12-31", 1100, is_total_return=True),
    index_level("太迟", "2023-01-31", 900),
]


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with book_of(sqlite, *worked_city(), *LEVELS, fund("F9")) as made:
        yield made


def read(book: Book, code: str = "F1") -> LedgerSlice:
    return slice_ledger(book, "local", fund_scope(code), YEAR_END)


def test_the_account_ends_where_the_method_says(book: Book) -> None:
    slice_ = read(book)
    rows = list(index_account_rows(slice_))
    compared = {row["index"]: row for row in read_returns(slice_).table("market")}
    assert (
        rows[-1]["account"] == compared["全收益"]["PF13_nav"] == wan(3_025)
    )  # 3,000 × 1.1 − 300 × 1,100 ÷ 1,200
    assert (rows[-1]["nav"], rows[-1]["lead"]) == (wan(3_300), wan(275))


def test_it_has_the_quarter_ends_of_the_j_curve(book: Book) -> None:
    slice_ = read(book)
    days = [row["day"] for row in read_returns(slice_).table("j_curve")]
    assert [row["day"] for row in index_account_rows(slice_)] == days


def test_an_index_that_begins_after_the_first_payment_has_no_account(book: Book) -> None:
    assert {row["index"] for row in index_account_rows(read(book))} == {"全收益"}


def test_a_fund_without_payments_has_no_account(book: Book) -> None:
    assert list(index_account_rows(read(book, "F9"))) == []


def test_each_flow_goes_by_the_last_level_on_or_before_it(book: Book) -> None:
    used = list_levels(read(book))
    assert [(one.day, one.amount, one.quoted, one.level_e6) for one in used] == [
        (day("2020-03-01"), -wan(2_000), day("2020-02-28"), 1_000_000_000),
        (day("2020-03-01"), -wan(1_000), day("2020-02-28"), 1_000_000_000),
        (day("2024-03-01"), wan(200), day("2022-06-30"), 1_200_000_000),
        (day("2024-03-01"), wan(100), day("2022-06-30"), 1_200_000_000),
    ]


def test_without_an_index_there_are_no_levels(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *worked_city()) as made:
        assert list_levels(read(made)) == []
