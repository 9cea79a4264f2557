"""Which revision wrote into which table, from the leaves of the seals: what did not change need not be read again."""

from bisect import bisect_right
from collections.abc import Iterable

from sqlalchemy import Connection, select

from funds.models import SealLeaf


class TouchedTables:
    """By table the revisions that wrote into it, as far as the book was followed."""

    def __init__(self) -> None:
        self._revisions: dict[str, list[int]] = {}

    def follow(self, connection: Connection, after: int, version: int) -> frozenset[str]:
        """Take in the revisions after one up to another; the tables that they wrote into."""
        query = (
            select(SealLeaf.revision_id, SealLeaf.table_name)
            .where(SealLeaf.revision_id > after, SealLeaf.revision_id <= version)
            .order_by(SealLeaf.revision_id)
        )
        found = connection.execute(query).all()
        for revision, table in found:
            self._revisions.setdefault(table, []).append(revision)
        return frozenset(table for _, table in found)

    def last(self, tables: Iterable[str], version: int) -> int:
        """The last revision up to a version that wrote into any of some tables; 0 if none did."""
        return max((self._last(self._revisions.get(table, []), version) for table in tables), default=0)

    def _last(self, revisions: list[int], version: int) -> int:
        at = bisect_right(revisions, version)
        return revisions[at - 1] if at else 0
