"""Answers kept until a table changes that was read for them: which these are is noted while they are worked out."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from funds.book import Book, Head, Look
from funds.book.noting import note_tables, noting_nothing, noting_tables
from funds.models import row_tables
from funds.queries.last_changes import REVERSALS, find_change, find_seen_change

MOST = 1_000
# What no seal covers may change without a new version, and nothing that rests on it can be kept.
SEALED = frozenset(table.name for table in row_tables()) | {REVERSALS}

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class _Kept(Generic[Answer]):
    """An answer with the tables that it rests on, when one of them changed last, and what it weighs."""

    answer: Answer
    tables: frozenset[str]
    changed: Head
    weight: int


@dataclass
class _Shelf(Generic[Key, Answer]):
    """The answers of one book, with what they weigh together."""

    answers: OrderedDict[Key, _Kept[Answer]]
    weight: int = 0


class NotedAnswers(Generic[Key, Answer]):
    """Answers by key, no more of them than weigh `most` together; safe for threads.

    The key must hold who asks, as far as the answer tells one from another: on PostgreSQL each sees other rows.
    """

    def __init__(self, most: int = MOST, weigh: Callable[[Answer], int] = lambda _answer: 1) -> None:
        self._most = most
        self._weigh = weigh
        self._shelves: WeakKeyDictionary[Book, _Shelf[Key, Answer]] = WeakKeyDictionary()
        self._lock = Lock()

    def find(self, book: Book, look: Look, key: Key, read: Callable[[], Answer]) -> Answer:
        """The answer as of the last version; at an earlier one, which its tables do not tell, it is read each time."""
        head = look.head
        if look.version != head.version:
            return read()
        kept = self._look_up(book, key)
        if kept is not None and _find_change(book, look, kept.tables) == kept.changed:
            note_tables(kept.tables)
            return kept.answer
        with noting_tables() as noted:
            answer = read()
        tables = frozenset(noted) | {REVERSALS}
        if tables <= SEALED:
            changed = _find_change(book, look, tables)
            self._put(book, key, _Kept(answer, tables, changed, self._weigh(answer)))
        return answer

    def find_kept(self, book: Book, head: Head, key: Key) -> Answer | None:
        """The answer as of a head, if it is there and known to hold; nothing is asked of the book."""
        kept = self._look_up(book, key)
        if kept is None or find_seen_change(book, head, kept.tables) != kept.changed:
            return None
        note_tables(kept.tables)
        return kept.answer

    def _look_up(self, book: Book, key: Key) -> _Kept[Answer] | None:
        with self._lock:
            shelf = self._shelves.get(book)
            if shelf is None or key not in shelf.answers:
                return None
            shelf.answers.move_to_end(key)
            return shelf.answers[key]

    def _put(self, book: Book, key: Key, made: _Kept[Answer]) -> None:
        with self._lock:
            shelf = self._shelves.setdefault(book, _Shelf(OrderedDict()))
            before = shelf.answers.pop(key, None)
            shelf.answers[key] = made
            shelf.weight += made.weight - (0 if before is None else before.weight)
            while shelf.weight > self._most:
                _, gone = shelf.answers.popitem(last=False)
                shelf.weight -= gone.weight


def _find_change(book: Book, look: Look, tables: frozenset[str]) -> Head:
    with noting_nothing():  # the answer does not rest on the question whether it still holds
        return find_change(book, look, tables)
