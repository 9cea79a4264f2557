"""A quarter is locked by two people when its checks hold, and opened again by two with a reason."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from funds.drafts.proposals import ProposalDraft
from funds.errors import Conflict, LedgerError, NotAllowed, RulesBroken
from funds.kinds import PeriodEvent
from funds.models import Mark, Period
from funds.permissions import read_rights
from funds.queries.invariants import check_invariants
from funds.queries.proposals import ProposalState
from funds.queries.quarter_checks import Check, CheckResult, read_checks
from funds.queries.trail_readers import make_reader
from funds.recording import record_control_totals, record_filings, record_proposals
from funds.recording.periods import record_locks, record_unlocks
from funds.recording.proposal_kinds import kind_of
from funds.recording.proposal_sides import read_sides
from funds.recording.reversals import reverse_revision
from tests.builders import (
    PERSON,
    contribution,
    day,
    distribution,
    mark,
    nav,
    prepared_book,
    record,
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
    lock,
    locking,
    unlocking,
)
from tests.funds.recording.proposal_city import approve, correction, id_of, propose, proposed


@pytest.fixture
def city(databases: Databases) -> Iterator[Book]:
    with prepared_book(databases, "closing", closing_city) as book:
        yield book


@pytest.fixture
def quick(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The same on the engine that is quick, for what does not depend on the engine."""
    with prepared_book(sqlite, "closing", closing_city) as book:
        yield book
    sqlite.drop_made()


def checks_of(book: Book, fund: str = "F1", quarter: str = QUARTER) -> dict[Check, CheckResult]:
    """The checks of a fund by name."""
    with book.look() as look:
        fund_id = fund_id_of(book, fund)
        found = read_checks(look.connection, look.version, quarter, [fund_id])[fund_id]
    return {result.check: result for result in found}


def open_checks(book: Book, fund: str = "F1", quarter: str = QUARTER) -> dict[str, str]:
    """What stands in the way of a lock: the case by check."""
    return {
        check.value: result.case
        for check, result in checks_of(book, fund, quarter).items()
        if not result.is_green
    }


def rules_of(fault: LedgerError) -> list[tuple[str, str | None]]:
    """The rules that are broken, and which checks are open."""
    assert isinstance(fault, RulesBroken)
    return [(problem.code, problem.params.get("checks")) for problem in fault.problems]


def test_a_quarter_is_locked_by_two_people_and_opened_by_two(city: Book) -> None:
    version = lock(city)
    (row,) = rows_of(city, Period)
    assert (row["event"], row["proposer_id"], row["revision_id"]) == (
        PeriodEvent.LOCK,
        id_of(city, "analyst"),
        version,
    )
    opened = approve(city, "second", propose(city, "signatory", "unlock", unlocking()))
    assert [row["revision_id"] for row in rows_of(city, Period)] == [version, opened]
    with city.look() as look:
        assert check_invariants(look.connection, look.version) == []


@pytest.mark.parametrize("verb", [record_locks, record_unlocks])
def test_nobody_locks_or_opens_alone(quick: Book, verb: object) -> None:
    draft = locking() if verb is record_locks else unlocking()
    with pytest.raises(NotAllowed, match="needs_second_person"), quick.change("signatory", "x") as change:
        verb(change, [draft])  # type: ignore[operator]


def test_the_proposer_does_not_approve_even_as_signatory(quick: Book) -> None:
    file(quick, filing())
    waiting = propose(quick, "signatory", "lock", locking())
    with pytest.raises(NotAllowed, match=r"proposal\.own"):
        approve(quick, "signatory", waiting)
    with pytest.raises(NotAllowed, match="refused"):
        approve(quick, "analyst", waiting)
    assert approve(quick, "second", waiting) == rows_of(quick, Period)[0]["revision_id"]


