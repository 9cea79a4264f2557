"""A quarter's state is the same for every question, and what was known at a lock stays as it was."""

from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.readings.portfolio.quarter_days import end_of
from dashboard.readings.quarters.collection import QuarterState, read_late_filers, read_state
from dashboard.readings.quarters.deadlines import read_deadlines
from dashboard.readings.quarters.restatements import read_effects
from dashboard.readings.returns.net_assets import NetAssetValues
from dashboard.reports.as_json import write_json
from dashboard.reports.question import Question, answer
from funds.book import Book
from funds.dates import days_of_quarter, quarter_of
from funds.drafts import Draft
from funds.kinds import CommitmentChange, ExitKind
from funds.models import Fund
from funds.policy import load_policies
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.quarter_values import QuarterValues
from funds.queries.scopes import CITY, fund_scope
from funds.recording import record_reminders
from tests.builders import (
    PERSON,
    balance,
    commitment,
    contribution,
    day,
    distribution,
    exit_,
    fee,
    fund,
    mark,
    nav,
    prepared_book,
    record,
    rows_of,
    wan,
)
from tests.engines import Databases, SqliteDatabases
from tests.funds.queries.plain_ledger import load_ledger
from tests.funds.recording.period_city import (
    END,
    QUARTER,
    closing_city,
    file,
    filing,
    late,
    lock,
    locking,
    reminder,
)
from tests.funds.recording.proposal_city import approve, propose

LATE_DAY = "2025-11-20"


def quarter_city() -> list[Draft]:
    """The closing city with the packaged deadlines."""
    return [*closing_city(), *(row for row in load_policies() if row.code.startswith("quarter."))]


@pytest.fixture
def city(databases: Databases) -> Iterator[Book]:
    with prepared_book(databases, "quarters", quarter_city) as book:
        yield book


@pytest.fixture
def quick(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "quarters", quarter_city) as book:
        yield book
    sqlite.drop_made()


def slice_of(
    book: Book, person: str = PERSON, on: str = "2026-01-15", known: int | None = None
) -> LedgerSlice:
    scope = CITY if person == PERSON else fund_scope("F1")
    return slice_ledger(book, person, scope, day(on), known)


def state_of(book: Book, person: str = PERSON, on: str = "2026-01-15") -> QuarterState:
    return read_state(slice_of(book, person, on), end_of(QUARTER))


def test_the_parks_and_the_city_follow_their_funds(city: Book) -> None:
    version = lock(city)
    state = state_of(city)
    assert [(one.fund.code, one.lock is not None) for one in state.funds] == [("F1", True), ("M", False)]
    assert [(one.park and one.park.code, one.funds, one.locked, one.is_locked) for one in state.parks] == [
        ("P1", 1, 1, True),
        (None, 1, 0, False),
    ]
    assert (state.locked, state.parks_locked, state.parks_counted) == (1, 1, 1)
    found = state.find("F1")
    assert found is not None
    assert found.lock is not None
    assert (found.lock.version, state.name(found.lock.approver_id)) == (version, "用户signatory")
    assert state.find("F9") is None
    assert state.name(99) == "#99"


def test_who_is_late_is_counted_from_the_last_day_for_filing(quick: Book) -> None:
    assert [one.day for one in state_of(quick).deadlines] == [
        date(2026, 1, 15),
        date(2026, 1, 25),
        date(2026, 1, 30),
        date(2026, 2, 9),
    ]
    assert read_late_filers(slice_of(quick)) == []
    assert [(one.fund.code, one.late_days) for one in read_late_filers(slice_of(quick, on="2026-01-20"))] == [
        ("F1", 5),
        ("M", 5),
    ]
    with quick.change("analyst", "催报") as change:
        record_reminders(change, [reminder()])
    file(quick, filing())
    later = state_of(quick, on="2026-01-20")
    assert [one.fund.code for one in later.late] == ["M"]
    assert [len(one.reminders) for one in later.funds] == [1, 0]


