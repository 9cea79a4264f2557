"""People, their roles, and how they leave."""

from datetime import UTC, datetime

import pytest

from funds.book import Book
from funds.errors import NotAllowed, NotFound, RulesBroken
from funds.kinds import Role, ScopeKind
from funds.models import Membership, Person, PersonFact
from funds.recording import (
    end_memberships,
    record_memberships,
    record_people,
    reinstate_person,
    retire_person,
)
from funds.recording.corrections import Correction, correct_rows
from tests.builders import TODAY, base_city, codes_of, day, membership, party, person, record, rows_of


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
        person("wang"),
        membership("nobody", Role.AUDITOR),
        membership("wang", Role.PARK_OFFICIAL, ScopeKind.PARK, "P9"),
        membership("wang", Role.FUND_MANAGER, ScopeKind.FUND, "F9"),
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


def broken_by(book: Book, login: str, by: str = "local") -> list[tuple[str, str]]:
    """The rules that keep a person from being retired, and where they are told."""
    with pytest.raises(RulesBroken) as broken:
        retire(book, login, by)
    return [(problem.code, problem.where) for problem in broken.value.problems]


def test_the_last_who_may_let_others_in_stays(book: Book) -> None:
    record(book, *(person(login) for login in "ast"))
    record(book, membership("a", Role.COMMISSION_ANALYST))
    assert broken_by(book, "local") == [("people.nobody_left", "form:login")]
    record(book, membership("s", Role.SYSTEM_ADMIN))
    assert broken_by(book, "local") == [("posts.nobody_left", "form:login")]
    record(book, membership("t", Role.SECURITY_ADMIN))
    retire(book, "local")
    assert broken_by(book, "s", by="s") == [("people.nobody_left", "form:login")]


def test_a_retired_person_comes_back_with_the_roles_still_in_force(book: Book) -> None:
    record(book, person("a"), membership("a", Role.COMMISSION_ANALYST))
    retire(book, "a")
    with book.change("local", "back") as change:
        reinstate_person(change, "a")
        reinstate_person(change, "a")
    record(book, party("X"), person="a")
    assert [row["active"] for row in rows_of(book, PersonFact)] == [True, True]
    with pytest.raises(NotAllowed), book.change("a", "not mine") as change:
        reinstate_person(change, "a")


@pytest.mark.parametrize(
    "other", [Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.COMMISSION_ANALYST, Role.AUDITOR]
)
def test_who_administers_the_system_does_nothing_else(book: Book, other: Role) -> None:
    record(book, person("a"), person("s"), membership("s", Role.SECURITY_ADMIN))
    with book.change("s", "first") as change:
        record_memberships(change, [membership("a", Role.SYSTEM_ADMIN)])
    with pytest.raises(RulesBroken) as broken, book.change("s", "second") as change:
        record_memberships(change, [membership("a", other)])
    assert [problem.code for problem in broken.value.problems] == ["posts.mixed"]
    assert len(rows_of(book, Membership, person_id=2)) == 1


def end(book: Book, *ids: int, on: str = TODAY, by: str = "local") -> None:
    """End memberships as a change of its own."""
    with book.change(by, "ends") as change:
        end_memberships(change, ids, day(on))


def test_a_role_is_ended_as_of_a_day_and_one_of_that_day_taken_back(book: Book) -> None:
    record(
        book,
        person("a"),
        membership("a", Role.AUDITOR),
        membership("a", Role.FUND_MANAGER, from_date=day(TODAY)),
    )
    old, new = (row["id"] for row in rows_of(book, Membership, person_id=2))
    end(book, old, new)
    assert [(row["role"], row["to_date"]) for row in rows_of(book, Membership, person_id=2)] == [
        (Role.AUDITOR, day(TODAY))
    ]
    record(book, membership("a", Role.FUND_MANAGER, from_date=day(TODAY)))
    assert len(rows_of(book, Membership, person_id=2)) == 2


def test_what_does_not_stand_is_not_ended(book: Book) -> None:
    record(book, person("a"), membership("a", Role.AUDITOR))
    (row,) = rows_of(book, Membership, person_id=2)
    end(book, row["id"])
    for row_id in (row["id"], rows_of(book, Membership, person_id=2)[0]["id"], 999):
        with pytest.raises(NotFound):
            end(book, row_id)


def test_roles_are_ended_by_who_may_grant_them(book: Book) -> None:
    record(book, person("a"), membership("a", Role.COMMISSION_SIGNATORY), membership("a", Role.AUDITOR))
    record(book, person("s"), membership("s", Role.SECURITY_ADMIN))
    ended = rows_of(book, Membership, person_id=2)[1]["id"]
    with pytest.raises(NotAllowed):
        end(book, ended, by="a")
    end(book, ended, by="s")


def test_the_last_who_may_grant_roles_keeps_the_post(book: Book) -> None:
    record(
        book,
        person("s"),
        person("t"),
        membership("s", Role.SYSTEM_ADMIN),
        membership("t", Role.SECURITY_ADMIN),
    )
    retire(book, "local")
    (post,) = rows_of(book, Membership, person_id=3)
    for on in (TODAY, "2027-01-01"):
        with pytest.raises(RulesBroken) as broken:
            end(book, post["id"], on=on, by="t")
        assert [problem.code for problem in broken.value.problems] == ["posts.nobody_left"]


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


def test_threat_05_nobody_gives_a_role_to_themselves_or_widens_their_own(book: Book) -> None:
    record(book, person("sec"), membership("sec", Role.SECURITY_ADMIN))
    (row,) = rows_of(book, Membership, role=Role.SECURITY_ADMIN)
    with pytest.raises(NotAllowed, match="own_role"):
        record(book, membership("sec", Role.COMMISSION_SIGNATORY), person="sec")
    with pytest.raises(NotAllowed, match="own_role"), book.change("sec", "mine", "correct") as change:
        correct_rows(change, [Correction(Membership, row["id"], {"to_date": None, "role": Role.AUDITOR})])
