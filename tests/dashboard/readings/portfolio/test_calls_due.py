"""What was called, what came in for it, and who owes what past its day."""

from collections.abc import Iterator

import pytest

from dashboard.readings.portfolio.calls_due import call_line_rows, call_rows, settle_calls
from dashboard.readings.portfolio.cash_lines import read_cash
from dashboard.readings.portfolio.exits import exit_rows
from dashboard.readings.portfolio.fund_file import fund_file_rows
from dashboard.readings.portfolio.local_firms import local_firm_rows
from dashboard.readings.portfolio.overdue import list_overdue, overdue_rows
from dashboard.readings.portfolio.payouts import payout_line_rows, payout_rows, unfunded_rows
from funds.book import Book
from funds.kinds import Role, ScopeKind
from funds.queries.cash_papers import NoticePaper, ReceiptPaper
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY, fund_scope
from tests.builders import (
    codes_of,
    contribution,
    day,
    exit_,
    membership,
    notice,
    person,
    prepared_book,
    record,
    wan,
)
from tests.dashboard.readings.portfolio.cash_book import AS_OF, cash_city, cash_slice
from tests.engines import SqliteDatabases


@pytest.fixture(scope="module")
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "cash city", cash_city) as made:
        yield made


def asked(number: str, amount: int, sent: str, due: str) -> NoticePaper:
    return NoticePaper(1, number, 1, 1, amount, day(sent), day(due))


def paid(amount: int, on: str, number: str | None = None) -> ReceiptPaper:
    return ReceiptPaper(1, 1, 1, amount, day(on), number, is_inside=True)


FIRST, SECOND = asked("A", 100, "2025-01-01", "2025-02-01"), asked("B", 50, "2025-03-01", "2025-04-01")


@pytest.mark.parametrize(
    ("receipts", "received"),
    [
        ([paid(50, "2025-04-01", "B")], [0, 50]),  # it goes where it says
        ([paid(120, "2025-04-01", "A")], [100, 20]),  # what is over goes on
        ([paid(120, "2025-03-15")], [100, 20]),  # the earliest due first
        ([paid(120, "2025-02-15")], [100, 0]),  # nothing answers a notice that was not sent yet
        ([paid(120, "2024-12-31")], [0, 0]),
        ([paid(70, "2025-03-10"), paid(100, "2025-03-20", "A")], [100, 50]),  # who names a notice comes first
        ([paid(30, "2025-03-10", "C")], [30, 0]),  # an unknown number names none
    ],
)
def test_receipts_answer_notices(receipts: list[ReceiptPaper], received: list[int]) -> None:
    lines = settle_calls([FIRST, SECOND], receipts, day("2025-12-31"))
    assert [line.received for line in lines] == received


def test_days_count_from_the_day_after_it_was_due() -> None:
    (line,) = settle_calls([FIRST], [], day("2025-02-01"))
    assert (line.overdue_days, line.outstanding) == (0, 100)
    (line,) = settle_calls([FIRST], [paid(40, "2025-01-20")], day("2025-02-04"))
    assert (line.overdue_days, line.late_days) == (3, 0)
    (line,) = settle_calls([FIRST], [paid(40, "2025-01-20"), paid(60, "2025-02-03")], day("2025-12-31"))
    assert (line.overdue_days, line.late_days, line.last_on) == (0, 2, day("2025-02-03"))


def test_notices_stand_with_what_came_in_the_latest_due_first(book: Book) -> None:
    rows = list(call_rows(cash_slice(book)))
    said = [(row["notice"], row["called"], row["outstanding"], row["overdue"]) for row in rows]
    assert said == [
        ("N3", wan(100), wan(100), 0),
        ("N2", wan(900), wan(200), wan(200)),
        ("N1", wan(200), 0, 0),
    ]


def test_every_investor_of_a_notice_has_a_line(book: Book) -> None:
    lines = {(row["notice"], row["code"]): row for row in call_line_rows(cash_slice(book))}
    assert lines.keys() == {("N1", "LP2"), ("N2", "M"), ("N2", "LP2"), ("N3", "M")}
    assert (lines["N1", "LP2"]["late_days"], lines["N2", "M"]["settled"]) == (10, wan(400))


