"""A change in the making: the only thing that adds rows to the book, all of one revision."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from funds.models import BookRow
from funds.problems import Problem

NUMBER_SHIFT = 40  # ids carry the book's number from bit 40 up, so that several books can be poured into one


@dataclass(frozen=True)
class Clash:
    """A draft that meets a row of the book which says otherwise: what that row says, by the draft's fields.

    `values` are the draft's own by the row's columns, where the fact as a whole may be put right.
    """

    draft: Any
    code: str
    model: type[BookRow]
    row_id: int
    said: Mapping[str, object]
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Findings:
    """Problems gathered over many verbs, and the codes whose own row is faulty (not to be reported again)."""

    problems: list[Problem] = field(default_factory=list)
    suspects: set[str] = field(default_factory=set)
    clashes: list[Clash] = field(default_factory=list)


class Change:
    """One revision being written; rows added so far are visible at `version`."""

    def __init__(self, connection: Connection, revision_id: int, number: int, on: date) -> None:
        self.connection = connection
        self.revision_id = revision_id
        self.person_id = 0  # named by the book before the first row
        self.on = on
        self.findings: Findings | None = None
        self.is_abandoned = False
        # Whose proposal a verb carries out: two people make the change, and each brings a right.
        self.on_behalf_of: int | None = None
        # Why rows may enter a locked quarter all the same (补录); each such quarter is then noted as restated.
        self.late_reason: str | None = None
        # A `Narrowing`: what is left of the person's rights, where somebody comes with less than all of them.
        self.within: Any = None
        self.touched: dict[str, Table] = {}
        self._number = number
        self._next: dict[str, int] = {}

    @property
    def version(self) -> int:
        """The version at which this change's own rows are seen."""
        return self.revision_id

    def abandon(self) -> None:
        """Leave nothing behind: the book stays as it was, without an error."""
        self.is_abandoned = True

    @contextmanager
    def rehearsing(self) -> Iterator[None]:
        """Try something out: whatever the body writes is gone at its end, the rest of the change stays."""
        point = self.connection.begin_nested()
        touched, numbers = dict(self.touched), dict(self._next)
        try:
            yield
        finally:
            point.rollback()
            self.touched, self._next = touched, numbers

    def next_id(self, model: type[BookRow]) -> int:
        """The id that the next row added to the model's table gets; without gaps, in order of revision."""
        name = model.__table__.name  # type: ignore[attr-defined]
        if name not in self._next:
            first = self._number << NUMBER_SHIFT
            highest = self.connection.execute(
                select(func.max(model.id)).where(model.id > first, model.id < first + (1 << NUMBER_SHIFT))
            ).scalar()
            self._next[name] = (highest or first) + 1
        return self._next[name]

    def add(self, model: type[BookRow], rows: Sequence[Mapping[str, object]]) -> list[int]:
        """Write rows of one table in one statement and return their ids; every row names the same columns."""
        if not rows:
            return []
        first = self.next_id(model)
        table: Table = model.__table__  # type: ignore[attr-defined]
        ids = list(range(first, first + len(rows)))
        stamped = [
            {**row, "id": row_id, "revision_id": self.revision_id}
            for row_id, row in zip(ids, rows, strict=True)
        ]
        self.connection.execute(insert(table), stamped)
        self._next[table.name] = first + len(rows)
        self.touched[table.name] = table
        return ids