def test_a_reviewer_proposes_for_her_own_fund_only(quick: Book) -> None:
    file(quick, filing())
    assert proposed(quick, propose(quick, "reviewer", "lock", locking())).state is ProposalState.OPEN
    with pytest.raises(NotAllowed):
        propose(quick, "reviewer", "lock", locking("M"))
    with pytest.raises(NotAllowed):
        propose(quick, "manager", "lock", locking())


def test_each_open_check_keeps_the_lock_away(quick: Book) -> None:
    assert open_checks(quick) == {"filed": "not_filed"}
    with pytest.raises(RulesBroken) as broken:
        propose(quick, "analyst", "lock", locking())
    assert rules_of(broken.value) == [("period.checks_open", "1")]
    file(quick, filing())
    assert open_checks(quick) == {}
    record(quick, nav("F1", 3_200, END), person="manager")
    assert open_checks(quick) == {"waiting": "waits"}


def test_a_check_that_opens_while_the_lock_waits_refuses_the_approval(quick: Book) -> None:
    file(quick, filing())
    waiting = propose(quick, "analyst", "lock", locking())
    record(quick, contribution("F1", "LP2", 10, "2025-12-30"))
    with pytest.raises(RulesBroken) as broken:
        approve(quick, "signatory", waiting)
    assert rules_of(broken.value) == [("period.checks_open", "3, 5")]
    assert rows_of(quick, Period) == []


def test_a_holding_without_a_mark_of_the_day_is_named(quick: Book) -> None:
    file(quick, filing(quarter="2025-Q3"))
    found = checks_of(quick, quarter="2025-Q3")
    assert (found[Check.MARKS].case, found[Check.MARKS].params) == ("unmarked", {"count": 2, "missing": 2})
    assert found[Check.BRIDGE].case == "no_report"
    assert found[Check.BALANCES].case == "no_balance"
    assert not any(found[check].is_green for check in (Check.MARKS, Check.BRIDGE, Check.BALANCES))
    empty = checks_of(quick, quarter="2019-Q4")
    assert [empty[check].case for check in (Check.MARKS, Check.BRIDGE, Check.CALLS, Check.BALANCES)] == [
        "nothing_held",
        "nothing_yet",
        "no_mother_money",
        "no_cash",
    ]


def test_the_bridge_ties_to_the_fen_or_says_by_how_much_it_fails(quick: Book) -> None:
    bridge = checks_of(quick)[Check.BRIDGE]
    assert (bridge.case, bridge.params["gap"]) == ("ties", 0)
    record(quick, distribution("F1", "LP2", "0.000001", "2025-12-30"))
    bridge = checks_of(quick)[Check.BRIDGE]
    assert (bridge.is_green, bridge.case, bridge.params["gap"]) == (False, "gap", 1)
    assert checks_of(quick)[Check.BALANCES].params["gap"] == 1


def test_calls_are_matched_to_what_the_mother_filed(quick: Book) -> None:
    quarter = "2020-Q1"
    found = checks_of(quick, quarter=quarter)[Check.CALLS]
    assert (found.case, found.params["missing"]) == ("no_total", 1)

    def state(called: int) -> tuple[str, int]:
        with quick.change(PERSON, "控制总数") as change:
            record_control_totals(change, [control_total(called, quarter=quarter)])
        result = checks_of(quick, quarter=quarter)[Check.CALLS]
        return result.case, result.params["gap"]

    assert state(1_900) == ("differs", -wan(100))
    assert state(2_000) == ("matched", 0)


def test_a_waiting_proposal_of_values_keeps_the_lock_away(quick: Book) -> None:
    propose(quick, "manager", "mark", mark("F1", "C1", 1_200, END))
    result = checks_of(quick)[Check.WAITING]
    assert (result.is_green, result.params) == (False, {"proposals": 1, "values": 0})


