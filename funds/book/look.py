"""A look at the book as known at a version; rows are asked for only where somebody wants them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from funds.book.anchor import Head
from funds.book.noting import note_head
from funds.book.seal import read_head
from funds.models.row_security import Sight


@dataclass(frozen=True)
class Look:
    """The book as known at `version`; `connection` is only for reading."""

    connection: Connection
    version: int
    seen_head: Head | None = None

    @property
    def head(self) -> Head:
        """The last version of the book, whichever is looked at."""
        return self.seen_head or read_head(self.connection)

    @property
    def sight(self) -> Sight | None:
        """How far the look goes."""
        found: Sight | None = self.connection.get_execution_options().get("sight")
        return found


class LateLook(Look):
    """A look at a head that was seen a moment ago: it connects when somebody asks for rows, if anybody does."""

    def __init__(self, connect: Callable[[], Connection], version: int, head: Head, sight: Sight) -> None:
        vars(self).update(version=version, seen_head=head, _connect=connect, _sight=sight)
        note_head(head)

    @cached_property
    def connection(self) -> Connection:
        """Made now; what it sees may be later than the head, which whoever notes heads has to hear."""
        connection: Connection = vars(self)["_connect"]()
        read_head(connection)
        return connection

    @property
    def sight(self) -> Sight | None:
        found: Sight = vars(self)["_sight"]
        return found


_met: ContextVar[tuple[Any, Callable[[], Head]] | None] = ContextVar("met", default=None)


@contextmanager
def meeting(book: object, find_head: Callable[[], Head]) -> Iterator[None]:
    """Within, this thread looks at a book at the head that is found so, without asking the book for it each time."""
    before = _met.set((book, find_head))
    try:
        yield
    finally:
        _met.reset(before)


def find_met(book: object) -> Head | None:
    """The head at which a book is being looked at; None where it has to be asked."""
    met = _met.get()
    return met[1]() if met is not None and met[0] is book else None
