"""Rows of a change that wait to be written: no statement that could see them runs before they are."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table

from funds.book.bulk import insert_columns

# The option of a statement that takes the waiting rows into account by itself.
BESIDE_HELD = {"beside_held": True}
FUND = "fund_id"


@dataclass(frozen=True)
class HeldRows:
    """Rows of one table by column, all columns named; each belongs to the fund that its `fund_id` names."""

    table: Table
    columns: Mapping[str, Sequence[Any]]

    def __len__(self) -> int:
        return len(self.columns["id"])

    def split(self, fund_ids: Collection[int]) -> tuple["HeldRows", "HeldRows"]:
        """The rows of some funds, and the others."""
        is_theirs = [fund_id in fund_ids for fund_id in self.columns[FUND]]
        return self._pick(is_theirs, True), self._pick(is_theirs, False)

    def _pick(self, flags: Sequence[bool], wanted: bool) -> "HeldRows":
        picked = {
            name: [value for value, flag in zip(values, flags, strict=True) if flag is wanted]
            for name, values in self.columns.items()
        }
        return HeldRows(self.table, picked)


@dataclass
class Held:
    """What waits, in the order in which it came."""

    connection: Connection
    parts: list[HeldRows] = field(default_factory=list)
    _is_aside: bool = False

    def of(self, table: str) -> Iterator[HeldRows]:
        """What waits for a table."""
        return (part for part in self.parts if part.table.name == table)

    def write(self, fund_ids: Collection[int] | None = None) -> None:
        """Write what waits, all of it or that of some funds."""
        if fund_ids is not None and not fund_ids:
            return
        waiting, self.parts = self.parts, []
        for part in waiting:
            theirs, others = (part, None) if fund_ids is None else part.split(fund_ids)
            if len(theirs):
                insert_columns(self.connection, theirs.table, theirs.columns)
            if others is not None and len(others):
                self.parts.append(others)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Within, every statement takes the waiting rows into account by itself."""
        self._is_aside = True
        try:
            yield
        finally:
            self._is_aside = False

    def write_before(self, statement: str, options: Mapping[str, Any]) -> None:
        """Write what waits if a statement names its table, unless it takes care of that itself."""
        if not self.parts or self._is_aside or options.get("beside_held", False):
            return
        names = "|".join({part.table.name for part in self.parts})
        if re.search(rf"\b(?:{names})\b", statement):
            self.write()


def write_held_first(
    connection: Connection, _cursor: Any, statement: str, _parameters: Any, context: Any, _many: bool
) -> None:
    """Before a statement of a change: whatever of it waits for a table named there is written."""
    held = connection.get_execution_options().get("held")
    if held is not None:
        held.write_before(statement, context.execution_options if context is not None else {})
