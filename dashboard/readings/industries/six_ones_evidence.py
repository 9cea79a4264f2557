"""The filed rows behind a figure of the six ones: what, for when, from whom, from which cell, by whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from dashboard.readings.industries.six_ones_catalogue import SIX_ONES
from funds.book import Book
from funds.models import (
    CompanyFigure,
    Document,
    ImportBatch,
    ParkFigure,
    Person,
    PersonFact,
    Revision,
    table_of,
)
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName

MODELS: dict[str, type[Any]] = {"park_figure": ParkFigure, "company_figure": CompanyFigure}
FILED_CODES = frozenset(SIX_ONES) - {"S19"} | {"AL07"}


@dataclass(frozen=True)
class FiledRow:
    """A filed figure with where it came from; `subject` is the park or the firm."""

    table: str
    row: int
    subject: str
    indicator: str
    period: str
    value_e6: int
    unit: str | None
    source: str | None
    owner: str | None
    evidence: str | None
    origin: str | None
    file: str | None
    person: str
    version: int


@dataclass(frozen=True)
class FiledEvidence:
    """How many rows there are and the first of them; `counted` names the parks or funds that were counted instead."""

    count: int
    rows: tuple[FiledRow, ...]
    counted: tuple[str, ...] = ()


def read_filed_evidence(
    book: Book, slice_: LedgerSlice, names: Sequence[str], limit: int = 50
) -> FiledEvidence:
    """The filed rows among those that stand behind a figure of a park or of the city.

    The slice was refused where the person may not read its scope, and the rows are those of that scope.
    """
    if slice_.scope.name not in (ScopeName.CITY, ScopeName.PARK):
        return FiledEvidence(0, ())
    wanted = {table: sorted(_ids(table, names)) for table in MODELS}
    with book.look(slice_.version, slice_.readable.sight) as look:
        rows = [
            row
            for table, ids in wanted.items()
            for row in _read_rows(look.connection, slice_, table, ids[:limit])
        ]
    return FiledEvidence(sum(map(len, wanted.values())), tuple(rows[:limit]), tuple(_counted(slice_, names)))


def _ids(table: str, names: Sequence[str]) -> Iterator[int]:
    for name in names:
        kind, _, row = name.partition(":")
        if kind == table:
            yield int(row)


def _counted(slice_: LedgerSlice, names: Sequence[str]) -> Iterator[str]:
    """The parks, and the funds that the person may read, by name."""
    funds = {fund.id: fund.name for fund in slice_.readable_funds}
    known = {"park": {park.id: park.name for park in slice_.facts.parks.values()}, "fund": funds}
    for table, things in known.items():
        yield from (things[row] for row in _ids(table, names) if row in things)


def _read_rows(
    connection: Connection, slice_: LedgerSlice, table: str, ids: Sequence[int]
) -> Iterator[FiledRow]:
    model = MODELS[table]
    query = (
        select(*table_of(model).columns, PersonFact.name.label("person"), Document.name.label("file"))
        .join(Revision, Revision.id == model.revision_id)
        .join(Person, Person.id == Revision.person_id)
        .join(PersonFact, PersonFact.person_id == Person.id)
        .outerjoin(ImportBatch, ImportBatch.revision_id == model.revision_id)
        .outerjoin(Document, Document.id == ImportBatch.document_id)
        .where(model.id.in_(ids))
        .order_by(model.id, PersonFact.id)
    )
    newest = {row.id: row for row in connection.execute(query)} if ids else {}
    return (_tell(slice_, table, newest[row]) for row in ids if row in newest)


def _tell(slice_: LedgerSlice, table: str, found: Any) -> FiledRow:
    facts = slice_.facts
    if table == "park_figure":
        subject = facts.parks[found.park_id].name if found.park_id in facts.parks else ""
    else:
        subject = facts.companies[found.company_id].name if found.company_id in facts.companies else ""
    return FiledRow(
        table,
        found.id,
        subject,
        found.indicator,
        found.period,
        found.value_e6,
        found.unit,
        found.source,
        getattr(found, "owner", None),
        getattr(found, "evidence", None),
        found.origin,
        found.file,
        found.person,
        found.revision_id,
    )
