"""Proposals as known at a version: what is proposed, by whom, whose it is to see, and how it ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from funds.kinds import ProposalOutcome, ScopeKind
from funds.models import Proposal, ProposalEnd, ProposalSubject, Revision, table_of
from funds.permissions import CITY, Scope
from funds.queries.codes import each_chunk
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
    made, ended = aliased(Revision), aliased(Revision)
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
        .add_columns(made.recorded_at, ProposalEnd.outcome, ProposalEnd.ended_by_id)
        .add_columns(ProposalEnd.reason.label("why"), ProposalEnd.revision_id.label("ended_in"))
        .add_columns(ended.recorded_at.label("ended_at"))
        .join(made, made.id == Proposal.revision_id)
        .outerjoin(
            ProposalEnd, (ProposalEnd.proposal_id == Proposal.id) & (ProposalEnd.revision_id <= version)
        )
        .outerjoin(ended, ended.id == ProposalEnd.revision_id)
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
        query = query.where(ProposalEnd.id.is_(None))
    rows = connection.execute(query).all()
    undone = read_undone(connection, version)
    subjects = _read_subjects(connection, [row.id for row in rows])
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
            ending=None if row.outcome is None else _ending(row, undone),
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
    for row in connection.execute(query.order_by(Revision.id.desc())):
        if row.id not in undone:
            undone.add(row.reverses_id)
    return frozenset(undone)


def _ending(row: Any, undone: frozenset[int]) -> Ending:
    return Ending(row.outcome, row.ended_by_id, row.ended_at, row.why, row.ended_in, row.ended_in in undone)


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