def test_locks_that_are_there_or_not_there_are_conflicts(quick: Book) -> None:
    with pytest.raises(Conflict, match="not_locked"):
        propose(quick, "analyst", "unlock", unlocking())
    file(quick, filing())
    close(quick)
    with pytest.raises(Conflict, match="locked_already"):
        propose(quick, "analyst", "lock", locking())


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (locking(quarter="2026-Q1"), "period.not_ended"),
        (locking(quarter="2025年"), "quarter.format"),
        (unlocking(quarter="2025-Q5"), "quarter.format"),
    ],
)
def test_only_a_quarter_that_is_over_is_locked(quick: Book, draft: object, code: str) -> None:
    kind = "lock" if isinstance(draft, type(locking())) else "unlock"
    with pytest.raises(RulesBroken) as broken:
        propose(quick, "analyst", kind, draft)  # type: ignore[arg-type]
    assert [problem.code for problem in broken.value.problems] == [code]


def test_a_reason_that_no_row_could_hold_is_refused(quick: Book) -> None:
    close(quick)
    for draft, kind in ((locking(), "lock"), (unlocking(), "unlock")):
        long = type(draft)(fund="F1", quarter=QUARTER, reason="长" * 2_001)
        with pytest.raises(RulesBroken) as broken:
            propose(quick, "analyst", kind, long)
        assert [problem.code for problem in broken.value.problems] == ["value.too_long"]


def test_a_lock_is_not_reversed_but_opened(quick: Book) -> None:
    version = lock(quick)
    with (
        pytest.raises(Conflict, match="for_good"),
        quick.change("second", "冲销", reverses_id=version) as change,
    ):
        reverse_revision(change, version)


def test_one_person_alone_is_found_afterwards(quick: Book) -> None:
    with quick.change("analyst", "锁定") as change:
        row = {
            "fund_id": fund_id_of(quick, "F1"),
            "quarter": QUARTER,
            "event": PeriodEvent.LOCK,
            "proposer_id": change.person_id,
            "reason": "独自",
            "origin": None,
        }
        change.add(Period, [row])
    with quick.look() as look:
        found = check_invariants(look.connection, look.version)
    assert [(problem.code, problem.where) for problem in found] == [("invariant.rule", "period#1")]


def test_the_proposal_says_what_it_would_do(quick: Book) -> None:
    file(quick, filing())

    def sides(number: int) -> dict[str, tuple[object, object]]:
        one, kind = proposed(quick, number), kind_of(proposed(quick, number).kind)
        with quick.look() as look:
            rights = read_rights(look.connection, id_of(quick, "signatory"), day("2026-01-15"))
            reader = make_reader(id_of(quick, "signatory"), rights)
            found = read_sides(look, reader, one.seen_version, kind, kind.read(one.payload))
        return {side.column: (side.now, side.asked) for side in found}

    waiting = propose(quick, "analyst", "lock", locking())
    assert sides(waiting)["event"] == (None, PeriodEvent.LOCK)
    approve(quick, "signatory", waiting)
    assert sides(propose(quick, "analyst", "unlock", unlocking()))["event"] == (
        PeriodEvent.LOCK,
        PeriodEvent.UNLOCK,
    )
    coming = sides(propose(quick, "manager", "late", late(contribution("F1", "LP2", 10, "2025-12-30"))))
    assert coming["amount_fen"] == (None, wan(10))
    (row, *_) = rows_of(quick, Mark, valued_on=day(END))
    corrected = propose(quick, "manager", "late", late(correction("mark", row["id"], evidence="新报告")))
    assert sides(corrected)["evidence"] == (None, "新报告")
    assert sides(corrected)["row"] == (None, f"mark#{row['id']}")


def test_locks_of_one_change_look_at_what_it_wrote(quick: Book) -> None:
    lock_it = ProposalDraft(kind="lock", drafts=(locking(),), reason="季度已核对")
    with quick.change(PERSON, "x", dry_run=True) as change:
        for _ in range(2):
            with pytest.raises(RulesBroken):
                record_proposals(change, [lock_it])
        record_filings(change, [filing()])
        assert len(record_proposals(change, [lock_it])) == 1
