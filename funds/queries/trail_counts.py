"""How many rows each change wrote, by table: new ones, corrections and withdrawals, and those out of reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from funds.book.seal import LEAF
from funds.models import Base, SealLeaf
from funds.models.row_scopes import ROW_SCOPES, Reach
from funds.queries.trail_readers import TrailReader, readable_rows, sees_all

Replacing = Mapping[
    int, tuple[int, int]
]  # by change: rows that replaced another, and of these the withdrawals


@dataclass(frozen=True)
class TableCount:
    """Rows of one table that one change wrote; `seen` of them are the reader's to look into."""

    table: str
    new: int
    corrected: int
    withdrawn: int
    seen: int

    @property
    def total(self) -> int:
        """All that are counted."""
        return self.new + self.corrected + self.withdrawn


@dataclass(frozen=True)
class LineCounts:
    """What one change wrote; `elsewhere` rows are not the reader's to see."""

    tables: tuple[TableCount, ...]
    elsewhere: int

    @property
    def new(self) -> int:
        """Rows that replaced nothing."""
        return sum(count.new for count in self.tables)

    @property
    def corrected(self) -> int:
        """Rows that took another's place."""
        return sum(count.corrected for count in self.tables)

    @property
    def withdrawn(self) -> int:
        """Rows that took another back."""
        return sum(count.withdrawn for count in self.tables)


def count_rows(connection: Connection, reader: TrailReader, versions: Sequence[int]) -> dict[int, LineCounts]:
    """The counts of some changes; who sees every author sees also how much was written where, if not what."""
    sealed = _read_sealed(connection, versions)
    names = sorted({name for tables in sealed.values() for name in tables})
    readable = {name: _count_readable(connection, reader, name, versions) for name in names}
    replacing = {name: _count_replacing(connection, reader, name, versions) for name in names}
    counts = {version: LineCounts((), 0) for version in versions}
    for version, totals in sealed.items():
        found, elsewhere = [], 0
        for name, total in totals.items():
            in_reach = readable[name]
            seen = total if in_reach is None else in_reach.get(version, 0)
            counted = total if reader.sees_every_author else seen
            elsewhere += total - counted
            replaced, withdrawn = replacing[name].get(version, (0, 0))
            if counted:
                found.append(TableCount(name, counted - replaced, replaced - withdrawn, withdrawn, seen))
        counts[version] = LineCounts(tuple(sorted(found, key=_rank)), elsewhere)
    return counts


def _rank(count: TableCount) -> tuple[int, str]:
    return -count.total, count.table


def _read_sealed(connection: Connection, versions: Sequence[int]) -> dict[int, dict[str, int]]:
    """Rows by change and table as the seals tell; files are shown with their change and not counted."""
    query = select(SealLeaf.revision_id, SealLeaf.table_name, func.length(SealLeaf.leaves)).where(
        SealLeaf.revision_id.in_(versions)
    )
    found: dict[int, dict[str, int]] = {}
    for version, name, size in connection.execute(query):
        if ROW_SCOPES[name].reach is not Reach.SOURCE:
            found.setdefault(version, {})[name] = size // LEAF
    return found


def _count_readable(
    connection: Connection, reader: TrailReader, name: str, versions: Sequence[int]
) -> Mapping[int, int] | None:
    """The rows of a table that the reader may see, by change; None where that is all of them."""
    if sees_all(name, reader):
        return None
    table = Base.metadata.tables[name]
    query = (
        select(table.c.revision_id, func.count())
        .where(table.c.revision_id.in_(versions), readable_rows(table, name, reader))
        .group_by(table.c.revision_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _count_replacing(
    connection: Connection, reader: TrailReader, name: str, versions: Sequence[int]
) -> Replacing:
    """Of the rows that are counted, those that replaced another."""
    table = Base.metadata.tables[name]
    if "replaces_id" not in table.c:
        return {}
    withdrawn = func.count().filter(table.c.withdrawn)
    query = (
        select(table.c.revision_id, func.count(), withdrawn)
        .where(table.c.replaces_id.is_not(None), table.c.revision_id.in_(versions))
        .group_by(table.c.revision_id)
    )
    if not reader.sees_every_author and not sees_all(name, reader):
        query = query.where(readable_rows(table, name, reader))
    return {row[0]: (row[1], row[2]) for row in connection.execute(query)}
