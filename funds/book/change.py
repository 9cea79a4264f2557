"""A change in the making: the only thing that adds rows to the book, all of one revision."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from funds.book.bulk import Columns, insert_columns
from funds.book.held import FUND, Held, HeldRows
from funds.models import BookRow
from funds.problems import Problem

FROM_MANY = 50  # rows that are worth being written some hundreds at a time
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


def _say_nothing() -> None:
    """For those who do not watch."""


class Change:
    """One revision being written; rows added so far are visible at `version`."""

    def __init__(self, connection: Connection, revision_id: int, number: int, on: date) -> None:
        self.held = Held(connection)
        self.connection = connection.execution_options(held=self.held)
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
        # Called now and then by verbs at work; whoever waits may hear of it, or stop the change by raising.
        self.beat: Callable[[], None] = _say_nothing
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
        self.held.write()
        point = self.connection.begin_nested()
        touched, numbers = dict(self.touched), dict(self._next)
        try:
            yield
        finally:
            self.held.parts.clear()
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
        if len(rows) < FROM_MANY:
            stamped = [
                {**row, "id": row_id, "revision_id": self.revision_id}
                for row_id, row in zip(ids, rows, strict=True)
            ]
            self.connection.execute(insert(table), stamped)
        else:
            insert_columns(self.connection, table, self._stamp(table, ids, _by_column(rows)))
        self._next[table.name] = first + len(rows)
        self.touched[table.name] = table
        return ids

    def hold(self, model: type[BookRow], columns: Columns) -> None:
        """Let rows of funds, given by column, wait until a statement could see them, at the latest until the end.

        Their ids follow those of the rows added before them, in their order.
        """
        count = len(columns[FUND])
        if not count:
            return
        first = self.next_id(model)
        table: Table = model.__table__  # type: ignore[attr-defined]
        ids = list(range(first, first + count))
        self.held.parts.append(HeldRows(table, self._stamp(table, ids, columns)))
        self._next[table.name] = first + count
        self.touched[table.name] = table

    def list_origins(self) -> set[str | None]:
        """Where the rows of this change came from, those that wait to be written among them."""
        found = {origin for part in self.held.parts for origin in part.columns["origin"]}
        with self.held.aside():
            for table in self.touched.values():
                own = select(table.c.origin).where(table.c.revision_id == self.revision_id)
                found.update(self.connection.execute(own).scalars())
        return found

    def _stamp(self, table: Table, ids: Sequence[int], columns: Columns) -> Columns:
        """The rows with what every row of the book says; a column not named holds what is usual."""
        count = len(ids)
        usual = {"id": ids, "revision_id": [self.revision_id] * count}
        if "withdrawn" in table.columns and "withdrawn" not in columns:
            usual["withdrawn"] = [False] * count
        return {**columns, **usual}


def _by_column(rows: Sequence[Mapping[str, object]]) -> dict[str, list[object]]:
    return {name: [row[name] for row in rows] for name in rows[0]}
