"""What is kept of each fund's calls stays right whatever comes in, and stays while only others are paid."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pytest

from dashboard.readings.portfolio.calls_due import call_rows, list_calls
from dashboard.readings.portfolio.fund_cash import FundCash, read_each_cash, read_fund_cash
from dashboard.readings.portfolio.payouts import payout_rows, unfunded_rows
from funds.book import LOCAL, Book
from funds.queries.cash_papers import CashPapers, OpenCash
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY
from tests.builders import contribution, distribution, notice, paid_city, prepared_book, record, wan
from tests.engines import SqliteDatabases

DAY = date(2026, 1, 15)


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "fund_cash", paid_city) as made:
        yield made


def read(book: Book, code: str, as_of: date = DAY, as_known: int | None = None) -> FundCash:
    slice_ = slice_ledger(book, LOCAL, CITY, as_of, as_known)
    return read_fund_cash(slice_, next(fund for fund in slice_.member_funds if fund.code == code))


@dataclass(frozen=True)
class CountedCash:
    """Opens papers as another does, and writes down whose."""

    opens: OpenCash
    asked: list[list[int]]

    def __call__(self, funds: Collection[int]) -> CashPapers:
        self.asked.append(list(funds))
        return self.opens(funds)

    def last_notices(self) -> Mapping[int, int] | None:
        return self.opens.last_notices()


def tell_plainly(slice_: LedgerSlice, code: str) -> tuple[int, int, int, int, int]:
    """The same sums from the lists of every line."""
    calls = [row for row in call_rows(slice_) if row["fund"] == code]
    unfunded = [row for row in unfunded_rows(slice_) if row["fund"] == code]
    payouts = [row for row in payout_rows(slice_) if row["fund"] == code]
    late = [
        one for one in list_calls(slice_) if one.overdue_days and slice_.facts.funds[one.fund].code == code
    ]
    return (
        sum(int(str(row["called"])) for row in calls),
        sum(int(str(row["outstanding"])) for row in calls),
        sum(int(str(row["unfunded"])) for row in unfunded),
        sum(int(str(row["total"])) for row in payouts),
        sum(one.outstanding for one in late),
    )


def test_the_sums_are_those_of_the_lines_after_every_kind_of_entry(book: Book) -> None:
    drafts = [
        notice("F1", "LP2", 10, "A", "2025-10-01"),
        contribution("F1", "LP2", 4, "2025-10-05"),
        notice("F1", "LP2", 7, "B", "2025-12-01"),
        distribution("F1", "LP2", 3, "2025-12-20"),
        contribution("F1", "LP2", 6, "2026-01-10"),
    ]
    for draft in drafts:
        record(book, draft)
        slice_ = slice_ledger(book, LOCAL, CITY, DAY)
        each = read_each_cash(slice_)
        for fund in slice_.member_funds:
            found = read_fund_cash(slice_, fund)
            assert found is each[fund.id]
            late = sum(one.amount for one in found.overdue)
            told = (found.called, found.outstanding, found.unfunded, found.distributed, late)
            assert told == tell_plainly(slice_, fund.code)


def test_a_fund_is_told_anew_only_after_its_own_lines_and_notices(book: Book) -> None:
    first = read(book, "F1")
    record(book, contribution("M", "LP1", 1, "2025-10-05"))
    assert read(book, "F1") is first
    record(book, notice("F1", "LP2", 10, "A", "2025-10-01"))
    second = read(book, "F1")
    assert (second.called - first.called, len(second.overdue)) == (wan(10), 1)
    record(book, contribution("F1", "LP2", 10, "2025-10-05"))
    assert read(book, "F1").settled > second.settled


def test_funds_that_were_never_told_are_read_together_and_nothing_stays_behind(book: Book) -> None:
    asked: list[list[int]] = []
    record(book, contribution("M", "LP1", 1, "2025-10-05"))
    for as_known in (None, book.head().version - 1):
        slice_ = slice_ledger(book, LOCAL, CITY, DAY, as_known)
        each = read_each_cash(replace(slice_, open_cash=CountedCash(slice_.open_cash, asked)))
        assert asked.pop() == [fund.id for fund in slice_.member_funds]
        assert (asked, slice_.shelf) == ([], {})
        assert len(each) > 1
        again = slice_ledger(book, LOCAL, CITY, DAY, as_known)
        assert list(each.values()) == [read_fund_cash(again, fund) for fund in again.member_funds]


def test_another_day_or_an_earlier_version_is_not_answered_by_what_is_kept(book: Book) -> None:
    earlier = book.head().version
    before = read(book, "F1")
    record(book, notice("F1", "LP2", 10, "A", "2025-10-01"))
    assert read(book, "F1").called > before.called
    assert read(book, "F1", as_known=earlier) == before
    assert read(book, "F1", as_of=date(2025, 9, 1)).called == before.called
