"""Notes which tables are read while something is worked out: it stays right until one of these changes."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, ClassVar, Generic, SupportsIndex, TypeVar, overload

from sqlalchemy import Connection

from funds.book.anchor import Head
from funds.models import Base, Person, PersonFact, Revision, Seal, SealLeaf, row_tables

# A name that no dot follows or precedes: a table as it stands behind FROM and JOIN, not before or after a column's.
NAMES = re.compile(r"(?<![\w.])[a-z]\w*(?![\w.])")
MOST_STATEMENTS = 4_000
REVISIONS = Revision.__tablename__
SEALS = frozenset({Seal.__tablename__, SealLeaf.__tablename__})
SPINE = SEALS | {REVISIONS}
"""What every revision writes into."""
PEOPLE = frozenset({Person.__tablename__, PersonFact.__tablename__})
ROWS = frozenset(table.name for table in row_tables()) - PEOPLE

Row = TypeVar("Row", covariant=True)

_notes: ContextVar[tuple[set[str], ...]] = ContextVar("notes", default=())
_heads: ContextVar[tuple[set[Head], ...]] = ContextVar("heads", default=())


@contextmanager
def noting_tables() -> Iterator[set[str]]:
    """A set that fills with the names of all tables that this thread reads meanwhile, in inner notings too."""
    note: set[str] = set()
    before = _notes.set((*_notes.get(), note))
    try:
        yield note
    finally:
        _notes.reset(before)


@contextmanager
def noting_heads() -> Iterator[set[Head]]:
    """A set that fills with the heads at which this thread looks at the book meanwhile, in inner notings too."""
    note: set[Head] = set()
    before = _heads.set((*_heads.get(), note))
    try:
        yield note
    finally:
        _heads.reset(before)


@contextmanager
def noting_nothing() -> Iterator[None]:
    """For what is asked at every turn and of no account for what is worked out, such as the head of the book."""
    before = _notes.set(())
    try:
        yield
    finally:
        _notes.reset(before)


def note_tables(tables: Iterable[str]) -> None:
    """Note tables whose rows are used without a statement, because they were read before."""
    for note in _notes.get():
        note.update(tables)


def note_head(head: Head) -> None:
    """Note at which head the book is looked at."""
    for note in _heads.get():
        note.add(head)


def note_version() -> None:
    """Note that the number of the version itself is told: what tells it is another with every revision."""
    note_tables(SPINE)


def note_statement(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    """To be called before each statement that reaches the database."""
    if _notes.get():
        note_tables(_find_tables(statement))


@lru_cache(MOST_STATEMENTS)
def _find_tables(statement: str) -> frozenset[str]:
    """The tables in a statement; a column that is called like a table counts as one, which does no harm.

    Revisions that only say who wrote a row, and when, are never others for that row; a list of revisions is.
    """
    found = frozenset(NAMES.findall(statement)) & Base.metadata.tables.keys()
    is_of_rows = bool(found & ROWS) and not found & SEALS and "OUTER JOIN" not in statement
    return found - {REVISIONS} if is_of_rows else found


class NotedRows(tuple[Row, ...], Generic[Row]):
    """Rows of a table that is noted when somebody looks at them, and not when they are read along with others."""

    __slots__ = ()
    table: ClassVar[str]

    def __iter__(self) -> Iterator[Row]:
        note_tables((self.table,))
        return super().__iter__()

    def __len__(self) -> int:
        note_tables((self.table,))
        return super().__len__()

    def __contains__(self, row: object) -> bool:
        note_tables((self.table,))
        return super().__contains__(row)

    @overload
    def __getitem__(self, place: SupportsIndex) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> Row | tuple[Row, ...]:
        note_tables((self.table,))
        return super().__getitem__(place)
