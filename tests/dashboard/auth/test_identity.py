"""Who is signed in: the active person with the roles of the day."""

from datetime import date

from dashboard.auth.identity import Identity, read_identity
from funds.book import Book, find_person
from funds.kinds import Role, ScopeKind
from funds.models import Membership
from tests.dashboard.serving import retire_person

TODAY = date(2026, 6, 30)


def read(book: Book, login: str, on: date = TODAY) -> Identity | None:
    """The identity of a login on a day."""
    with book.look() as look:
        return read_identity(look, find_person(look.connection, login, look.version), on)


def test_a_person_has_the_roles_of_the_day(book: Book) -> None:
    found = read(book, "signatory")
    assert found is not None
    assert (found.login, found.name) == ("signatory", "name of signatory")
    assert found.roles == (Role.COMMISSION_SIGNATORY,)
    nobody_yet = read(book, "signatory", date(2019, 12, 31))
    assert nobody_yet is not None
    assert nobody_yet.roles == ()


def test_a_role_ends_on_its_last_date(book: Book) -> None:
    with book.change("local", "a second role") as change:
        person_id = find_person(change.connection, "manager", change.version)
        row = {"person_id": person_id, "role": Role.AUDITOR, "scope_kind": ScopeKind.CITY}
        change.add(Membership, [{**row, "from_date": date(2026, 1, 1), "to_date": TODAY}])
    before, on = read(book, "manager", date(2026, 6, 29)), read(book, "manager")
    assert before is not None
    assert on is not None
    assert before.roles == (Role.FUND_MANAGER, Role.AUDITOR)
    assert on.roles == (Role.FUND_MANAGER,)


def test_a_retired_person_is_nobody(book: Book) -> None:
    with book.look() as look:
        person_id = find_person(look.connection, "manager", look.version)
    retire_person(book, "manager")
    with book.look() as look:
        assert read_identity(look, person_id, TODAY) is None
