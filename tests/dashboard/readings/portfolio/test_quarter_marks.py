"""Which holdings stand at a quarter's end, with which marks, and which of them are missing."""

from datetime import date

import pytest

from dashboard.readings.portfolio.quarter_days import code_of_quarter, end_of, newest_end, quarter_number
from dashboard.readings.portfolio.quarter_marks import (
    MarkState,
    list_valuations,
    valuation_rows,
)
from funds.kinds import ExitKind
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY
from tests.builders import exit_, investment, mark, record_in, wan
from tests.dashboard.readings.return_books import book_of
from tests.engines import SqliteDatabases
from tests.funds.recording.proposal_city import proposing_city

END = date(2024, 12, 31)


def test_marked_waiting_and_missing_are_told_apart_and_the_missing_come_first(
    sqlite: SqliteDatabases,
) -> None:
    with book_of(sqlite, *proposing_city(), investment("F1", "C3", 90), mark("F1", "C1", 900)) as book:
        with book.change("manager", "季末估值") as change:
            record_in(change, mark("F1", "C2", 450, evidence="估值报告"))
        listed = list_valuations(slice_ledger(book, "local", CITY, END))
    assert [(one.company.code, one.state) for one in listed] == [
        ("C3", MarkState.MISSING),
        ("C2", MarkState.WAITING),
        ("C1", MarkState.MARKED),
    ]
    waiting = listed[1].waiting
    assert waiting is not None
    assert (waiting.value_fen, waiting.evidence, waiting.maker) == (wan(450), "估值报告", "用户manager")
    # What nobody approved does not count: the cost stands.
    assert (listed[1].value, listed[1].last) == (wan(500), None)


def test_what_was_sold_whole_or_written_off_needs_no_mark(sqlite: SqliteDatabases) -> None:
    gone = [
        exit_("F1", "C1", 900, "2024-03-01", transferred_ppm=1_000_000),
        exit_("F1", "C2", 0, "2024-03-01", ExitKind.WRITE_OFF),
    ]
    with book_of(sqlite, *proposing_city(), *gone) as book:
        assert list_valuations(slice_ledger(book, "local", CITY, END)) == []


def test_value_now_is_the_last_mark_with_what_was_added_and_sold_since(sqlite: SqliteDatabases) -> None:
    since = [
        mark("F1", "C1", 900, "2024-06-30"),
        exit_("F1", "C1", 300, "2024-08-01", transferred_ppm=500_000),
        investment("F1", "C1", 100, "2024-09-01"),
    ]
    with book_of(sqlite, *proposing_city(), *since) as book:
        (one,) = [
            v for v in list_valuations(slice_ledger(book, "local", CITY, END)) if v.company.code == "C1"
        ]
    assert (one.value, one.last and one.last.value_fen) == (wan(550), wan(900))


def test_a_waiting_mark_older_than_an_approved_one_waits_no_more(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *proposing_city(), mark("F1", "C1", 900)) as book:
        with book.change("manager", "季末估值") as change:
            record_in(change, mark("F1", "C1", 450, "2024-09-30"))
        listed = list_valuations(slice_ledger(book, "local", CITY, END))
    assert {one.company.code: one.waiting for one in listed} == {"C1": None, "C2": None}


def test_the_rows_of_the_report_say_the_same(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *proposing_city(), mark("F1", "C1", 900, evidence="报告")) as book:
        rows = list(valuation_rows(slice_ledger(book, "local", CITY, END)))
    held = {row["company"]: row for row in rows if row["table"] == "valuation"}
    assert (held["C1"]["mark_state"], held["C1"]["last_mark_evidence"]) == ("marked", "报告")
    assert (held["C2"]["mark_state"], held["C2"]["last_mark_value"]) == ("missing", None)
    (reason,) = [row for row in rows if row["table"] == "mark_trigger"]
    assert (reason["company"], reason["trigger"]) == ("C2", "no_mark")


@pytest.mark.parametrize(
    ("day", "code", "newest"),
    [
        (date(2024, 12, 31), "2024-Q4", date(2024, 12, 31)),
        (date(2025, 1, 1), "2025-Q1", date(2024, 12, 31)),
        (date(2025, 3, 30), "2025-Q1", date(2024, 12, 31)),
    ],
)
def test_quarters_are_told_by_code_and_last_day(day: date, code: str, newest: date) -> None:
    assert (code_of_quarter(day), newest_end(day)) == (code, newest)
    assert quarter_number(end_of(code)) == quarter_number(day)
