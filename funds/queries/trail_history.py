"""The history of one number or object: every row along a chain of replacements, every fact about a thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from funds.errors import NotFound
from funds.models.row_scopes import ROW_SCOPES, Reach
from funds.queries.codes import each_chunk
from funds.queries.trail_readers import TrailReader, may_see_row, readable_rows
from funds.queries.trail_rows import TABLES, RowVersion, read_rows

Key = tuple[int, str, int]  # change, table, row

# Which tables say something about a thing, and by which columns.
FACTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "party": {
        "party_fact": ("party_id",),
        "party_nature": ("party_id",),
        "party_ownership": ("owner_id", "owned_id"),
    },
    "company": {
        "company_fact": ("company_id",),
        "company_tag": ("company_id",),
        "company_figure": ("company_id",),
    },
    "fund": {
        "fund_fact": ("fund_id",),
        "fund_field": ("fund_id",),
        "fund_park": ("fund_id",),
        "fund_term": ("fund_id",),
    },
    "commitment": {"commitment_movement": ("commitment_id",), "call_notice": ("commitment_id",)},
    "holding": {"exit": ("holding_id",), "mark": ("holding_id",), "entry": ("holding_id",)},
    "deal": {"deal_fact": ("deal_id",), "entry": ("deal_id",)},
    "round": {"round_fact": ("round_id",), "round_investor": ("round_id",)},
    "park": {"park_fact": ("park_id",), "park_industry": ("park_id",), "park_figure": ("park_id",)},
    "industry": {"industry_fact": ("industry_id",), "industry_crosswalk": ("industry_id",)},
    "segment": {"segment_fact": ("segment_id",)},
    "person": {"person_fact": ("person_id",), "membership": ("person_id",)},
    "proposal": {"proposal_subject": ("proposal_id",), "proposal_end": ("proposal_id",)},
    "reminder": {},
    "period": {},
    "restatement": {},
    "book_identity": {},
}


@dataclass(frozen=True)
class History:
    """Rows newest first, one page of `total`; `hidden` ones are not the reader's to see."""

    rows: tuple[RowVersion, ...]
    total: int
    hidden: int


def read_history(
    connection: Connection,
    reader: TrailReader,
    version: int,
    name: str,
    row_id: int,
    start: int,
    size: int,
    wide: Connection | None = None,
) -> History:
    """The history of a row, or of the thing that an identity's row stands for, as known at a version.

    `wide` sees the rows that are only to be counted, where `connection` has the reader's own eyes.
    """
    if name not in TABLES or ROW_SCOPES[name].reach is Reach.SOURCE:
        raise NotFound("trail.no_such_object")
    if not _is_known(connection, name, row_id, version) or not may_see_row(connection, reader, name, row_id):
        raise NotFound("trail.no_such_object")
    find_keys = _facts if name in FACTS else _chain
    keys = find_keys(wide or connection, name, row_id)
    known = sorted((key for key in keys if key[0] <= version), reverse=True)
    seen = _seen(connection, reader, known)
    kept = [key for key in known if key in seen]
    rows = read_rows(connection, reader, [(table, one) for _, table, one in kept[start : start + size]])
    return History(tuple(rows), len(kept), len(known) - len(kept))


def _is_known(connection: Connection, name: str, row_id: int, version: int) -> bool:
    table = TABLES[name]
    query = select(table.c.id).where(table.c.id == row_id, table.c.revision_id <= version)
    return connection.execute(query).first() is not None


def _chain(connection: Connection, name: str, row_id: int) -> list[Key]:
    """A row with all that it replaced and all that replaced it."""
    table = TABLES[name]
    columns = select(table.c.id, table.c.revision_id, table.c.replaces_id)
    found: dict[int, Key] = {}
    waiting: int | None = row_id
    while waiting is not None:  # back to the first
        row = connection.execute(columns.where(table.c.id == waiting)).one()
        found[row.id] = (row.revision_id, name, row.id)
        waiting = row.replaces_id
    waiting = row_id
    while (after := connection.execute(columns.where(table.c.replaces_id == waiting)).first()) is not None:
        found[after.id] = (after.revision_id, name, after.id)
        waiting = after.id
    return list(found.values())


def _facts(connection: Connection, name: str, row_id: int) -> list[Key]:
    """The row by which a thing came into the book, and every row that says something about it."""
    identity = TABLES[name]
    keys: set[Key] = set()
    for found_in, columns in [(name, ("id",)), *FACTS[name].items()]:
        table = identity if found_in == name else TABLES[found_in]
        for column in columns:
            query = select(table.c.revision_id, table.c.id).where(table.c[column] == row_id)
            keys |= {(row.revision_id, found_in, row.id) for row in connection.execute(query)}
    return list(keys)


def _seen(connection: Connection, reader: TrailReader, keys: Sequence[Key]) -> set[Key]:
    """Those of the rows that the reader may see."""
    seen: set[Key] = set()
    for name in {key[1] for key in keys}:
        table = TABLES[name]
        ids = [key[2] for key in keys if key[1] == name]
        query = select(table.c.revision_id, table.c.id).where(readable_rows(table, name, reader))
        for piece in each_chunk(ids):
            seen |= {(row[0], name, row[1]) for row in connection.execute(query.where(table.c.id.in_(piece)))}
    return seen
