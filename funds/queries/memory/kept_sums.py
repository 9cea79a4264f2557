"""Sums of the kept ledger that are worked out once and then kept up by the lines that come and go."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from funds.queries.column_sources import Int, Joined, Source
from funds.queries.columns import EntryColumns
from funds.queries.memory.flow_sums import FlowSums, sum_rows
from funds.queries.memory.kept_table import Extent, KeptTable
from funds.queries.memory.seen_rows import WrittenRows

KEPT = 2
MOST_CHANGES = 10_000  # lines; beyond that all are summed anew


class KeptSums:
    """The sums of the last few extents of the table of entries."""

    def __init__(self, table: KeptTable) -> None:
        self._table = table
        self._kept: OrderedDict[Extent, FlowSums] = OrderedDict()
        self._lock = Lock()

    def read(self, extent: Extent, rows: Source) -> FlowSums:
        """The sums of an extent, whose rows are given."""
        with self._lock:
            if extent not in self._kept:
                earlier = max(filter(extent.follows, self._kept), key=lambda one: one.written, default=None)
                sums = sum_rows(rows) if earlier is None else self._keep_up(earlier, extent, rows)
                self._kept[extent] = sums
                assert sums.places is not None  # noqa: S101 (worked out here, so that the next change need not)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(extent)
            return self._kept[extent]

    def _keep_up(self, before: Extent, now: Extent, rows: Source) -> FlowSums:
        if now.written - before.written + now.ended - before.ended > MOST_CHANGES:
            return sum_rows(rows)
        written, ended = WrittenRows(self._table, now.written), self._table.ends(now)
        new = np.arange(before.written, now.written)
        gone = ended[before.ended :]
        return self._kept[before].changed_by(
            written.picked(new[~np.isin(new, gone)]), written.picked(gone[gone < before.written])
        )


@dataclass(frozen=True)
class SummedRows:
    """Rows of the ledger whose sums are kept."""

    rows: Source
    extent: Extent
    kept: KeptSums

    @property
    def size(self) -> int:
        """How many rows there are."""
        return self.rows.size

    def sums(self) -> FlowSums:
        """The sums, worked out when first asked for."""
        return self.kept.read(self.extent, self.rows)

    def read(self, name: str) -> npt.NDArray[Any]:
        """As the rows have it."""
        return self.rows.read(name)

    def pick(self, name: str, places: Int) -> npt.NDArray[Any]:
        """As the rows have it."""
        return self.rows.pick(name, places)

    def picked(self, places: Int) -> Source:
        """Some of the rows."""
        return self.rows.picked(places)

    def found(self, name: str, wanted: Int) -> Source | None:
        """Some of the rows."""
        return self.rows.found(name, wanted)


def sum_lines(lines: EntryColumns) -> FlowSums:
    """The sums of any lines; of the whole kept ledger they are at hand."""
    return _sum(lines.source())


def _sum(source: Source) -> FlowSums:
    if isinstance(source, SummedRows):
        return source.sums()
    if isinstance(source, Joined):
        return _sum(source.first).changed_by(source.second, source.second.picked(np.empty(0, dtype=np.int64)))
    return sum_rows(source)