def test_without_a_policy_nobody_is_late(sqlite: SqliteDatabases) -> None:
    with prepared_book(sqlite, "closing", closing_city) as book:
        slice_ = slice_of(book, on="2026-03-20")
        assert [one.day for one in read_deadlines(slice_, end_of(QUARTER))] == [None] * 4
        assert read_state(slice_, end_of(QUARTER)).late == []
    sqlite.drop_made()


def test_a_manager_sees_her_own_fund_alone(quick: Book) -> None:
    file(quick, filing("M"), person=PERSON)
    waiting = propose(quick, "analyst", "lock", _ready(quick))
    state = state_of(quick, "manager")
    assert [one.fund.code for one in state.funds] == ["F1"]
    (own,) = state.funds
    found = own.waits_for("lock")
    assert found is not None
    assert (found.id, own.waits_for("unlock")) == (waiting, None)


def test_what_was_known_at_the_lock_is_the_same_byte_for_byte_after_it_was_restated(city: Book) -> None:
    version = lock(city)
    last = days_of_quarter(QUARTER)[1]

    def ask(known: int | None) -> list[bytes]:
        return [
            write_json(answer(city, PERSON, Question(report, last, scope, as_known=known)))
            for report, scope in (("fund", fund_scope("F1")), ("city", CITY), ("leverage", CITY))
        ]

    locked = ask(version)
    assert ask(None) == locked
    drafts = (contribution("F1", "LP2", 10, LATE_DAY), fee("F1", 3, LATE_DAY))
    for draft in drafts:
        approve(city, "signatory", propose(city, "manager", "late", late(draft)))
    record(city, fee("F1", 1, "2026-01-10"))
    assert ask(version) == locked
    assert ask(None) != locked
    restated = state_of(city).funds[0].restated
    assert [entry.rows for entry in restated] == [{"entry": 1}, {"entry": 1}]
    first = restated[0].restated.version
    before, after = (slice_of(city, on=END, known=known) for known in (first - 1, first))
    effects = {one.name: one.difference for one in read_effects(before, after, restated[0].restated.fund_id)}
    assert effects == {"paid_in": wan(10), "distributed": 0, "invested": 0, "nav": 0}
    assert [one.after for one in read_effects(before, after, 99)] == [0, 0, 0, 0]


def test_the_checks_value_a_fund_as_its_pages_do(quick: Book) -> None:
    """Accounts, shares of a child, sales, write-offs, balances and a fund that holds its own mother."""
    record(
        quick,
        fund("F2"),
        commitment("F2", "F1", 300, kind=CommitmentChange.NEW),
        commitment("F1", "F2", 100),
        contribution("F2", "F1", 300, "2024-01-05"),
        contribution("F1", "F2", 50, "2024-02-05"),
        exit_("F1", "C1", 700, "2024-05-01", cost_out_fen=wan(400)),
        exit_("F1", "C2", 0, "2024-06-01", kind=ExitKind.WRITE_OFF),
        distribution("F1", "M", 100, "2024-07-01"),
        nav("F1", 900, "2024-06-30", investor="M"),
        balance("F2", 7, "2024-09-30"),
        mark("F1", "C1", 800, "2024-09-30"),
    )
    party_of = {row["id"]: row["party_id"] for row in rows_of(quick, Fund)}
    for on in ("2020-06-30", "2024-03-31", "2024-09-30", "2025-12-31"):
        values = NetAssetValues.of_slice(slice_of(quick, on=on))
        with quick.look() as look:
            own = QuarterValues(load_ledger(look.connection, day(on), look.version), party_of)
        assert {fund_id: own.derived(fund_id) for fund_id in party_of} == {
            fund_id: values.derived(fund_id).value for fund_id in party_of
        }


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [("2024-Q1", "2024-01-01", "2024-03-31"), ("2025-Q4", "2025-10-01", "2025-12-31")],
)
def test_a_quarter_has_its_days(quarter: str, first: str, last: str) -> None:
    assert days_of_quarter(quarter) == (day(first), day(last))
    assert quarter_of(day(first)) == quarter_of(day(last)) == quarter


def _ready(book: Book) -> Draft:
    file(book, filing())
    return locking()