def test_who_is_overdue_is_named_with_fund_day_and_amount(book: Book) -> None:
    (one,) = list_overdue(cash_slice(book))
    assert (one.fund.code, one.investor.code, one.notice_no) == ("F1", "M", "N2")
    assert (one.due_on, one.amount, one.days) == (day("2025-07-01"), wan(200), 198)
    (row,) = overdue_rows(cash_slice(book, CITY))
    assert (row["code"], row["outstanding"]) == ("M", wan(200))
    assert list_overdue(cash_slice(book, on="2025-07-01")) == ()


def test_what_is_unfunded_holds_what_may_be_called_again(book: Book) -> None:
    rows = {row["code"]: row for row in unfunded_rows(cash_slice(book))}
    mother = rows["M"]
    assert (mother["committed"], mother["paid_in"], mother["recallable"]) == (
        wan(4_000),
        wan(2_400),
        wan(150),
    )
    assert (mother["unfunded"], mother["outstanding"], mother["callable"]) == (
        wan(1_750),
        wan(300),
        wan(1_450),
    )


def test_threat_28_a_recallable_distribution_enlarges_what_may_be_called_and_not_by_a_fen_more(
    sqlite: SqliteDatabases,
) -> None:
    with prepared_book(sqlite, "cash city", cash_city) as book:
        # 4,000 committed and 150 recallable, of which 700 and (before notices were kept) 2,000 are spoken for.
        record(book, notice("F1", "M", 3_450, "N4", "2026-01-12"))
        assert codes_of(book, notice("F1", "M", "0.000001", "N5", "2026-01-13")) == ["notice.over_commitment"]
    sqlite.drop_made()


def test_what_was_given_back_stands_by_day_and_by_line(book: Book) -> None:
    (row,) = payout_rows(cash_slice(book))
    assert (row["principal"], row["gain"], row["interest"]) == (wan(150), wan(50), 0)
    assert (row["recallable"], row["in_kind"], row["total"]) == (wan(150), wan(50), wan(200))
    lines = [
        (line["code"], line["payout_kind"], line["is_recallable"], line["is_in_kind"])
        for line in payout_line_rows(cash_slice(book))
    ]
    assert lines == [("M", "principal", True, False), ("LP2", "gain", False, True)]


def test_an_exit_takes_out_its_part_of_the_cost_of_its_day(sqlite: SqliteDatabases) -> None:
    with prepared_book(sqlite, "cash city", cash_city) as book:
        record(book, exit_("F1", "C1", 10, "2024-06-30", cost_out_fen=wan(50)))
        rows = [(row["amount"], row["cost_out"], row["cost_left"]) for row in exit_rows(cash_slice(book))]
    sqlite.drop_made()
    assert rows == [(wan(300), wan(250), wan(750)), (wan(10), wan(50), wan(700))]


def test_a_recognition_says_firm_day_and_ground(book: Book) -> None:
    (row,) = local_firm_rows(cash_slice(book))
    assert (row["company"], row["park"], row["recognised"], row["ground"]) == (
        "C1",
        "园区P1",
        wan(500),
        "认定书1号",
    )


def test_the_report_of_a_fund_holds_all_of_it(book: Book) -> None:
    tables = {row["table"] for row in fund_file_rows(cash_slice(book))}
    assert tables >= {
        "call",
        "call_line",
        "overdue",
        "unfunded",
        "payout",
        "payout_line",
        "exit",
        "local_firm",
    }
    whole = {row["table"] for row in fund_file_rows(cash_slice(book, CITY))}
    assert not whole & {"call_line", "payout_line"}


def test_what_belongs_to_a_fund_of_others_is_not_opened(sqlite: SqliteDatabases) -> None:
    with prepared_book(sqlite, "cash city", cash_city) as book:
        record(book, person("other"), membership("other", Role.FUND_MANAGER, ScopeKind.FUND, "M"))
        record(book, contribution("M", "LP1", 5, "2025-01-01"))
        mine = slice_ledger(book, "other", fund_scope("M"), AS_OF)
        other = next(fund.id for fund in mine.facts.funds.values() if fund.code == "F1")
        assert mine.open_cash([other]).receipts == ()
        assert mine.open_cash(mine.members).receipts != ()
        whole = cash_slice(book, CITY).open_cash.last_notices()
        assert whole is not None
        assert other in whole
        assert mine.open_cash.last_notices() == {}
    sqlite.drop_made()


def test_the_papers_of_a_slice_are_read_once(book: Book) -> None:
    slice_ = cash_slice(book)
    first = read_cash(slice_)
    list(call_rows(slice_))
    assert read_cash(slice_) is first
    assert read_cash(cash_slice(book, CITY).narrow(slice_.scope)) == first
