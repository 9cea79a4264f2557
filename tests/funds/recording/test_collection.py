"""What managers file, what mothers count, and who is reminded, each by whose right it is."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from funds.errors import NotAllowed, RulesBroken
from funds.models import ControlTotal, QuarterFiling, Reminder
from funds.recording import record_control_totals, record_filings, record_reminders
from tests.builders import PERSON, prepared_book, rows_of, wan
from tests.engines import Databases
from tests.funds.recording.period_city import QUARTER, closing_city, control_total, file, filing, reminder
from tests.funds.recording.proposal_city import id_of


@pytest.fixture
def city(databases: Databases) -> Iterator[Book]:
    with prepared_book(databases, "closing", closing_city) as book:
        yield book


def broken_by(book: Book, verb: object, draft: object, person: str = PERSON) -> list[str]:
    """The rules that a draft breaks."""
    with pytest.raises(RulesBroken) as broken, book.change(person, "x", dry_run=True) as change:
        verb(change, [draft])  # type: ignore[operator]
    return [problem.code for problem in broken.value.problems]


def test_filing_again_takes_the_place_of_the_first_time(city: Book) -> None:
    file(city, filing(note="第一次"), filing(note="第一次"))
    file(city, filing(note="补正"))
    (row,) = rows_of(city, QuarterFiling)
    assert (row["note"], row["filed_by_id"]) == ("补正", id_of(city, "manager"))
    with city.change("manager", "x") as change:
        assert record_filings(change, [filing(note="补正")]).same == 1


def test_filing_is_the_managers_and_reminding_the_commissions(city: Book) -> None:
    with pytest.raises(NotAllowed), city.change("reviewer", "x") as change:
        record_filings(change, [filing()])
    with pytest.raises(NotAllowed), city.change("manager", "x") as change:
        record_filings(change, [filing("M")])
    with pytest.raises(NotAllowed), city.change("manager", "x") as change:
        record_control_totals(change, [control_total(5)])
    with pytest.raises(NotAllowed), city.change("manager", "x") as change:
        record_reminders(change, [reminder()])


def test_a_control_total_is_the_mothers_and_the_last_one_holds(city: Book) -> None:
    for called in (5, 7, 7):
        with city.change(PERSON, "x") as change:
            record_control_totals(change, [control_total(called, 2)])
    (row,) = rows_of(city, ControlTotal)
    assert (row["called_fen"], row["distributed_fen"]) == (wan(7), wan(2))
    assert broken_by(city, record_control_totals, control_total(5, child="M")) == ["control_total.not_mother"]
    assert broken_by(city, record_control_totals, control_total(-5)) == ["amount.negative"]


def test_a_reminder_names_the_manager_and_only_who_has_not_filed(city: Book) -> None:
    with city.change("analyst", "催报") as change:
        assert record_reminders(change, [reminder()]).new == 1
    (row,) = rows_of(city, Reminder)
    assert (row["quarter"], row["addressee_id"] is not None) == (QUARTER, True)
    long = type(reminder())(fund="F1", quarter=QUARTER, note="长" * 2_001)
    assert broken_by(city, record_reminders, long) == ["value.too_long"]
    file(city, filing())
    assert broken_by(city, record_reminders, reminder()) == ["reminder.filed"]


@pytest.mark.parametrize(
    ("quarter", "code"), [("2026-Q1", "period.not_ended"), ("2025-13", "quarter.format")]
)
def test_only_a_quarter_that_is_over_is_filed(city: Book, quarter: str, code: str) -> None:
    assert broken_by(city, record_filings, filing(quarter=quarter)) == [code]
