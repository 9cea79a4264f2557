"""What rests on a revision: rows of later revisions that speak of identities which it brought in."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, select

from funds.book import Change, visible
from funds.models import (
    Base,
    CompanyFact,
    FundFact,
    IndustryFact,
    ParkFact,
    PartyFact,
    PersonFact,
    Replaceable,
    Revision,
    RoundFact,
    SegmentFact,
    row_tables,
    table_of,
)
from funds.queries.codes import each_chunk

# The facts that make an identity visible.
FACTS_OF: Mapping[type[Replaceable], tuple[str, str]] = {
    PartyFact: ("party", "party_id"),
    CompanyFact: ("company", "company_id"),
    FundFact: ("fund", "fund_id"),
    IndustryFact: ("industry", "industry_id"),
    ParkFact: ("park", "park_id"),
    SegmentFact: ("segment", "segment_id"),
    RoundFact: ("round", "round_id"),
    PersonFact: ("person", "person_id"),
}
# Files and proposals tell how rows came in, papers and samples what was seen of them; they keep nothing from being taken back.
APART = frozenset(
    {"document", "import_batch", "book_identity", "proposal", "proposal_subject", "proposal_end"}
    | {"reminder", "period", "restatement"}
    | {"signed_paper", "signature", "audit_sample", "audit_item", "audit_finding"}
)
MODELS: Mapping[str, type[Replaceable]] = {
    table_of(mapper.class_).name: mapper.class_
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, Replaceable)
}


@dataclass(frozen=True)
class Rest:
    """A row of a later revision that would be left hanging."""

    table: str
    row_id: int
    revision_id: int

    def __str__(self) -> str:
        return f"{self.table}#{self.row_id} @{self.revision_id}"


def find_dependents(
    change: Change,
    revision_id: int,
    own: Collection[tuple[str, int]],
    gone: Iterable[tuple[type[Replaceable], Mapping[str, Any]]],
) -> list[Rest]:
    """Visible rows, other than those to be undone themselves, that hang on what the revision brought in."""
    identities = _find_identities(change, revision_id, _find_hidden(change, own, gone))
    rests: dict[tuple[str, int], Rest] = {}
    for table in row_tables():
        if table.name in MODELS:
            for column, ids in _links(table, identities):
                for rest in _read_hanging(change, table, column, ids, revision_id):
                    if (rest.table, rest.row_id) not in own:
                        rests.setdefault((rest.table, rest.row_id), rest)
    return [*rests.values(), *_find_revisions(change, identities["person"], revision_id)]


def _find_identities(
    change: Change, revision_id: int, hidden: Mapping[str, set[int]]
) -> Mapping[str, set[int]]:
    """Identities made by the revision or hidden without it, and identities that hang on those."""
    found: dict[str, set[int]] = defaultdict(set, hidden)
    for table in row_tables():
        if table.name in MODELS or table.name in APART:
            continue
        made = select(table.c.id).where(table.c.revision_id == revision_id)
        found[table.name] |= {row.id for row in change.connection.execute(made)}
        for column, ids in _links(table, found):
            for piece in each_chunk(sorted(ids)):
                hanging = select(table.c.id).where(column.in_(piece))
                found[table.name] |= {row.id for row in change.connection.execute(hanging)}
    return found


def _find_hidden(
    change: Change,
    own: Collection[tuple[str, int]],
    gone: Iterable[tuple[type[Replaceable], Mapping[str, Any]]],
) -> dict[str, set[int]]:
    """Identities that no visible fact would speak of any more."""
    spoken: dict[type[Replaceable], set[int]] = defaultdict(set)
    for model, row in gone:
        if model in FACTS_OF:
            spoken[model].add(row[FACTS_OF[model][1]])
    hidden = {}
    for model, ids in spoken.items():
        name, column = FACTS_OF[model]
        table = table_of(model)
        still: set[int] = set()
        for piece in each_chunk(sorted(ids)):
            query = select(table.c.id, table.c[column]).where(
                visible(model, change.version), table.c[column].in_(piece)
            )
            still |= {row[1] for row in change.connection.execute(query) if (table.name, row[0]) not in own}
        hidden[name] = ids - still
    return hidden


def _links(table: Table, identities: Mapping[str, set[int]]) -> list[tuple[Column[int], set[int]]]:
    """The columns of a table that point at some of the identities."""
    return [
        (column, ids)
        for column in table.columns
        for key in column.foreign_keys
        if (ids := identities.get(key.column.table.name, set()))
    ]


def _read_hanging(
    change: Change, table: Table, column: Column[int], ids: Collection[int], revision_id: int
) -> list[Rest]:
    return [
        Rest(table.name, row.id, row.revision_id)
        for piece in each_chunk(sorted(ids))
        for row in change.connection.execute(
            select(table.c.id, table.c.revision_id).where(
                column.in_(piece),
                table.c.revision_id != revision_id,
                visible(MODELS[table.name], change.version),
            )
        )
    ]


def _find_revisions(change: Change, person_ids: Collection[int], revision_id: int) -> list[Rest]:
    """Revisions by people whom the revision brought in."""
    query = select(Revision.id).where(Revision.person_id.in_(person_ids), Revision.id > revision_id)
    return [Rest("revision", row.id, row.id) for row in change.connection.execute(query)]
