"""Jobs as somebody asks for them, without a page."""

from sqlalchemy import select

from dashboard.jobs.store import ask
from funds.book import Book, Change, find_person, visible
from funds.models import Membership

KIND = "test.kind"


def number_of(book: Book, login: str = "local") -> int:
    """A person's number."""
    with book.look() as look:
        return find_person(look.connection, login, look.version)


def ask_for(book: Book, subject: object = 1, kind: str = KIND, login: str = "local") -> int:
    """Some work; its number."""
    person_id = number_of(book, login)
    with book.keep() as connection:
        return ask(connection, book.now(), person_id, kind, subject, {"why": "x"})


def withdraw_roles(book: Book, login: str = "local") -> None:
    """Somebody holds no role any more."""
    kept = ("person_id", "role", "scope_kind", "from_date")
    with book.change("local", "roles") as change:
        query = select(Membership.__table__).where(
            visible(Membership, change.version - 1), Membership.person_id == number_of_in(change, login)
        )
        rows = [
            {**{name: getattr(row, name) for name in kept}, "replaces_id": row.id, "withdrawn": True}
            for row in change.connection.execute(query)
        ]
        change.add(Membership, rows)


def number_of_in(change: Change, login: str) -> int:
    """A person's number, within a change."""
    return find_person(change.connection, login, change.version - 1)
