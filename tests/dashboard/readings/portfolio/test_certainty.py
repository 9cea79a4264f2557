"""What is not certain is counted from the book: natures, old marks, derived values, values at odds."""

from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.readings.portfolio.certainty import (
    AT_ODDS,
    DERIVED,
    STALE,
    UNDETERMINED,
    last_recorded_day,
    read_certainty,
)
from funds.book import Book
from funds.kinds import Nature
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, fund_scope
from tests.builders import build_book, invested_city, mark, nature, nav, open_book, policy, record, wan
from tests.engines import SqliteDatabases

YEAR_END = date(2024, 12, 31)
LIMITS = (policy("nav.stale_quarters", value_e6=1_000_000), policy("nav.stale_days", value_e6=45_000_000))


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    """M and F1 with two holdings of F1: nobody confirmed a nature, nothing is marked or reported."""
    made = open_book(sqlite.copy_of("founded", build_book))
    record(made, *invested_city(), *LIMITS)
    yield made
    made.close()
    sqlite.drop_made()


def city(book: Book, day: date = YEAR_END) -> LedgerSlice:
    return slice_ledger(book, "local", CITY, day)


def sums(slice_: LedgerSlice) -> dict[str, tuple[object, object]]:
    """Count and amount of each kind."""
    rows = read_certainty(slice_).table("certainty_sum")
    return {str(row["reason"]): (row["count"], row["amount"]) for row in rows}


def test_an_investor_nobody_confirmed_is_counted_once_with_all_that_was_committed(book: Book) -> None:
    assert sums(city(book))[UNDETERMINED] == (2, wan(12_000))
    record(book, nature("LP1"))
    assert sums(city(book))[UNDETERMINED] == (1, wan(2_000))
    record(book, nature("LP2", Nature.SOCIAL))
    assert sums(city(book))[UNDETERMINED] == (0, 0)


def test_a_holding_is_stale_when_its_last_value_is_older_than_policy_allows(book: Book) -> None:
    assert sums(city(book))[STALE] == (2, wan(1_500))  # never marked: at cost since they were paid
    record(book, mark("F1", "C1", 1_400, "2024-09-30"), mark("F1", "C2", 450, "2024-06-30"))
    assert sums(city(book))[STALE] == (1, wan(450))
    (row,) = [row for row in read_certainty(city(book)).table("certainty") if row["reason"] == STALE]
    assert (row["fund"], row["name"], row["amount"], row["day"]) == ("F1", "企业C2", wan(450), "2024-06-30")


def test_without_a_limit_in_the_book_no_mark_is_called_old(sqlite: SqliteDatabases) -> None:
    made = open_book(sqlite.copy_of("founded", build_book))
    record(made, *invested_city())
    assert sums(city(made))[STALE] == (None, None)
    made.close()
    sqlite.drop_made()


def test_a_value_that_nobody_reported_is_a_derived_one(book: Book) -> None:
    count, amount = sums(city(book))[DERIVED]
    assert count == 2
    record(book, nav("F1", 3_000), nav("M", 6_000))
    assert sums(city(book))[DERIVED] == (0, 0)
    assert amount == wan(3_000 + 6_000)


def test_a_reported_value_that_differs_from_the_derived_one_is_at_odds(book: Book) -> None:
    assert sums(city(book))[AT_ODDS] == (0, 0)
    record(book, nav("F1", 3_010))
    assert sums(slice_ledger(book, "local", fund_scope("F1"), YEAR_END))[AT_ODDS] == (1, wan(10))


def test_the_newest_record_is_the_last_movement_mark_or_report(book: Book) -> None:
    assert last_recorded_day(city(book)) == date(2021, 6, 30)  # the payments for both holdings
    record(book, mark("F1", "C1", 1_400, "2024-09-30"))
    assert last_recorded_day(city(book)) == date(2024, 9, 30)
    assert last_recorded_day(slice_ledger(book, "local", fund_scope("M"), YEAR_END)) == date(2020, 3, 1)
    record(book, nav("M", 6_000, "2024-12-31"))
    assert last_recorded_day(city(book)) == YEAR_END
    assert last_recorded_day(city(book, date(2019, 1, 1))) is None
