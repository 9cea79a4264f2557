"""What can be decided about a row that meets one of the book, and what the decision does."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from funds.book import Book
from funds.drafts import Draft, NavDraft, Place
from funds.errors import Conflict, RulesBroken
from funds.intake import ImportResult, WorkbookReading, import_workbook
from funds.intake.choices import Choice
from funds.intake.sheet_reading import SheetReading
from funds.intake.sheets import SHEET_BY_DRAFT
from funds.kinds import CommitmentChange, DistributionKind
from funds.models import CommitmentMovement, DealFact, Entry, FundNav, PartyFact
from funds.recording import VERBS
from funds.recording.reversals import reverse_revision
from tests.builders import (
    commitment,
    contribution,
    day,
    distribution,
    invested_city,
    investment,
    nav,
    party,
    place_all,
    prepared_book,
    record,
    rows_of,
    wan,
)
from tests.engines import SqliteDatabases

PAID = contribution("F1", "LP2", 100, "2020-06-01", business_no="B1")
GIVEN = distribution("F1", "LP2", 7, "2024-06-30", business_no="B2")
BOUGHT = investment("F1", "C1", 30, "2022-03-01", business_no="B3", stake_ppm=100_000)


def _made() -> list[Draft]:
    return [*invested_city(), PAID, BOUGHT, GIVEN, nav("F1", 900)]


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "to be decided", _made) as made:
        yield made


def reading_of(*given: Draft) -> WorkbookReading:
    """A workbook with these rows."""
    sheets = []
    for draft in given:
        title = SHEET_BY_DRAFT[type(draft)].title
        sheets.append(SheetReading(title, type(draft), (_at(draft, title),), 1))
    return WorkbookReading("x.xlsx", "0" * 64, 0, b"", tuple(sheets))


def _at(draft: Draft, title: str) -> Draft:
    return replace(draft, place=Place(title, 2))


def changed(draft: Any, **values: object) -> Any:
    return replace(draft, **values)


def rehearse(book: Book, *given: Draft) -> ImportResult:
    return import_workbook(book, "local", reading_of(*given), dry_run=True)


def update(book: Book, draft: Draft) -> ImportResult:
    """Record one row by putting the book right."""
    (meeting,) = rehearse(book, draft).meetings
    assert Choice.UPDATE in meeting.choices
    return import_workbook(
        book, "local", reading_of(draft), choices={meeting.clash.draft.place.origin: Choice.UPDATE}
    )


def test_a_payment_is_put_right_with_its_day_and_its_amount(book: Book) -> None:
    result = update(book, changed(PAID, amount_fen=wan(90), received_on=day("2020-06-02")))
    assert (result.new, result.updated, result.version) == (0, 1, book.head().version)
    (row,) = rows_of(book, Entry, business_no="B1")
    assert (row["amount_fen"], row["moved_on"]) == (wan(90), day("2020-06-02"))


def test_money_that_went_out_keeps_its_sign_and_takes_another_kind(book: Book) -> None:
    update(book, changed(GIVEN, amount_fen=wan(6), kind=DistributionKind.INTEREST))
    (row,) = rows_of(book, Entry, business_no="B2")
    assert (row["amount_fen"], row["detail"]) == (-wan(6), "interest")


def test_a_deal_is_put_right_in_its_payment_and_its_terms_at_once(book: Book) -> None:
    update(book, changed(BOUGHT, amount_fen=wan(31), paid_on=day("2022-03-02"), stake_ppm=110_000))
    (line,) = rows_of(book, Entry, business_no="B3")
    (fact,) = rows_of(book, DealFact, movement_id=line["movement_id"])
    assert (line["amount_fen"], line["moved_on"]) == (-wan(31), day("2022-03-02"))
    assert (fact["stake_ppm"], fact["paid_on"]) == (110_000, day("2022-03-02"))


def test_a_fact_is_put_right_in_the_fields_that_differ(book: Book) -> None:
    update(book, nav("F1", 950))
    assert [row["nav_fen"] for row in rows_of(book, FundNav)] == [wan(950)]


def test_what_no_correction_can_change_can_only_be_left_out(book: Book) -> None:
    moved = changed(PAID, investor="LP1")
    (meeting,) = rehearse(book, moved).meetings
    assert meeting.choices == (Choice.SKIP,)
    other = changed(BOUGHT, company="C2")
    (meeting,) = rehearse(book, other).meetings
    assert meeting.choices == (Choice.SKIP,)


def test_a_row_that_is_alike_may_stand_beside_the_other(book: Book) -> None:
    alike = changed(PAID, amount_fen=wan(99), business_no=None)
    (meeting,) = rehearse(book, alike).meetings
    assert meeting.choices == (Choice.SKIP, Choice.BOTH, Choice.UPDATE)
    before = len(rows_of(book, Entry))
    result = import_workbook(book, "local", reading_of(alike), choices={"实缴!2": Choice.SKIP})
    assert (result.version, result.already) == (None, True)
    import_workbook(book, "local", reading_of(alike), choices={"实缴!2": Choice.BOTH})
    assert len(rows_of(book, Entry)) == before + 1


def test_what_nobody_decided_about_is_not_recorded(book: Book) -> None:
    alike = changed(PAID, amount_fen=wan(99), business_no=None)
    for choices in ({}, {"实缴!2": Choice.SKIP, "实缴!9": Choice.SKIP}):
        with pytest.raises(Conflict):
            import_workbook(book, "local", reading_of(alike), choices=choices)
    with pytest.raises(RulesBroken):
        import_workbook(book, "local", reading_of(changed(PAID, amount_fen=wan(1))))


def test_a_rehearsal_names_the_rows_that_are_new(book: Book) -> None:
    result = rehearse(book, party("NEW"), PAID)
    assert [(sheet.title, sheet.new, sheet.same, sheet.rows) for sheet in result.sheets] == [
        ("机构", 1, 0, (2,)),
        ("实缴", 0, 1, ()),
    ]
    assert rows_of(book, PartyFact, name="NEW") == []


def test_a_commitment_keeps_its_direction(book: Book) -> None:
    lower = commitment("F1", "LP2", 10, on="2021-01-05", business_no="B9")
    record(book, *place_all([lower]))
    update(book, changed(lower, amount_fen=wan(12)))
    (row,) = rows_of(book, CommitmentMovement, business_no="B9")
    assert row["amount_fen"] == wan(12)


@pytest.mark.parametrize("draft", [changed(PAID, amount_fen=wan(90), business_no=None), nav("F1", 950)])
def test_what_was_put_right_and_taken_back_can_be_put_right_again(book: Book, draft: Draft) -> None:
    version = update(book, draft).version
    assert version is not None
    with book.change("local", "undo", action="reverse", reverses_id=version) as change:
        reverse_revision(change, version)
    assert update(book, draft).updated == 1


def test_a_commitment_that_was_another_kind_of_change_can_only_be_left_out(book: Book) -> None:
    first = commitment("F1", "LP2", 10, on="2021-01-05", business_no="B9")
    record(book, *place_all([first]))
    (meeting,) = rehearse(book, changed(first, kind=CommitmentChange.INCREASE)).meetings
    assert meeting.choices == (Choice.SKIP,)


def test_a_verb_by_itself_remembers_no_meeting_and_refuses(book: Book) -> None:
    with book.change("local", "alone") as change:
        with pytest.raises(RulesBroken):
            VERBS[NavDraft](change, [nav("F1", 950)])
        change.abandon()
