"""The rows that the trail shows: as a change wrote them, beside what they replaced or what held before them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, select

from funds.models import Base, BookRow, row_tables
from funds.models.visibility import visible
from funds.queries.codes import each_chunk
from funds.queries.trail_readers import TrailReader, readable_rows

Values = Mapping[str, Any]

BOOKKEEPING = frozenset({"id", "revision_id", "origin", "withdrawn", "replaces_id"})
# Numbers by which the book ties rows together; they tell a person nothing.
INNER = frozenset({"movement_id", "occurrence", "content_digest"})
# Facts of which the newest holds: what a later one says is compared with the one before it.
DATED: Mapping[str, tuple[str, ...]] = {
    "party_fact": ("party_id",),
    "party_nature": ("party_id",),
    "company_fact": ("company_id",),
    "company_tag": ("company_id", "industry_id", "segment_id"),
    "fund_fact": ("fund_id",),
    "fund_term": ("fund_id", "term"),
    "park_fact": ("park_id",),
    "industry_fact": ("industry_id",),
    "policy": ("code", "pack", "park_id"),
    "definition": ("code",),
}
MODELS: Mapping[str, type[BookRow]] = {
    str(mapper.local_table): mapper.class_
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, BookRow)
}
TABLES: Mapping[str, Table] = {table.name: table for table in row_tables()}


class Fate(StrEnum):
    """What a row did: began something, took another row's place, or took one back."""

    NEW = "new"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class RowVersion:
    """A row with its values; `before` is what it replaced, `earlier` the fact in force until its own date.

    Both are None where there was none, and where it is not the reader's to see.
    """

    table: str
    id: int
    version: int
    origin: str | None
    fate: Fate
    values: Values
    before: Values | None = None
    earlier: Values | None = None
    is_restored: bool = False  # it took the place of a withdrawal

    @property
    def known_before(self) -> Values | None:
        """What its values are compared with."""
        return self.earlier if self.before is None else self.before

    def changed(self) -> list[str]:
        """The columns that say otherwise than before."""
        known = self.known_before
        return [] if known is None else [name for name, value in self.values.items() if known[name] != value]


def shown_columns(name: str) -> list[str]:
    """The columns of a table that say something to a person, in its order."""
    return [
        column.name
        for column in TABLES[name].columns
        if column.name not in BOOKKEEPING | INNER and not isinstance(column.type, LargeBinary)
    ]


def page_of_rows(
    connection: Connection, reader: TrailReader, version: int, name: str, start: int, size: int
) -> list[RowVersion]:
    """Some of the rows that a change wrote into a table, in their order."""
    table = TABLES[name]
    query = select(table.c.id).where(table.c.revision_id == version, readable_rows(table, name, reader))
    ids = connection.execute(query.order_by(table.c.id).offset(start).limit(size)).scalars()
    return read_rows(connection, reader, [(name, row_id) for row_id in ids])


def read_rows(
    connection: Connection, reader: TrailReader, wanted: Sequence[tuple[str, int]]
) -> list[RowVersion]:
    """Rows by table and id in the order given, without those that are not the reader's to see."""
    found: dict[tuple[str, int], RowVersion] = {}
    for name in dict.fromkeys(name for name, _ in wanted):
        ids = [row_id for table, row_id in wanted if table == name]
        for row in _compare(connection, reader, name, _fetch(connection, reader, name, ids)):
            found[name, row.id] = row
    return [found[key] for key in wanted if key in found]


def _fetch(
    connection: Connection, reader: TrailReader, name: str, ids: Sequence[int]
) -> dict[int, Mapping[str, Any]]:
    table = TABLES[name]
    kept = [column for column in table.columns if not isinstance(column.type, LargeBinary)]
    query = select(*kept).where(readable_rows(table, name, reader))
    return {
        row["id"]: dict(row)
        for piece in each_chunk(ids)
        for row in connection.execute(query.where(table.c.id.in_(piece))).mappings()
    }


def _compare(
    connection: Connection, reader: TrailReader, name: str, rows: Mapping[int, Mapping[str, Any]]
) -> Iterator[RowVersion]:
    replaced = [row["replaces_id"] for row in rows.values() if row.get("replaces_id") is not None]
    befores = _fetch(connection, reader, name, replaced)
    columns = shown_columns(name)
    for row in rows.values():
        before = befores.get(row.get("replaces_id") or 0)
        is_first = row.get("replaces_id") is None
        earlier = _read_earlier(connection, reader, name, row) if is_first and name in DATED else None
        yield RowVersion(
            table=name,
            id=row["id"],
            version=row["revision_id"],
            origin=row["origin"],
            fate=_fate_of(row),
            values={column: row[column] for column in columns},
            before=before and {column: before[column] for column in columns},
            earlier=earlier and {column: earlier[column] for column in columns},
            is_restored=before is not None and before["withdrawn"] and not row["withdrawn"],
        )


def _fate_of(row: Mapping[str, Any]) -> Fate:
    if row.get("replaces_id") is None:
        return Fate.NEW
    return Fate.WITHDRAWN if row["withdrawn"] else Fate.CORRECTED


def _read_earlier(
    connection: Connection, reader: TrailReader, name: str, row: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """The fact about the same thing that held until this one's date, as the book knew it then."""
    if row["from_date"] is None:
        return None
    table = TABLES[name]
    same = [table.c[column].is_not_distinct_from(row[column]) for column in DATED[name]]
    begun = table.c.from_date.is_(None) | (table.c.from_date < row["from_date"])
    query = (
        select(table)
        .where(visible(MODELS[name], row["revision_id"]), begun, *same, readable_rows(table, name, reader))
        .order_by(table.c.from_date.is_not(None).desc(), table.c.from_date.desc(), table.c.id.desc())
        .limit(1)
    )
    found = connection.execute(query).mappings().first()
    return None if found is None else dict(found)
