"""The one-click identities of a demo book; the demo command makes them, and no other book has them."""

from dataclasses import dataclass

from sqlalchemy import select

from funds.book import OPEN, Book, visible
from funds.kinds import BookKind
from funds.models import Person, PersonFact


@dataclass(frozen=True)
class DemoIdentity:
    """An identity for one click: `key` in the form, `login` in the book, `title` and `note` in words."""

    key: str
    login: str
    title: str
    note: str


MANAGER = DemoIdentity("manager", "demo.manager", "demo.manager", "demo.manager_note")
COMMISSION = DemoIdentity("commission", "demo.commission", "demo.commission", "demo.commission_note")
PARK = DemoIdentity("park", "demo.park", "demo.park", "demo.park_note")
SECOND = DemoIdentity("second", "demo.signatory", "demo.signatory", "demo.signatory_note")
DEMO_IDENTITIES = (MANAGER, COMMISSION, PARK, SECOND)


def offered_identities(book: Book) -> tuple[DemoIdentity, ...]:
    """The identities that a book offers: those of them that it holds, and none unless it is a demo."""
    if book.kind != BookKind.DEMO.value:
        return ()
    with book.look(sight=OPEN) as look:
        query = (
            select(Person.login)
            .join(PersonFact, PersonFact.person_id == Person.id)
            .where(
                Person.login.in_([identity.login for identity in DEMO_IDENTITIES]),
                PersonFact.active,
                visible(PersonFact, look.version),
            )
        )
        present = set(look.connection.execute(query).scalars())
    return tuple(identity for identity in DEMO_IDENTITIES if identity.login in present)
