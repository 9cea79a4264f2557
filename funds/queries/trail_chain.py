"""What the last verification of the chain found; kept while the program runs, as a book's past does not change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from funds.book import Book, Head
from funds.book.verify import verify_chain
from funds.problems import Problem

FRESH = timedelta(seconds=30)  # whoever asks again at once gets the same answer

_found: WeakKeyDictionary[Book, "ChainCheck"] = WeakKeyDictionary()
_one_at_a_time = Lock()


@dataclass(frozen=True)
class ChainCheck:
    """A verification of every row up to a head: when, how long it took, with an anchor or without, and its findings."""

    head: Head
    checked_at: datetime
    seconds: float
    is_anchored: bool
    problems: tuple[Problem, ...]


def last_check(book: Book) -> ChainCheck | None:
    """The last verification, if there was one since the program began."""
    return _found.get(book)


def check_chain(book: Book, clock: Callable[[], float]) -> ChainCheck:
    """Verify the whole chain and the anchor; one verification at a time, and not the same one twice in a row."""
    with _one_at_a_time:
        known = _found.get(book)
        if known is not None and _is_fresh(known, book):
            return known
        began, head, anchor = clock(), book.head(), book.anchor
        with book.look() as look:
            problems = tuple(verify_chain(look.connection, anchor))
        is_anchored = anchor is not None and anchor.path.exists()
        check = ChainCheck(head, book.local_now(), clock() - began, is_anchored, problems)
        _found[book] = check
        return check


def _is_fresh(check: ChainCheck, book: Book) -> bool:
    return check.head == book.head() and book.local_now() - check.checked_at < FRESH
