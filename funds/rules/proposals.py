"""Two people: who proposed does not approve, and whoever is named in a proposal wrote the row by their own hand."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from funds.kinds import ProposalOutcome
from funds.models import Proposal, ProposalEnd, Revision
from funds.rules.breaches import Breach, Reach


def check_proposals(reach: Reach) -> Iterator[Breach]:
    """Proposals and their ends by another hand than they say, and approvals by the proposer."""
    yield from _check_proposers(reach)
    yield from _check_ends(reach)


def _check_proposers(reach: Reach) -> Iterator[Breach]:
    query = (
        select(Proposal.id, Proposal.about)
        .join(Revision, Revision.id == Proposal.revision_id)
        .where(Proposal.revision_id <= reach.version, Proposal.proposer_id != Revision.person_id)
        .where(reach.touched(Proposal.id, (Proposal, select(Proposal.id))))
        .order_by(Proposal.id)
    )
    for row in reach.connection.execute(query):
        yield _breach("proposal.other_hand", "proposal", row.id, row.about)


def _check_ends(reach: Reach) -> Iterator[Breach]:
    made, ended = aliased(Revision), aliased(Revision)
    is_withdrawn = ProposalEnd.outcome == ProposalOutcome.WITHDRAWN
    is_other_hand = or_(
        ProposalEnd.ended_by_id != ended.person_id,
        ProposalEnd.proposer_id != Proposal.proposer_id,
        is_withdrawn & (made.person_id != ended.person_id),
    )
    query = (
        select(ProposalEnd.id, Proposal.about, is_other_hand.label("is_other_hand"))
        .join(Proposal, Proposal.id == ProposalEnd.proposal_id)
        .join(made, made.id == Proposal.revision_id)
        .join(ended, ended.id == ProposalEnd.revision_id)
        .where(ProposalEnd.revision_id <= reach.version)
        .where(is_other_hand | (~is_withdrawn & (made.person_id == ended.person_id)))
        .where(reach.touched(ProposalEnd.id, (ProposalEnd, select(ProposalEnd.id))))
        .order_by(ProposalEnd.id)
    )
    for row in reach.connection.execute(query):
        code = "proposal.other_hand" if row.is_other_hand else "proposal.own_approval"
        yield _breach(code, "proposal_end", row.id, row.about)


def _breach(code: str, table: str, row_id: int, about: str) -> Breach:
    return Breach(code, table, row_id, ("reason",), "", {"about": about})
