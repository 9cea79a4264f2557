"""What the commission confirms stands; what others record waits beside it and never displaces it."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from funds.drafts import Draft
from funds.errors import Conflict, NotAllowed
from funds.kinds import Nature, NavSource, Role, ScopeKind
from funds.models import FundNav, Mark, PartyNature
from funds.recording.confirmations import approve_marks, approve_navs, confirm_natures
from funds.recording.corrections import Correction, correct_rows
from funds.recording.reversals import reverse_revision
from tests.builders import (
    codes_of,
    day,
    invested_city,
    mark,
    membership,
    nature,
    nav,
    person,
    prepared_book,
    record,
    rows_of,
    wan,
)
from tests.engines import Databases

LOCAL = 1


@pytest.fixture
def city(databases: Databases) -> Iterator[Book]:
    """An invested city with a manager and a reviewer of F1 and an analyst."""

    def make() -> list[Draft]:
        return [
            *invested_city(),
            person("manager"),
            person("reviewer"),
            person("analyst"),
            membership("manager", Role.FUND_MANAGER, ScopeKind.FUND, "F1"),
            membership("reviewer", Role.FUND_REVIEWER, ScopeKind.FUND, "F1"),
            membership("analyst", Role.COMMISSION_ANALYST),
        ]

    with prepared_book(databases, "vetting", make) as book:
        yield book


def natures(book: Book) -> list[tuple[str, int | None]]:
    """Nature and confirmer of every visible row."""
    return [(str(row["nature"]), row["confirmed_by_id"]) for row in rows_of(book, PartyNature)]


def test_a_signatory_confirms_by_recording(city: Book) -> None:
    record(city, nature("LP1"))
    assert natures(city) == [("fiscal", LOCAL)]


@pytest.mark.parametrize("login", ["manager", "analyst"])
def test_what_anybody_else_records_waits(city: Book, login: str) -> None:
    record(city, nature("LP1"), person=login)
    assert natures(city) == [("fiscal", None)]


def test_a_waiting_row_stands_beside_a_confirmed_one_that_says_otherwise(city: Book) -> None:
    record(city, nature("LP1"))
    record(city, nature("LP1", Nature.SOCIAL), person="manager")
    assert natures(city) == [("fiscal", LOCAL), ("social", None)]
    assert record(city, nature("LP1", Nature.SOCIAL), person="manager")["nature"].same == 1
    assert codes_of(city, nature("LP1", Nature.STATE_OWNED), person="manager") == ["twin.changed"]


def test_what_is_confirmed_already_is_the_same_for_everybody(city: Book) -> None:
    record(city, nature("LP1"))
    assert record(city, nature("LP1"), person="manager")["nature"].same == 1
    assert record(city, nature("LP1"))["nature"].same == 1
    assert codes_of(city, nature("LP1", Nature.SOCIAL)) == ["twin.changed"]


def test_recording_the_same_confirms_what_waited(city: Book) -> None:
    record(city, nature("LP1", evidence="章程"), person="manager")
    assert record(city, nature("LP1"))["nature"].new == 1
    (row,) = rows_of(city, PartyNature)
    assert (row["confirmed_by_id"], row["evidence"]) == (LOCAL, "章程")


def test_recording_otherwise_leaves_what_waited_beside(city: Book) -> None:
    record(city, nature("LP1", Nature.SOCIAL), person="manager")
    record(city, nature("LP1"))
    assert natures(city) == [("social", None), ("fiscal", LOCAL)]


def test_a_nature_twice_in_one_file_counts_once(city: Book) -> None:
    recorded = record(city, nature("LP1"), nature("LP1"))["nature"]
    assert (recorded.new, recorded.same) == (1, 1)


def test_a_nature_whose_day_was_corrected_does_not_come_in_again(city: Book) -> None:
    record(city, nature("LP1"))
    with city.change("local", "wrong day") as change:
        correct_rows(change, [Correction(PartyNature, 1, {"from_date": day("2021-01-01")})])
    assert codes_of(city, nature("LP1")) == ["twin.corrected"]


def test_confirming_takes_the_place_of_what_was_confirmed(city: Book) -> None:
    record(city, nature("LP1"))
    record(city, nature("LP1", Nature.SOCIAL), person="manager")
    with city.change("local", "checked") as change:
        (row_id,) = confirm_natures(change, [2])
    assert natures(city) == [("social", LOCAL)]
    assert rows_of(city, PartyNature)[0]["id"] == row_id
    with city.change("local", "no", "reverse", reverses_id=change.revision_id) as undo:
        reverse_revision(undo, change.revision_id)
    assert natures(city) == [("fiscal", LOCAL), ("social", None)]


def test_only_the_commission_confirms(city: Book) -> None:
    record(city, nature("LP1"), person="manager")
    for login in ("manager", "reviewer", "analyst"):
        with pytest.raises(NotAllowed), city.change(login, "mine") as change:
            confirm_natures(change, [1])
    assert natures(city) == [("fiscal", None)]


def test_what_does_not_wait_is_not_confirmed_again(city: Book) -> None:
    record(city, nature("LP1"))
    for row_id in (1, 99):
        with pytest.raises(Conflict) as refused, city.change("local", "again") as change:
            confirm_natures(change, [row_id])
        assert refused.value.code == "confirmation.not_waiting"


def test_marks_and_values_wait_for_a_reviewer(city: Book) -> None:
    record(city, mark("F1", "C1", 900), nav("F1", 50), person="manager")
    assert [row["approved_by_id"] for row in rows_of(city, Mark)] == [None]
    with city.change("reviewer", "checked") as change:
        approve_marks(change, [1])
        approve_navs(change, [1])
    assert [row["approved_by_id"] for row in rows_of(city, Mark)] == [change.person_id]
    assert [row["approved_by_id"] for row in rows_of(city, FundNav)] == [change.person_id]


def test_a_signatory_approves_by_recording(city: Book) -> None:
    record(city, mark("F1", "C1", 900), nav("F1", 50))
    assert [row["approved_by_id"] for row in rows_of(city, Mark)] == [LOCAL]
    assert record(city, mark("F1", "C1", 900), nav("F1", 50), person="manager")["mark"].same == 1
    record(city, mark("F1", "C1", 901), person="manager")
    marks = [(row["fair_value_fen"], row["approved_by_id"]) for row in rows_of(city, Mark)]
    assert marks == [(wan(900), LOCAL), (wan(901), None)]


def test_values_of_different_sources_and_investors_stand_apart(city: Book) -> None:
    drafts = [
        nav("F1", 50),
        nav("F1", 51, source=NavSource.AUDIT),
        nav("F1", 20, investor="M"),
        nav("F1", 52, "2025-12-31"),
    ]
    assert record(city, *drafts)["nav"].new == 4
    assert record(city, *drafts)["nav"].same == 4
