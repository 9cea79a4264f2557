"""The life of a project: what was filed, joined with what the ledger says, and never against it."""

from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.readings.portfolio.fund_file import fund_file_rows
from dashboard.readings.portfolio.project_life import Step, current_state, project_rows, read_steps
from funds.book import Book
from funds.kinds import ExitKind, ProjectState
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, fund_scope
from tests.builders import day, exit_, invested_city, prepared_book, project_stage, record
from tests.engines import SqliteDatabases

INITIATED, DECIDED, CLOSED, MANAGED, EXITED = ProjectState
AS_OF = date(2026, 1, 15)


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "invested", invested_city) as made:
        yield made
    sqlite.drop_made()


def part(book: Book, scope: Scope = CITY, as_of: date = AS_OF) -> LedgerSlice:
    return slice_ledger(book, "local", scope, as_of)


def steps_of(book: Book, firm: str, fund: str = "F1", as_of: date = AS_OF) -> list[Step]:
    slice_ = part(book, as_of=as_of)
    ids = {one.code: one.id for one in (*slice_.facts.funds.values(), *slice_.facts.companies.values())}
    return read_steps(slice_, ids[fund], ids[firm])


def days_of(steps: list[Step]) -> list[str | None]:
    return [None if step.day is None else step.day.isoformat() for step in steps]


def test_a_project_may_begin_long_before_any_money(book: Book) -> None:
    record(
        book,
        project_stage("F1", "C3", INITIATED, "2025-05-01"),
        project_stage("F1", "C3", DECIDED, "2025-06-01"),
    )
    steps = steps_of(book, "C3")
    assert days_of(steps) == ["2025-05-01", "2025-06-01", None, None, None]
    assert current_state(steps) is DECIDED
    assert current_state(steps_of(book, "C3", as_of=day("2025-05-31"))) is INITIATED
    assert current_state(steps_of(book, "C3", "M")) is None


def test_the_first_payment_is_the_closing_whatever_was_filed(book: Book) -> None:
    record(book, project_stage("F1", "C1", CLOSED, "2021-06-20", words="协议签署"))
    closing = steps_of(book, "C1")[2]
    assert (closing.day, closing.source, closing.is_overruled) == (day("2021-06-30"), "ledger", True)
    assert closing.words == "协议签署"
    assert not steps_of(book, "C2")[2].is_overruled


def test_an_exit_is_the_day_on_which_nothing_was_left(book: Book) -> None:
    record(book, project_stage("F1", "C1", EXITED, "2023-01-01"))
    filed = steps_of(book, "C1")
    assert (filed[4].is_overruled, current_state(filed)) == (True, CLOSED)
    record(book, exit_("F1", "C1", 600, "2023-06-30", transferred_ppm=500_000))
    assert current_state(steps_of(book, "C1")) is CLOSED
    record(book, exit_("F1", "C1", 700, "2024-06-30", kind=ExitKind.LIQUIDATION))
    gone = steps_of(book, "C1")
    assert (gone[4].day, gone[4].source, current_state(gone)) == (day("2024-06-30"), "ledger", EXITED)


def test_the_report_tells_the_states_of_what_was_filed(book: Book) -> None:
    assert list(project_rows(part(book))) == []
    record(book, project_stage("F1", "C1", DECIDED, "2021-06-01", decision_no="6号"))
    rows = list(project_rows(part(book, fund_scope("F1"))))
    assert [(row["stage"], row["day"], row["told_by"], row["is_current"]) for row in rows] == [
        ("decided", "2021-06-01", "filed", False),
        ("closed", "2021-06-30", "ledger", True),
    ]
    assert rows == [row for row in fund_file_rows(part(book, fund_scope("F1"))) if row["table"] == "project"]
    assert list(project_rows(part(book, fund_scope("M")))) == []
