"""Whether two sources of kept columns are the very same rows, without a look at what stands in them."""

import numpy as np

from funds.queries.column_sources import Int, Picked, Source
from funds.queries.memory.seen_rows import Kept, SeenRows, WrittenRows


def are_same_rows(one: Source, other: Source) -> bool:
    """Whether both are the same places of one kept table; of rows from elsewhere only the same object counts.

    A row that was written stays as it is, so that the same places say the same whatever was written since.
    """
    if one is other:
        return True
    first, second = _find_places(one), _find_places(other)
    if first is None or second is None or first[0] is not second[0]:
        return False
    return np.array_equal(first[1], second[1])


def table_of(rows: Source) -> Kept | None:
    """The kept table that rows stand in, if they do."""
    found = _find_places(rows)
    return None if found is None else found[0]


def _find_places(rows: Source) -> tuple[Kept, Int] | None:
    """The table and the places in it."""
    if isinstance(rows, WrittenRows):
        return rows.table, np.arange(rows.size)
    if isinstance(rows, SeenRows):
        return rows.rows.table, np.flatnonzero(rows.mask)
    if isinstance(rows, Picked) and isinstance(rows.base, WrittenRows):
        return rows.base.table, rows.places
    inner = getattr(rows, "rows", None)  # what only adds something to kept rows
    return None if inner is None else _find_places(inner)
