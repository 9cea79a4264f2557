"""A locked quarter keeps every kind of row out, whoever brings it, unless it comes late with a reason and two people."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from threading import Thread
from typing import Any

import pytest

from funds.book import Book
from funds.drafts import Draft
from funds.drafts.periods import LateDraft
from funds.drafts.proposals import CorrectionDraft
from funds.errors import Conflict, LedgerError, NotAllowed, NotFound, PeriodClosed, RulesBroken
from funds.kinds import ExitKind, PeriodEvent
from funds.models import Entry, Mark, QuarterFiling, Restatement, row_tables, table_of
from funds.models.row_scopes import Reach, tables_within
from funds.queries.invariants import check_invariants
from funds.queries.period_dates import EXEMPT, PERIOD_DATES, find_rows
from funds.queries.periods import read_restated
from funds.recording import record_control_totals, record_filings
from funds.recording.corrections import Correction, correct_rows
from funds.recording.late_entries import LATE, NOUNS, record_late
from funds.recording.reversals import reverse_revision
from tests.builders import (
    PERSON,
    balance,
    claim,
    commitment,
    contribution,
    day,
    exit_,
    fee,
    investment,
    local_investment,
    mark,
    nav,
    notice,
    prepared_book,
    record,
    record_in,
    round_,
    round_investor,
    rows_of,
    wan,
)
from tests.engines import Databases, SqliteDatabases
from tests.funds.recording.period_city import (
    END,
    QUARTER,
    close,
    closing_city,
    control_total,
    file,
    filing,
    fund_id_of,
    late,
)
from tests.funds.recording.proposal_city import approve, correction, id_of, propose

IN = "2025-11-20"
# By table the drafts that write into the fund's locked quarter.
ROWS: dict[str, Sequence[Draft]] = {
    "entry": [contribution("F1", "LP2", 10, IN)],
    "commitment_movement": [commitment("F1", "LP2", 10, IN)],
    "call_notice": [notice("F1", "LP2", 10, "N9", IN)],
    "deal_fact": [investment("F1", "C1", 10, IN)],
    "exit": [exit_("F1", "C2", 0, IN, kind=ExitKind.WRITE_OFF)],
    "mark": [mark("F1", "C1", 1_000, IN)],
    "round_fact": [round_("R9", "C3", 300, IN), investment("F1", "C3", 10, IN, round="R9")],
    "round_investor": [
        round_("R9", "C3", 300, IN),
        round_investor("R9", "LP2", 300),
        investment("F1", "C3", 10, IN, round="R9"),
    ],
    "fund_nav": [nav("F1", 3_000, IN)],
    "balance": [balance("F1", 10, IN)],
    "claim": [claim("F1", QUARTER)],
    "local_investment": [local_investment("F1", "C1", 10, IN)],
}


@pytest.fixture
def city(databases: Databases) -> Iterator[Book]:
    with prepared_book(databases, "closing", closing_city) as book:
        yield book


@pytest.fixture(scope="module")
def shut(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """One book with the quarter of F1 and of M locked, in which nothing is ever written."""
    databases = SqliteDatabases(tmp_path_factory.mktemp("shut"))
    with prepared_book(databases, "closing", closing_city) as book:
        close(book)
        close(book, "M")
        yield book


@pytest.fixture
def quick(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "closing", closing_city) as book:
        yield book
    sqlite.drop_made()


def refusal(book: Book, *drafts: Draft, person: str = PERSON) -> LedgerError:
    """Why they cannot be recorded."""
    with pytest.raises(LedgerError) as refused:
        record(book, *drafts, person=person)
    return refused.value


def test_every_table_of_a_fund_belongs_to_quarters_or_says_why_not() -> None:
    scoped = set(tables_within(Reach.SCOPED))
    dated = {table_of(model).name for model in PERIOD_DATES}
    assert dated | EXEMPT.keys() == scoped
    assert not dated & EXEMPT.keys()
    assert scoped <= {table.name for table in row_tables()}


def test_every_table_of_quarters_is_tried() -> None:
    elsewhere = {"quarter_filing", "control_total"}
    assert ROWS.keys() | elsewhere >= {table_of(model).name for model in PERIOD_DATES}


@pytest.mark.parametrize("table", ROWS)
def test_a_locked_quarter_keeps_the_row_out(shut: Book, table: str) -> None:
    fault = refusal(shut, *ROWS[table])
    assert isinstance(fault, PeriodClosed)
    assert fault.params["which"] == f"F1 {QUARTER}"
    assert (fault.status, fault.params["person"], fault.params["proposer"], fault.params["day"]) == (
        409,
        "用户signatory",
        "用户analyst",
        "2026-01-15",
    )


@pytest.mark.parametrize("table", ROWS)
def test_the_quarter_before_stays_open(shut: Book, table: str) -> None:
    """Else the refusals above would say nothing of the quarter."""
    with shut.look() as look:
        before = look.version
    moved = [_earlier(draft) for draft in ROWS[table]]
    with shut.change(PERSON, "test", dry_run=True) as change:
        record_in(change, *moved)
    assert shut.head().version == before


def test_filings_and_control_totals_of_a_locked_quarter_are_refused(shut: Book) -> None:
    with pytest.raises(PeriodClosed), shut.change("manager", "x") as change:
        record_filings(change, [filing()])
    with pytest.raises(PeriodClosed), shut.change(PERSON, "x") as change:
        record_control_totals(change, [control_total(10)])


def test_both_lines_of_a_transfer_ask_for_both_quarters(city: Book) -> None:
    close(city, "M")
    fault = refusal(city, contribution("F1", "M", 10, IN))
    assert (type(fault), fault.params["which"]) == (PeriodClosed, f"M {QUARTER}")
    record(city, contribution("F1", "LP2", 10, IN))
    close(city, "M", event=PeriodEvent.UNLOCK)
    record(city, contribution("F1", "M", 10, IN))


def test_a_correction_out_of_or_into_a_locked_quarter_is_refused(quick: Book) -> None:
    record(quick, fee("F1", 1, IN), fee("F1", 2, "2025-08-01"))
    inside, outside = (row["id"] for row in rows_of(quick, Entry)[-2:])
    close(quick)
    for row_id, into in ((inside, "2025-08-02"), (outside, IN)):
        with pytest.raises(PeriodClosed), quick.change(PERSON, "x") as change:
            correct_rows(change, [Correction(Entry, row_id, {"moved_on": day(into)})])


def test_a_revision_with_rows_of_a_locked_quarter_is_not_reversed(quick: Book) -> None:
    record(quick, fee("F1", 1, IN))
    version = quick.head().version
    close(quick)
    with pytest.raises(PeriodClosed), quick.change(PERSON, "x", reverses_id=version) as change:
        reverse_revision(change, version)


def test_a_proposal_for_a_locked_quarter_is_refused_at_once(shut: Book) -> None:
    with pytest.raises(PeriodClosed):
        propose(shut, "manager", "mark", mark("F1", "C1", 1_200, END))


def test_what_was_proposed_before_the_lock_is_not_approved_after_it(quick: Book) -> None:
    waiting = propose(quick, "manager", "mark", mark("F1", "C1", 1_000, IN))
    close(quick)
    with pytest.raises(PeriodClosed):
        approve(quick, "signatory", waiting)


def test_a_late_entry_takes_two_people_and_leaves_a_note(city: Book) -> None:
    lock = close(city)
    with pytest.raises(NotAllowed, match="needs_second_person"), city.change("signatory", "x") as change:
        record_late(change, [late(fee("F1", 1, IN))])
    waiting = propose(city, "manager", "late", late(fee("F1", 1, IN)))
    with pytest.raises(NotAllowed):
        approve(city, "reviewer", waiting)
    version = approve(city, "signatory", waiting)
    (row,) = rows_of(city, Restatement)
    assert (row["quarter"], row["reason"], row["proposer_id"]) == (
        QUARTER,
        "凭证迟到",
        id_of(city, "manager"),
    )
    with city.look() as look:
        (note,) = read_restated(look.connection, look.version, QUARTER)
        assert (note.approver_id, note.version) == (id_of(city, "signatory"), version)
        rows = find_rows(look.connection, version)
        assert {name: len(found[row["fund_id"], QUARTER]) for name, found in rows.items()} == {"entry": 1}
        assert read_restated(look.connection, look.version, "2025-Q3") == []
        assert check_invariants(look.connection, look.version) == []
    assert lock < version


def test_a_late_transfer_restates_both_funds(quick: Book) -> None:
    close(quick)
    close(quick, "M")
    approve(quick, "signatory", propose(quick, "manager", "late", late(contribution("F1", "M", 10, IN))))
    assert {row["fund_id"] for row in rows_of(quick, Restatement)} == {
        fund_id_of(quick, "F1"),
        fund_id_of(quick, "M"),
    }


def test_a_late_correction_needs_sight_and_its_own_fund(quick: Book) -> None:
    record(quick, fee("F1", 1, IN), fee("M", 2, IN))
    own, other = (row["id"] for row in rows_of(quick, Entry)[-2:])
    close(quick)
    close(quick, "M")
    with pytest.raises(NotFound):
        propose(quick, "manager", "late", late(correction("entry", other, amount_fen=-5)))
    with pytest.raises(RulesBroken, match="rules"):
        propose(quick, "signatory", "late", late(correction("entry", other, amount_fen=-5)))
    approve(
        quick, "signatory", propose(quick, "manager", "late", late(correction("entry", own, amount_fen=-5)))
    )
    assert -5 in {row["amount_fen"] for row in rows_of(quick, Entry)}


def test_a_late_mark_is_approved_by_the_second_person(quick: Book) -> None:
    close(quick)
    approve(quick, "signatory", propose(quick, "manager", "late", late(mark("F1", "C1", 1_000, IN))))
    (row,) = (row for row in rows_of(quick, Mark) if row["valued_on"] == day(IN))
    assert (row["fair_value_fen"], row["approved_by_id"]) == (wan(1_000), id_of(quick, "signatory"))


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (late(fee("F1", 1, "2025-08-01")), "late.not_needed"),
        (late(fee("M", 1, IN)), "late.other_fund"),
        (late(noun="Fee"), "late.other_fund"),
        (late(fee("F1", 1, IN), noun="Party"), "late.noun"),
        (LateDraft(fund="F1", quarter=QUARTER, noun="Fee", payload="[{}]", reason="x"), "late.noun"),
        (LateDraft(fund="F1", quarter=QUARTER, noun="Fee", payload="{", reason="x"), "late.noun"),
    ],
)
def test_what_is_no_late_entry_is_refused(shut: Book, draft: LateDraft, code: str) -> None:
    with pytest.raises(RulesBroken) as broken:
        propose(shut, "manager", "late", draft)
    assert [problem.code for problem in broken.value.problems] == [code]


def test_nothing_comes_late_to_an_open_quarter(quick: Book) -> None:
    with pytest.raises(Conflict, match="not_locked"):
        propose(quick, "manager", "late", late(fee("F1", 1, IN)))


def test_a_late_entry_waits_for_nobody_once_the_quarter_is_open(quick: Book) -> None:
    close(quick)
    waiting = propose(quick, "manager", "late", late(fee("F1", 1, IN)))
    close(quick, event=PeriodEvent.UNLOCK)
    with pytest.raises(Conflict, match="overtaken"):
        approve(quick, "signatory", waiting)


def test_every_late_noun_is_of_a_table_of_quarters() -> None:
    assert NOUNS.keys() == {kind.__name__.removesuffix("Draft") for kind in LATE}
    assert CorrectionDraft in LATE


def test_a_row_slipped_into_a_locked_quarter_is_found(quick: Book) -> None:
    close(quick)
    with quick.change(PERSON, "旁路") as change:
        row = {
            "fund_id": fund_id_of(quick, "F1"),
            "quarter": QUARTER,
            "filed_on": day("2026-01-15"),
            "filed_by_id": change.person_id,
            "note": None,
            "origin": None,
        }
        change.add(QuarterFiling, [row])
    with quick.look() as look:
        found = check_invariants(look.connection, look.version)
    assert [(problem.code, problem.where) for problem in found] == [
        ("invariant.closed_quarter", "quarter_filing#1")
    ]


def test_a_write_and_a_lock_at_once_come_in_one_order_or_the_other(city: Book, counts: object) -> None:
    """Never a row of a locked quarter without a note, whoever came first."""
    file(city, filing())
    for number in range(counts(3, 40)):  # type: ignore[operator]
        faults: list[str] = []

        def write(number: int = number, faults: list[str] = faults) -> None:
            try:
                record(city, local_investment("F1", "C1", number + 1, f"2025-11-{number % 28 + 1:02d}"))
            except LedgerError as fault:
                faults.append(type(fault).__name__)

        writer, locker = Thread(target=write), Thread(target=close, args=(city, "F1"))
        for thread in (writer, locker):
            thread.start()
        for thread in (writer, locker):
            thread.join()
        assert faults in ([], ["PeriodClosed"])
        close(city, event=PeriodEvent.UNLOCK)
    with city.look() as look:
        assert check_invariants(look.connection, look.version) == []


def _earlier(draft: Draft) -> Draft:
    """The same in the quarter before."""
    instead: dict[object, Any] = {day(IN): day("2025-08-20"), QUARTER: "2025-Q3"}
    given = {field.name: getattr(draft, field.name) for field in fields(draft) if field.name != "place"}
    return replace(draft, **{name: instead[value] for name, value in given.items() if value in instead})
