"""How many marks a quarter lacks, by fund: the same as going through the holdings one by one."""

from datetime import date

from dashboard.readings.portfolio.marks_missing import MissingMarks, count_missing
from dashboard.readings.portfolio.quarter_days import end_of
from dashboard.readings.portfolio.quarter_marks import MarkState, list_valuations
from dashboard.readings.returns.earlier_ledgers import slice_until
from funds.book import Book
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, fund_scope
from tests.builders import contribution, exit_, investment, mark, record, record_in
from tests.dashboard.readings.return_books import book_of
from tests.engines import SqliteDatabases
from tests.funds.recording.proposal_city import proposing_city

END = date(2024, 12, 31)
QUARTERS = ("2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1")


def counted(book: Book, quarter: str) -> dict[str, MissingMarks]:
    slice_ = slice_ledger(book, "local", CITY, END)
    return {slice_.facts.funds[fund].code: found for fund, found in count_missing(slice_, quarter).items()}


def listed(slice_: LedgerSlice, quarter: str) -> dict[int, MissingMarks]:
    """The same, from the list of every holding with all that is told of it."""
    states: dict[int, list[MarkState]] = {}
    for one in list_valuations(slice_until(slice_, end_of(quarter))):
        states.setdefault(one.fund.id, []).append(one.state)
    counts = {
        fund: MissingMarks(of_fund.count(MarkState.MISSING), of_fund.count(MarkState.WAITING))
        for fund, of_fund in states.items()
    }
    return {fund: found for fund, found in counts.items() if found.unmarked}


def test_what_waits_is_unmarked_still_and_told_apart(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *proposing_city(), investment("F1", "C3", 90), mark("F1", "C1", 900)) as book:
        with book.change("manager", "季末估值") as change:
            record_in(change, mark("F1", "C2", 450, evidence="估值报告"))
        assert counted(book, "2024-Q4") == {"F1": MissingMarks(missing=1, waiting=1)}
        assert counted(book, "2024-Q4")["F1"].unmarked == 2


def test_marks_of_a_later_quarter_say_nothing_about_an_earlier_one(sqlite: SqliteDatabases) -> None:
    marks = [mark("F1", "C1", 900, "2024-09-30"), mark("F1", "C1", 950), mark("F1", "C2", 450)]
    with book_of(sqlite, *proposing_city(), *marks) as book:
        assert counted(book, "2024-Q4") == {}
        assert counted(book, "2024-Q3")["F1"].unmarked == 1
        assert counted(book, "2024-Q2")["F1"].unmarked == 2


def test_the_counts_are_those_of_the_list_whatever_was_sold_and_whatever_waits(
    sqlite: SqliteDatabases,
) -> None:
    rows = [
        *(mark("F1", "C1", 900, "2024-06-30"), mark("F1", "C2", 450, "2024-09-30")),
        exit_("F1", "C1", 900, "2024-08-01", transferred_ppm=1_000_000),
        investment("F1", "C3", 100, "2024-09-01"),
    ]
    with book_of(sqlite, *proposing_city(), *rows) as book:
        with book.change("manager", "季末估值") as change:
            record_in(change, mark("F1", "C2", 400, "2024-08-31"), mark("F1", "C3", 120, "2025-03-31"))
        for as_of in (END, date(2025, 6, 30)):
            whole = slice_ledger(book, "local", CITY, as_of)
            for slice_ in (whole, whole.narrow(fund_scope("F1"))):
                for quarter in QUARTERS:
                    assert count_missing(slice_, quarter) == listed(slice_, quarter)


def test_money_of_investors_leaves_what_was_followed_as_it_is(sqlite: SqliteDatabases) -> None:
    from dashboard.readings.portfolio import marks_missing

    with book_of(sqlite, *proposing_city(), investment("F1", "C3", 90)) as book:
        before = slice_ledger(book, "local", CITY, END)
        first = marks_missing._list_standing(marks_missing._firms_until(before, END))
        record(book, contribution("F1", "LP2", 5, "2021-01-01"))
        after = slice_ledger(book, "local", CITY, END)
        assert after.version > before.version
        assert marks_missing._list_standing(marks_missing._firms_until(after, END)) is first
        record(book, mark("F1", "C3", 90))
        last = slice_ledger(book, "local", CITY, END)
        assert marks_missing._list_standing(marks_missing._firms_until(last, END)) is not first
