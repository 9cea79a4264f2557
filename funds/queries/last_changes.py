"""When tables of a book changed last, as a process follows it: what rests on them alone need not be read again."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, select

from funds.book import Book, Head, Look
from funds.book.noting import SPINE, note_tables
from funds.models import Revision, Seal, SealLeaf

NEVER = Head(0, "")
KEPT = 1_000
HEADS = 64  # whoever came a little earlier still looks at an earlier one
# A revision that was taken back may say something new about any table, although it writes into few or none.
REVERSALS = "reversal"

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")

_kept: WeakKeyDictionary[Book, "LastChanges"] = WeakKeyDictionary()
_lock = Lock()


class LastChanges:
    """The last change of each table up to the newest head that was seen."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._head = NEVER
        self._changes: dict[str, Head] = {}
        self._heads: dict[int, str] = {}

    def find(self, connection: Connection, head: Head, tables: Collection[str]) -> Head:
        """The last seal up to a head whose revision wrote into one of some tables.

        Where that is not known, the head itself: as if everything had changed with it.
        """
        with self._lock:
            found = self._find(head, tables)
            if found is None:
                self._follow(connection, head)
                found = self._find(head, tables)
            return found or head

    def find_seen(self, head: Head, tables: Collection[str]) -> Head | None:
        """The same without asking the book; None where the head is unknown or one of the tables changed after it."""
        with self._lock:
            return self._find(head, tables)

    def _find(self, head: Head, tables: Collection[str]) -> Head | None:
        if self._heads.get(head.version) != head.hash:
            return None
        if not SPINE.isdisjoint(tables):
            return head
        changes = (self._changes.get(table, NEVER) for table in tables)
        newest = max(changes, key=lambda change: change.version, default=NEVER)
        return newest if newest.version <= head.version else None

    def _follow(self, connection: Connection, head: Head) -> None:
        """Go on to a later head; one that has another past than ours is followed from its beginning."""
        is_past = self._is_past_of(connection)
        if head.version <= self._head.version and is_past:
            return  # somebody still looks at an earlier one
        if not is_past:
            self._head, self._changes, self._heads = NEVER, {}, {}
        query = (
            select(Seal.revision_id, Seal.hash, SealLeaf.table_name, Revision.reverses_id)
            .join(Revision, Revision.id == Seal.revision_id)
            .outerjoin(SealLeaf, SealLeaf.revision_id == Seal.revision_id)
            .where(Seal.revision_id > self._head.version, Seal.revision_id <= head.version)
            .order_by(Seal.revision_id)
        )
        for revision, digest, table, reversed_ in connection.execute(query):
            if table is not None:
                self._changes[table] = Head(revision, digest)
            if reversed_ is not None:
                self._changes[REVERSALS] = Head(revision, digest)
            self._heads[revision] = digest
        self._head = head
        self._heads[head.version] = head.hash
        for version in list(self._heads)[:-HEADS]:
            del self._heads[version]

    def _is_past_of(self, connection: Connection) -> bool:
        """Whether the book still holds the seal that was seen last."""
        if self._head == NEVER:
            return True
        query = select(Seal.hash).where(Seal.revision_id == self._head.version)
        return bool(connection.execute(query).scalar() == self._head.hash)


class StandingAnswers(Generic[Key, Answer]):
    """Answers that rest on a few tables of the last version alone, kept until one of these changes."""

    def __init__(self, tables: Collection[str]) -> None:
        self._tables = frozenset(tables)
        self._kept: WeakKeyDictionary[Book, OrderedDict[tuple[Head, Key], Answer]] = WeakKeyDictionary()
        self._lock = Lock()

    def find(self, book: Book, look: Look, key: Key, read: Callable[[], Answer]) -> Answer:
        """The answer of a key as of the last version, read where it is not there."""
        note_tables(self._tables)
        now = find_change(book, look, self._tables), key
        with self._lock:
            shelf = self._kept.setdefault(book, OrderedDict())
            if now in shelf:
                shelf.move_to_end(now)
                return shelf[now]
        answer = read()
        with self._lock:
            shelf[now] = answer
            while len(shelf) > KEPT:
                shelf.popitem(last=False)
        return answer

    def find_kept(self, book: Book, head: Head, key: Key) -> Answer | None:
        """The answer of a key as of a head, if it is there; nothing is asked of the book."""
        note_tables(self._tables)
        changed = _changes_of(book).find_seen(head, self._tables)
        with self._lock:
            shelf = self._kept.get(book)
            return None if shelf is None or changed is None else shelf.get((changed, key))


def find_last_change(book: Book, connection: Connection, head: Head, tables: Collection[str]) -> Head:
    """When some tables of a book changed last, as of the head that the connection sees."""
    return _changes_of(book).find(connection, head, tables)


def find_change(book: Book, look: Look, tables: Collection[str]) -> Head:
    """The same as of a look's head, which is asked for rows only where that is not known."""
    found = find_seen_change(book, look.head, tables)
    return found or find_last_change(book, look.connection, look.head, tables)


def find_seen_change(book: Book, head: Head, tables: Collection[str]) -> Head | None:
    """The same without asking the book; None where the head is unknown or one of the tables changed after it."""
    return _changes_of(book).find_seen(head, tables)


def _changes_of(book: Book) -> LastChanges:
    with _lock:
        return _kept.setdefault(book, LastChanges())
