"""Proposals as known at a version: what is proposed, by whom, whose it is to see, and how it ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, exists, select

from funds.book.noting import note_tables, noting_nothing
from funds.kinds import ProposalOutcome, ScopeKind
from funds.models import Proposal, ProposalEnd, ProposalSubject, Revision, table_of
from funds.permissions import CITY, Scope
from funds.queries.codes import each_chunk
from funds.queries.last_changes import REVERSALS
from funds.queries.trail_readers import TrailReader, readable_rows


class ProposalState(StrEnum):
    """Where a proposal stands; one whose own change was reversed is undone."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"


@dataclass(frozen=True)
class Ending:
    """Who ended a proposal, when, why, and in which change."""

    outcome: ProposalOutcome
    person_id: int
    at: str
    reason: str | None
    version: int
    is_reversed: bool


@dataclass(frozen=True)
class Proposed:
    """One proposal; `subjects` are the funds and parks it belongs to, `scopes` where a right over it counts."""

    id: int
    kind: str
    about: str
    payload: str
    digest: str
    reason: str
    proposer_id: int
    seen_version: int
    is_city_wide: bool
    version: int
    at: str
    subjects: tuple[Scope, ...]
    is_undone: bool
    ending: Ending | None

    @property
    def state(self) -> ProposalState:
        """Where it stands."""
        if self.ending is not None:
            return ProposalState(self.ending.outcome.value)
        return ProposalState.UNDONE if self.is_undone else ProposalState.OPEN

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.state is ProposalState.OPEN

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Where whoever ends it must hold the right."""
        return (CITY,) if self.is_city_wide else self.subjects


def read_proposals(
    connection: Connection,
    version: int,
    reader: TrailReader | None = None,
    *,
    ids: Iterable[int] | None = None,
    about: str | None = None,
    only_open: bool = False,
) -> list[Proposed]:
    """Proposals known at a version, newest first; with a reader only those that are theirs to see."""
    query = (
        select(
            Proposal.id,
            Proposal.kind,
            Proposal.about,
            Proposal.payload,
            Proposal.content_digest,
            Proposal.reason,
        )
        .add_columns(Proposal.proposer_id, Proposal.seen_version, Proposal.is_city_wide, Proposal.revision_id)
        .add_columns(Revision.recorded_at)
        .join(Revision, Revision.id == Proposal.revision_id)
        .where(Proposal.revision_id <= version)
        .order_by(Proposal.id.desc())
    )
    if reader is not None:
        query = query.where(readable_rows(table_of(Proposal), "proposal", reader))
    if ids is not None:
        query = query.where(Proposal.id.in_(list(ids)))
    if about is not None:
        query = query.where(Proposal.about == about)
    if only_open:
        ended = exists().where(ProposalEnd.proposal_id == Proposal.id, ProposalEnd.revision_id <= version)
        query = query.where(~ended)
    rows = connection.execute(query).all()
    undone = read_undone(connection, version)
    numbers = [row.id for row in rows]
    subjects = _read_subjects(connection, numbers)
    endings = {} if only_open else _read_endings(connection, version, numbers, undone)
    found = [
        Proposed(
            id=row.id,
            kind=row.kind,
            about=row.about,
            payload=row.payload,
            digest=row.content_digest,
            reason=row.reason,
            proposer_id=row.proposer_id,
            seen_version=row.seen_version,
            is_city_wide=row.is_city_wide,
            version=row.revision_id,
            at=row.recorded_at,
            subjects=tuple(subjects.get(row.id, ())),
            is_undone=row.revision_id in undone,
            ending=endings.get(row.id),
        )
        for row in rows
    ]
    return [one for one in found if one.is_open] if only_open else found


def read_undone(connection: Connection, version: int) -> frozenset[int]:
    """The changes that were reversed by a version, reversals of reversals minded."""
    query = select(Revision.id, Revision.reverses_id).where(
        Revision.reverses_id.is_not(None), Revision.id <= version
    )
    undone: set[int] = set()
    with noting_nothing():  # other revisions take nothing back
        found = connection.execute(query.order_by(Revision.id.desc())).all()
    note_tables({REVERSALS})
    for row in found:
        if row.id not in undone:
            undone.add(row.reverses_id)
    return frozenset(undone)


def _read_endings(
    connection: Connection, version: int, ids: list[int], undone: frozenset[int]
) -> dict[int, Ending]:
    """How proposals ended, those that did."""
    row = ProposalEnd
    query = (
        select(
            row.proposal_id, row.outcome, row.ended_by_id, Revision.recorded_at, row.reason, row.revision_id
        )
        .join(Revision, Revision.id == row.revision_id)
        .where(row.revision_id <= version)
    )
    return {
        proposal: Ending(outcome, person, at, why, ended_in, ended_in in undone)
        for piece in each_chunk(ids)
        for proposal, outcome, person, at, why, ended_in in connection.execute(
            query.where(row.proposal_id.in_(piece))
        )
    }


def _read_subjects(connection: Connection, ids: list[int]) -> dict[int, dict[Scope, None]]:
    """The funds and parks of proposals, each once; a row without either only names a row of the file."""
    row = ProposalSubject
    query = select(row.proposal_id, row.fund_id, row.park_id).order_by(row.id)
    subjects: dict[int, dict[Scope, None]] = {}
    for piece in each_chunk(ids):
        for found in connection.execute(query.where(row.proposal_id.in_(piece))):
            for kind, scope_id in ((ScopeKind.FUND, found.fund_id), (ScopeKind.PARK, found.park_id)):
                if scope_id is not None:
                    subjects.setdefault(found.proposal_id, {})[Scope(kind, scope_id)] = None
    return subjects
