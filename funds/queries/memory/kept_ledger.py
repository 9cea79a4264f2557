"""A book's ledger as one process keeps it: columns of all versions, which follow the book and are cut from."""

from collections import OrderedDict
from datetime import date
from threading import Lock
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from funds.book import Head
from funds.models import IndexLevel, Seal
from funds.queries.column_sources import Source
from funds.queries.columns import HoldingColumns, IndexColumns
from funds.queries.loading_columns import Ledger
from funds.queries.memory import table_list
from funds.queries.memory.kept_columns import TableSpec
from funds.queries.memory.kept_sums import KeptSums, SummedRows
from funds.queries.memory.kept_table import Extent, KeptTable
from funds.queries.memory.known_lines import CountedLines, KnownRows, note_rows
from funds.queries.memory.letting_go import let_go
from funds.queries.memory.touched_tables import TouchedTables

LEDGERS = 4  # cuts that are handed out again; their large columns are bounded where they are read
HEADS = 64  # of the versions seen last the hash is kept, to know the book again
ENTRIES, HOLDINGS, NAMES, INDEXES = "entries", "holdings", "names", "indexes"
PLAIN: dict[str, TableSpec] = {
    "commitments": table_list.COMMITMENTS,
    ENTRIES: table_list.ENTRIES,
    "decisions": table_list.DECISIONS,
    "exits": table_list.EXITS,
    "marks": table_list.MARKS,
    "navs": table_list.NAVS,
    "balances": table_list.BALANCES,
}

LEDGER_TABLES = frozenset(
    spec.name for spec in (*PLAIN.values(), table_list.HOLDINGS, table_list.NAMES, table_list.levels({}))
)


class KeptLedger:
    """What one process has read of one book; any thread may ask, and the one that finds it behind brings it up.

    Rows that change behind the book's back are not noticed here: `verify` reads the rows themselves.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._begin()

    @property
    def nbytes(self) -> int:
        """What its columns take."""
        return sum(table.nbytes for table in self._tables.values())

    def read(
        self, connection: Connection, head: Head, version: int, as_of: date
    ) -> tuple[Ledger, TouchedTables]:
        """The columns with every movement on or before a day, as known at a version, and what touched which table.

        The connection sees the whole book as it was at `head`, which is no earlier than the version.
        """
        with self._lock:
            self._follow(connection, head)
            return self._cut(version, as_of), self._touched

    def find(self, head: Head, version: int, as_of: date) -> tuple[Ledger, TouchedTables] | None:
        """The same without asking the book; None where the head is not among those that were followed."""
        with self._lock:
            if self._heads.get(head.version) != head.hash:
                return None
            return self._cut(version, as_of), self._touched

    def read_unsealed(self, connection: Connection, version: int, as_of: date) -> Ledger:
        """The columns with what a change has written so far; only for a ledger of the change's own."""
        self._append(connection, version, is_sealed=False)
        return self._cut(version, as_of)

    def _begin(self) -> None:
        specs = {
            **PLAIN,
            HOLDINGS: table_list.HOLDINGS,
            NAMES: table_list.NAMES,
            INDEXES: table_list.levels({}),
        }
        self._tables = {name: KeptTable(spec) for name, spec in specs.items()}
        self._sums = KeptSums(self._tables[ENTRIES])
        self._lines = CountedLines(self._tables[ENTRIES])
        self._index_numbers: dict[str, int] = {}
        self._ledgers: OrderedDict[tuple[Extent, ...], Ledger] = OrderedDict()
        self._touched = TouchedTables()
        self._heads: dict[int, str] = {}
        self._version = 0

    def _follow(self, connection: Connection, head: Head) -> None:
        """Read what was written up to a head; from the beginning where its past is another one than ours."""
        if not self._is_ours(connection, head):
            self._begin()
        if head.version > self._version:
            try:
                self._append(connection, head.version)
            except BaseException:
                self._begin()  # half of what was written is worse than nothing
                raise
            self._version = head.version
        self._heads[head.version] = head.hash
        while len(self._heads) > HEADS:
            del self._heads[min(self._heads)]

    def _is_ours(self, connection: Connection, head: Head) -> bool:
        """Whether the book is still the one that was followed, and not an older copy put in its place."""
        if head.version in self._heads:
            return self._heads[head.version] == head.hash
        if not self._version or head.version < self._version:
            return True
        found = connection.execute(select(Seal.hash).where(Seal.revision_id == self._version)).scalar()
        return found == self._heads.get(self._version)

    def _append(self, connection: Connection, version: int, *, is_sealed: bool = True) -> None:
        touched = self._touched.follow(connection, self._version, version)
        for name, table in self._tables.items():
            if is_sealed and table.spec.name not in touched:
                continue
            if name == INDEXES:
                table.spec = table_list.levels(self._number_indexes(connection, version))
            table.follow(connection, self._version, version)

    def _number_indexes(self, connection: Connection, version: int) -> dict[str, int]:
        row = IndexLevel
        query = select(row.index_code).where(row.revision_id > self._version, row.revision_id <= version)
        for code in connection.execute(query.distinct()).scalars():
            self._index_numbers.setdefault(code, len(self._index_numbers))
        return self._index_numbers

    def _cut(self, version: int, as_of: date) -> Ledger:
        extents = {name: table.extent(version, as_of) for name, table in self._tables.items()}
        key = tuple(extents.values())
        if key not in self._ledgers:
            rows = {name: table.rows(extents[name]) for name, table in self._tables.items()}
            rows[ENTRIES] = SummedRows(rows[ENTRIES], extents[ENTRIES], self._sums)
            plain: dict[str, Any] = {
                name: spec.made.from_source(rows[name]) for name, spec in PLAIN.items() if spec.made
            }
            self._ledgers[key] = Ledger(
                **plain,
                holdings=_standing(rows[HOLDINGS], rows[NAMES]),
                indexes=self._ranked(rows[INDEXES]),
            )
            note_rows(self._ledgers[key], self._note(extents))
            while len(self._ledgers) > LEDGERS:
                let_go(self._ledgers.popitem(last=False)[1])
        self._ledgers.move_to_end(key)
        return self._ledgers[key]

    def _note(self, extents: dict[str, Extent]) -> KnownRows:
        others = tuple(extent for name, extent in extents.items() if name != ENTRIES)
        return KnownRows(self._lines.count(extents[ENTRIES]), self._lines, others)

    def _ranked(self, rows: Source) -> IndexColumns:
        """By code, day and id; an index's number is its code's rank among those that were quoted so far."""
        numbers, days, ids = rows.read("index"), rows.read("day"), rows.read("id")
        codes = {number: code for code, number in self._index_numbers.items()}
        quoted = sorted(np.unique(numbers).tolist(), key=lambda number: codes[number])
        rank = np.zeros(len(codes), dtype=np.int64)
        rank[quoted] = np.arange(len(quoted))
        order = np.lexsort((ids, days, rank[numbers]))
        columns = [ids, rank[numbers], days, rows.read("level")]
        columns = [column[order] for column in columns]
        for column in columns:
            column.flags.writeable = False
        return IndexColumns(*columns)


def _standing(holdings: Source, names: Source) -> HoldingColumns:
    """Holdings stay when what was recorded of them is taken back; one of a firm that went too is none."""
    found = holdings.found("party", np.unique(names.read("party")))
    return HoldingColumns.from_source(holdings if found is None else found)
