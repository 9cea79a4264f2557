"""Who is signed in: an active person, and the roles held on a day, as the frame shows them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from funds.book import Book, Look, visible
from funds.kinds import Role
from funds.models import Membership, Person, PersonFact
from funds.queries.last_changes import StandingAnswers


@dataclass(frozen=True)
class Identity:
    """The person at the other end."""

    person_id: int
    login: str
    name: str
    roles: tuple[Role, ...]


def read_identity(look: Look, person_id: int, on: date) -> Identity | None:
    """The person with the memberships of a day; None when no longer active."""
    query = (
        select(Person.login, PersonFact.name)
        .join(PersonFact, PersonFact.person_id == Person.id)
        .where(Person.id == person_id, PersonFact.active, visible(PersonFact, look.version))
    )
    person = look.connection.execute(query).first()
    if person is None:
        return None
    return Identity(person_id, person.login, person.name, _read_roles(look, person_id, on))


def _read_roles(look: Look, person_id: int, on: date) -> tuple[Role, ...]:
    query = select(Membership.role).where(
        Membership.person_id == person_id,
        Membership.from_date <= on,
        or_(Membership.to_date.is_(None), Membership.to_date > on),
        visible(Membership, look.version),
    )
    held = set(look.connection.execute(query).scalars())
    return tuple(role for role in Role if role in held)


# All that `read_identity` reads.
_standing = StandingAnswers[tuple[int, date], Identity | None]({"person", "person_fact", "membership"})


def standing_identity(book: Book, look: Look, person_id: int, on: date) -> Identity | None:
    """The same, read once until a row changes that it rests on."""
    return _standing.find(book, look, (person_id, on), lambda: read_identity(look, person_id, on))
