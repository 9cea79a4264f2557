"""People, their roles, and how they leave."""

from datetime import UTC, datetime

import pytest

from funds.book import Book
from funds.errors import NotAllowed, NotFound, RulesBroken
from funds.kinds import Role, ScopeKind
from funds.models import Membership, Person, PersonFact
from funds.recording import record_memberships, record_people, retire_person
from tests.builders import base_city, codes_of, day, membership, party, person, record, rows_of


def retire(book: Book, login: str, by: str = "local") -> None:
    """Retire a person as a change of its own."""
    with book.change(by, "leaves", "retire") as change:
        retire_person(change, login)


def test_people_and_roles_are_recorded_once(book: Book) -> None:
    drafts = [*base_city(), person("a"), membership("a", Role.FUND_MANAGER, ScopeKind.FUND, "F1")]
    record(book, *drafts)
    assert record(book, *drafts)["membership"].same == 1
    row = rows_of(book, Membership)[-1]
    assert (row["scope_kind"], row["fund_id"], row["park_id"]) == ("fund", 2, None)


def test_unknown_people_parks_and_funds_are_reported(book: Book) -> None:
    drafts = [
        membership("nobody", Role.AUDITOR),
        membership("local", Role.PARK_OFFICIAL, ScopeKind.PARK, "P9"),
        membership("local", Role.FUND_MANAGER, ScopeKind.FUND, "F9"),
    ]
    assert codes_of(book, *drafts) == ["code.unknown"] * 3


def test_a_login_must_fit(book: Book) -> None:
    assert codes_of(book, person("x" * 65), membership("x" * 65, Role.AUDITOR)) == ["value.too_long"]


def test_a_retired_person_has_no_right_left(book: Book) -> None:
    record(book, person("a"), membership("a", Role.COMMISSION_ANALYST))
    record(book, party("X"), person="a")
    retire(book, "a")
    with pytest.raises(NotAllowed):
        record(book, party("Y"), person="a")
    assert [(row["name"], row["active"]) for row in rows_of(book, PersonFact)] == [
        ("local", True),
        ("用户a", False),
    ]


def test_people_retire_themselves_but_not_others(book: Book) -> None:
    record(book, person("a"), person("b"))
    with pytest.raises(NotAllowed):
        retire(book, "b", by="a")
    retire(book, "a", by="a")
    assert len(rows_of(book, Person)) == 3


def test_the_last_who_may_manage_people_stays(book: Book) -> None:
    record(book, person("a"), membership("a", Role.COMMISSION_ANALYST))
    with pytest.raises(RulesBroken) as broken:
        retire(book, "local")
    assert [(problem.code, problem.where) for problem in broken.value.problems] == [
        ("people.nobody_left", "form:login")
    ]
    record(book, membership("a", Role.SYSTEM_ADMIN))
    retire(book, "local")


def test_nobody_retires_whom_the_book_does_not_know(book: Book) -> None:
    with pytest.raises(NotFound):
        retire(book, "nobody")


def test_accounts_and_roles_need_different_posts_once_they_are_filled(book: Book) -> None:
    record(
        book,
        person("s"),
        person("r"),
        membership("s", Role.SYSTEM_ADMIN),
        membership("r", Role.SECURITY_ADMIN),
    )
    with book.change("s", "new") as change:
        record_people(change, [person("n")])
    with book.change("r", "role") as change:
        record_memberships(change, [membership("n", Role.AUDITOR)])
    for login in ("r", "local"):
        with pytest.raises(NotAllowed), book.change(login, "not mine") as change:
            record_people(change, [person("x")])
    for login in ("s", "local"):
        with pytest.raises(NotAllowed), book.change(login, "not mine") as change:
            record_memberships(change, [membership(login, Role.SYSTEM_ADMIN)])


def test_roles_hold_from_their_first_day_until_before_their_last(book: Book) -> None:
    first, last = day("2026-01-10"), day("2026-01-15")
    record(book, person("a"), membership("a", Role.COMMISSION_ANALYST, from_date=first, to_date=last))
    with pytest.raises(NotAllowed):
        record(book, party("X"), person="a")
    earlier = Book(
        book.url.render_as_string(hide_password=False), clock=lambda: datetime(2026, 1, 14, 3, tzinfo=UTC)
    )
    record(earlier, party("X"), person="a")
    earlier.close()
