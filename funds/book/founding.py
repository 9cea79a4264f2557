"""How a book begins: its identity and its first person, in revision 1."""

from uuid import uuid4

from sqlalchemy import select

from funds.book.book import Book
from funds.book.change import Change
from funds.errors import Conflict
from funds.kinds import BookKind, Role, ScopeKind
from funds.models import BookIdentity, Membership, Person, PersonFact

LOCAL = "local"
BUSINESS_ROLES = (
    Role.FUND_MANAGER,
    Role.FUND_REVIEWER,
    Role.PARK_OFFICIAL,
    Role.COMMISSION_ANALYST,
    Role.COMMISSION_SIGNATORY,
    Role.AUDITOR,
)


def found_book(book: Book, kind: BookKind, city_name: str, number: int = 0) -> None:
    """Write the first revision: the book's identity and the person `local` with every business right."""
    with book.founding(number) as change:
        if change.connection.execute(select(BookIdentity.id)).first():
            raise Conflict("book.already_founded")
        identity = {"uuid": str(uuid4()), "number": number, "kind": kind, "city_name": city_name}
        change.add(BookIdentity, [identity])
        _add_local(change)


def _add_local(change: Change) -> None:
    (person_id,) = change.add(Person, [{"login": LOCAL}])
    change.add(PersonFact, [{"person_id": person_id, "name": LOCAL, "active": True}])
    rows = [
        {"person_id": person_id, "role": role, "scope_kind": ScopeKind.CITY, "from_date": change.on}
        for role in BUSINESS_ROLES
    ]
    change.add(Membership, rows)
