"""What a proposal builds on: the rows about the same thing, what happened to them since, and whose work they are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, select

from funds.book import Change, visible
from funds.drafts import Draft
from funds.models import Person, PersonFact, Revision, table_of
from funds.queries.trail_readers import TrailReader, may_see_row
from funds.recording.guards import VETTED
from funds.recording.makers import makers_of
from funds.recording.proposal_kinds import At, Ground, ProposalKind
from funds.recording.proposed_corrections import record_corrections


@dataclass(frozen=True)
class WrittenRow:
    """A row and the change that wrote it."""

    table: str
    id: int
    version: int


@dataclass(frozen=True)
class Overtaking:
    """The newest change of what a proposal builds on, and how many rows of it were written since."""

    version: int
    person: str
    rows: int


def find_overtaking(
    at: At,
    kind: ProposalKind,
    drafts: Sequence[Draft],
    seen_version: int,
    reader: TrailReader | None = None,
) -> Overtaking | None:
    """What happened since a version to the rows that drafts build on, as far as a reader may know it."""
    rows = {
        row
        for draft in drafts
        for row in _written_since(at, kind.ground(at, draft), kind, seen_version)
        if reader is None or may_see_row(at.connection, reader, row.table, row.id)
    }
    if not rows:
        return None
    newest = max(row.version for row in rows)
    author = select(Revision.person_id).where(Revision.id == newest).scalar_subquery()
    return Overtaking(newest, name_person(at, author), len(rows))


def find_makers(change: Change, kind: ProposalKind, drafts: Sequence[Draft]) -> frozenset[int]:
    """Who wrote the waiting rows that recording the drafts would confirm."""
    grounds = [(draft, kind.ground(change, draft)) for draft in drafts]
    return frozenset(
        maker
        for draft, ground in grounds
        if ground.model in VETTED
        for row in _read_alike(change, ground, draft)
        if row[VETTED[ground.model][0]] is None
        for maker in makers_of(change, ground.model, row)
    )


def is_news(change: Change, kind: ProposalKind, draft: Draft) -> bool:
    """Whether a confirmed row says otherwise than a draft, or none says anything yet."""
    ground = kind.ground(change, draft)
    return not any(row[VETTED[ground.model][0]] is not None for row in _read_alike(change, ground, draft))


def name_person(at: At, person_id: ColumnElement[Any] | int) -> str:
    """What a person is called, else the sign-in name."""
    query = (
        select(PersonFact.name, Person.login)
        .join(Person, Person.id == PersonFact.person_id)
        .where(Person.id == person_id, visible(PersonFact, at.version))
    )
    row = at.connection.execute(query).one()
    return str(row.name or row.login)


def _written_since(at: At, ground: Ground, kind: ProposalKind, seen_version: int) -> Iterator[WrittenRow]:
    table = table_of(ground.model)
    found = select(table.c.id, table.c.revision_id).where(table.c.revision_id <= at.version)
    if kind.record is not record_corrections:
        newer = found.where(table.c.revision_id > seen_version, *_about(ground, table))
        yield from (WrittenRow(table.name, *row) for row in at.connection.execute(newer))
        return
    waiting = ground.columns["id"]
    while (row := at.connection.execute(found.where(table.c.replaces_id == waiting)).first()) is not None:
        yield WrittenRow(table.name, *row)
        waiting = row.id


def _read_alike(change: Change, ground: Ground, draft: Draft) -> Iterator[Mapping[str, Any]]:
    """The standing rows that say what a draft says; a blank of the draft says nothing."""
    table = table_of(ground.model)
    said = [field.name for field in fields(draft) if field.name in table.columns]
    query = select(table).where(visible(ground.model, change.version), *_about(ground, table))
    for row in change.connection.execute(query).mappings():
        if all(getattr(draft, name) in (None, row[name]) for name in said):
            yield dict(row)


def _about(ground: Ground, table: Any) -> list[ColumnElement[bool]]:
    return [table.c[name].is_not_distinct_from(value) for name, value in ground.columns.items()]
