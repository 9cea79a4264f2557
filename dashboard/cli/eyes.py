"""With whose eyes a command looks at the book."""

from funds.book import Book, find_person
from funds.permissions import Readable, read_rights


def eyes_of(book: Book, login: str) -> Readable:
    """What a person may read today; refuses somebody whom the book does not know."""
    with book.look() as look:
        person = find_person(look.connection, login, look.version)
        return read_rights(look.connection, person, book.today(), look.version).readable()
