"""What people may do, kept for as long as it holds: a day, and until the tables change that say so."""

from datetime import date

from funds.book import Book, Head, Look, find_person
from funds.permissions import Rights, read_rights
from funds.queries.last_changes import StandingAnswers

# All that `read_rights` reads.
_standing = StandingAnswers[tuple[int, date], Rights]({"person_fact", "membership", "fund_park"})
_people = StandingAnswers[str, int]({"person", "person_fact"})


def standing_person(book: Book, look: Look, login: str) -> int:
    """The id of somebody who is active by the book's last version; refuses anybody else."""
    return _people.find(book, look, login, lambda: find_person(look.connection, login, look.head.version))


def kept_rights(book: Book, head: Head, person_id: int, on: date) -> Rights | None:
    """The same, if they were read before and hold at a head; nothing is asked of the book."""
    return _standing.find_kept(book, head, (person_id, on))


def standing_rights(book: Book, look: Look, person_id: int, on: date) -> Rights:
    """A person's rights on a day by the book's last version, whichever is looked at."""
    return _standing.find(
        book, look, (person_id, on), lambda: read_rights(look.connection, person_id, on, look.head.version)
    )
