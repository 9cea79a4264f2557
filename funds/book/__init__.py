"""The book itself: how it is opened, looked at, changed, sealed and checked."""

from funds.book.anchor import Anchor, Head
from funds.book.book import Book, find_person, resolve_version, write_time
from funds.book.change import NUMBER_SHIFT, Change, Clash, Findings
from funds.book.founding import BUSINESS_ROLES, LOCAL, found_book
from funds.book.look import Look
from funds.models.guards import install_guards, missing_guards
from funds.models.row_security import OPEN, WHOLE, Sight
from funds.models.visibility import visible

__all__ = [
    "BUSINESS_ROLES",
    "LOCAL",
    "NUMBER_SHIFT",
    "OPEN",
    "WHOLE",
    "Anchor",
    "Book",
    "Change",
    "Clash",
    "Findings",
    "Head",
    "Look",
    "Sight",
    "find_person",
    "found_book",
    "install_guards",
    "missing_guards",
    "resolve_version",
    "visible",
    "write_time",
]
