"""One table of the book in memory: all rows that could ever be seen, in the order in which they were written."""

from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from funds.queries.column_sources import NOBODY, Flag, Int, Source
from funds.queries.memory.growing import GrowingColumn
from funds.queries.memory.kept_columns import TableSpec, unpack
from funds.queries.memory.raw_rows import read_numbers
from funds.queries.memory.row_index import RowIndex
from funds.queries.memory.seen_rows import SeenRows, WrittenRows

LOOKS = 6  # days and versions of a table that are looked at side by side


@dataclass(frozen=True)
class Extent:
    """How many rows were written, how many ends of rows, and the last day that is let in if not all are."""

    written: int
    ended: int
    until: int | None

    def follows(self, other: "Extent") -> bool:
        """Whether it is another one with rows written and ended behind it, and every day in both."""
        return (
            self.until is None
            and other.until is None
            and self.written >= other.written
            and self.ended >= other.ended
        )


NOTHING = Extent(0, 0, None)


class KeptTable:
    """Rows are appended by whoever follows the book, one at a time; what was seen before stays as it is."""

    def __init__(self, spec: TableSpec) -> None:
        self.spec = spec
        self.id = GrowingColumn(is_id=True)
        self.columns = {one.name: GrowingColumn(is_id=one.is_id, width=one.width) for one in spec.columns}
        self.flags = frozenset(one.name for one in spec.columns if one.is_flag)
        self.indexed = spec.indexed
        self.index = RowIndex(self.columns[spec.indexed]) if spec.indexed else None
        self.is_by_id = True
        # What stood there after each revision that touched the table: rows written, rows ended, the last day.
        self._revisions: list[int] = []
        self._written: list[int] = []
        self._ended: list[int] = []
        self._last_days: list[int] = []
        self._ends: Int = np.empty(0, dtype=np.int64)
        self._looks: OrderedDict[Extent, Source] = OrderedDict()

    @property
    def nbytes(self) -> int:
        """What the columns take."""
        index = self.index.nbytes if self.index else 0
        return self.id.nbytes + sum(column.nbytes for column in self.columns.values()) + index

    def follow(self, connection: Connection, after: int, version: int) -> None:
        """Append what was written after one version up to another."""
        for numbers in read_numbers(
            connection, self.spec.statement(connection, after, version), self.spec.width
        ):
            self._append(numbers)

    def extent(self, version: int, as_of: date | None) -> Extent:
        """How much of the table is seen at a version, up to a day; the same extent is the same rows."""
        at = bisect_right(self._revisions, version) - 1
        if at < 0:
            return NOTHING
        until = None if as_of is None or self.spec.day is None else as_of.toordinal()
        until = None if until is not None and self._last_days[at] <= until else until
        return Extent(self._written[at], self._ended[at], until)

    def rows(self, extent: Extent) -> Source:
        """The rows of an extent, in the table's order."""
        if extent not in self._looks:
            self._looks[extent] = self._look(extent)
            while len(self._looks) > LOOKS:
                self._looks.popitem(last=False)
        self._looks.move_to_end(extent)
        return self._looks[extent]

    def ends(self, extent: Extent) -> Int:
        """The places of the rows that ended, in the order in which they did."""
        return self._ends[: extent.ended]

    def _look(self, extent: Extent) -> Source:
        rows, seen = WrittenRows(self, extent.written), None
        if extent.until is not None and self.spec.day:
            seen = self.columns[self.spec.day].at_most(extent.until, extent.written)
        if extent.ended:
            seen = np.ones(extent.written, dtype=np.bool_) if seen is None else seen
            seen[self.ends(extent)] = False
        if not self.spec.order and self.is_by_id:
            return rows if seen is None or seen.all() else SeenRows(rows, seen, int(np.count_nonzero(seen)))
        return rows.picked(self._sorted(rows, seen))

    def _sorted(self, rows: WrittenRows, seen: Flag | None) -> Int:
        places = np.arange(rows.size) if seen is None else np.flatnonzero(seen)
        keys = [rows.pick(name, places) for name in ("id", *reversed(self.spec.order))]
        return places[np.lexsort(keys)]

    def _append(self, numbers: npt.NDArray[np.int64]) -> None:
        """Rows as the spec's query gives them, by revision and id."""
        ids, revisions, replaces, packed, *wide = numbers
        seen = (packed & 1).astype(np.bool_)
        found = dict(zip((column.name for column in self.spec.wide), wide, strict=True))
        found |= unpack(self.spec, packed)
        own, before = ids[seen], len(self.id)
        last = self.id.pick(np.array([before - 1]), before) if before else np.array([NOBODY])
        self.is_by_id &= bool((np.diff(own, prepend=last) > 0).all())
        for name, column in self.columns.items():
            column.append(found[name][seen])
        self.id.append(own)
        is_end = replaces != NOBODY
        places, revised = self._find(replaces[is_end]), revisions[is_end]
        is_known = places != NOBODY
        self._note(revisions, before + np.cumsum(seen), np.sort(revised[is_known]), found)
        self._ends = np.concatenate([self._ends, places[is_known]])

    def _find(self, ids: Int) -> Int:
        """Where rows stand, by their id; rows that nobody could see are not there."""
        if not len(ids):
            return np.empty(0, dtype=np.int64)
        kept = self.id.values(len(self.id))
        order = None if self.is_by_id else np.argsort(kept, kind="stable")
        at = np.minimum(np.searchsorted(kept, ids, sorter=order), max(len(kept) - 1, 0))
        if not len(kept):
            return np.full(len(ids), NOBODY)
        places = at if order is None else order[at]
        return np.where(kept[places] == ids, places, NOBODY)

    def _note(self, revisions: Int, written: Int, ends: Int, found: dict[str, Any]) -> None:
        """How far the table reaches after each revision."""
        days = found[self.spec.day] if self.spec.day else np.zeros(len(revisions), dtype=np.int64)
        last_days = np.maximum(np.maximum.accumulate(days), self._last_days[-1] if self._last_days else 0)
        last = np.flatnonzero(np.diff(revisions, append=revisions[-1] + 1))  # the last row of each revision
        ended = len(self._ends) + np.searchsorted(ends, revisions[last], side="right")
        if self._revisions and self._revisions[-1] == revisions[0]:  # a revision in two chunks
            for kept in (self._revisions, self._written, self._ended, self._last_days):
                kept.pop()
        self._revisions += revisions[last].tolist()
        self._written += written[last].tolist()
        self._ended += ended.tolist()
        self._last_days += last_days[last].tolist()
