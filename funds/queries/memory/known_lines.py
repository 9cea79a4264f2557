"""Tells whether some funds' lines of the ledger are still the ones that they were, without looking at them."""

from collections import Counter
from collections.abc import Collection, Hashable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from funds.queries.column_sources import Int
from funds.queries.loading_columns import Ledger
from funds.queries.memory.kept_table import NOTHING, Extent, KeptTable

KNOWN = "_known_rows"
MOST_CODES = 1_000_000  # ids as they are stored are small numbers, unless they do not follow one another


@dataclass(frozen=True)
class LineCounts:
    """How many lines of each fund had been written up to an extent, and how many of them had ended."""

    extent: Extent
    written: Counter[int]
    ended: Counter[int]


class CountedLines:
    """The lines of each fund by number: rows are only ever appended, so the same numbers are the same rows."""

    def __init__(self, table: KeptTable) -> None:
        self.table = table
        self._last = LineCounts(NOTHING, Counter(), Counter())

    def count_until(self, extent: Extent, day: int) -> LineCounts:
        """The counts of an extent's lines up to a day that lies in it."""
        is_by, ends = self.table.columns["day"].at_most(day, extent.written), self.table.ends(extent)
        return LineCounts(
            replace(extent, until=day),
            self._by_fund(np.flatnonzero(is_by), extent),
            self._by_fund(ends[is_by[ends]], extent),
        )

    def count(self, extent: Extent) -> LineCounts:
        """The counts of an extent; from the last ones on where it is no earlier."""
        last = self._last
        if extent.written < last.extent.written or extent.ended < last.extent.ended:
            last = LineCounts(NOTHING, Counter(), Counter())
        written = np.arange(last.extent.written, extent.written)
        ended = self.table.ends(extent)[last.extent.ended :]
        self._last = LineCounts(
            extent, last.written + self._by_fund(written, extent), last.ended + self._by_fund(ended, extent)
        )
        return self._last

    def _by_fund(self, places: Int, extent: Extent) -> Counter[int]:
        column = self.table.columns["fund"]
        codes = column.codes(extent.written)[places]
        if not len(codes):
            return Counter()
        if codes.max() < MOST_CODES:
            counts = np.bincount(codes)
            found = np.flatnonzero(counts)
            counts = counts[found]
        else:
            found, counts = np.unique(codes, return_counts=True)
        funds = column.read_codes(found.astype(codes.dtype))
        return Counter(dict(zip(funds.tolist(), counts.tolist(), strict=True)))


@dataclass(frozen=True, eq=False)
class KnownRows:
    """What a ledger was cut from: its lines by fund, and how far every other table was let in."""

    lines: LineCounts
    table: CountedLines
    others: Hashable

    def of(self, funds: Collection[int]) -> Hashable:
        """The same for two ledgers only if they hold the same lines of these funds, and in all else the same rows."""
        written, ended = self.lines.written, self.lines.ended
        counts = tuple((fund, written[fund], ended[fund]) for fund in sorted(funds))
        return self.table, self.others, self.lines.extent.until, counts

    def until(self, day: date) -> "KnownRows":
        """What the ledger as it stood on an earlier day would be cut from."""
        return replace(self, lines=self.table.count_until(self.lines.extent, day.toordinal()))


def note_rows(ledger: Ledger, known: KnownRows) -> None:
    """Write down on a ledger what it was cut from; one that is made of it with other rows has no such note."""
    vars(ledger)[KNOWN] = known


def known_rows(ledger: Ledger) -> KnownRows | None:
    """What a ledger was cut from; nothing where it was made in another way."""
    found: KnownRows | None = vars(ledger).get(KNOWN)
    return found
