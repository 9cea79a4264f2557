"""Proposes a change, and ends a proposal: a second person approves or refuses it, its maker may withdraw it."""

from collections.abc import Sequence

from sqlalchemy import select

from funds.book import Change
from funds.drafts import Draft
from funds.drafts.proposals import CorrectionDraft, ProposalDraft
from funds.errors import Conflict, NotAllowed, NotFound, RulesBroken
from funds.kinds import ProposalOutcome
from funds.models import Proposal, ProposalEnd
from funds.permissions import CITY, Rights, Scope, read_rights
from funds.queries.proposals import Proposed, read_proposals
from funds.queries.trail_readers import make_reader, may_see_row
from funds.recording.guards import VETTED
from funds.recording.proposal_grounds import (
    find_makers,
    find_overtaking,
    is_news,
    name_person,
)
from funds.recording.proposal_kinds import ProposalKind, kind_of
from funds.recording.proposal_rows import Wait, add_proposals, digest_of, find_asked
from funds.recording.proposed_corrections import require_sight
from funds.recording.sieve import Recorded
from funds.recording.whole import check_whole
from funds.rules.catalogue import break_rule
from funds.rules.values import check_values


def record_proposals(change: Change, drafts: Sequence[ProposalDraft]) -> list[int]:
    """Let drafts wait for a second person, one proposal for each thing that they are about."""
    ids = [proposal_id for draft in drafts for proposal_id in _propose(change, draft)]
    check_whole(change)
    return ids


def approve_proposals(change: Change, ids: Sequence[int], reason: str = "") -> None:
    """Record what was proposed, by the verb and with the rights of whoever approves, and end the waiting."""
    for proposal_id in dict.fromkeys(ids):
        _approve(change, _take(change, proposal_id), reason)
    check_whole(change)


def refuse_proposals(change: Change, ids: Sequence[int], reason: str) -> None:
    """Send proposals back with a reason; whoever might have approved may."""
    for proposal_id in dict.fromkeys(ids):
        proposed = _take(change, proposal_id)
        _require_right(change, kind_of(proposed.kind), proposed)
        if proposed.proposer_id == change.person_id:
            raise NotAllowed("proposal.own", about=proposed.about)
        _end(change, proposed, ProposalOutcome.REFUSED, _require_reason(change, reason, ProposalEnd))
    check_whole(change)


def withdraw_proposals(change: Change, ids: Sequence[int], reason: str = "") -> None:
    """Take back what one proposed oneself."""
    for proposal_id in dict.fromkeys(ids):
        proposed = _take(change, proposal_id)
        if proposed.proposer_id != change.person_id:
            raise NotAllowed("proposal.not_own", about=proposed.about)
        _end(change, proposed, ProposalOutcome.WITHDRAWN, reason)
    check_whole(change)


def _propose(change: Change, draft: ProposalDraft) -> list[int]:
    kind = kind_of(draft.kind)
    reason = _require_reason(change, draft.reason, Proposal)
    if not draft.drafts or not all(isinstance(one, kind.draft) for one in draft.drafts):
        raise RulesBroken([break_rule("proposal.nothing_new", draft.place.of("kind"), {})])
    rights = _rights_of(change, change.person_id)
    waits = []
    for about in dict.fromkeys(map(kind.about, draft.drafts)):
        drafts = tuple(one for one in draft.drafts if kind.about(one) == about)
        waits.append(_prepare(change, rights, draft, about, drafts))
    asked = find_asked(change, rights, waits, again=True)
    for wait in waits:
        if digest_of(wait.payload) in asked:
            raise Conflict("proposal.asked_before", about=wait.about)
    return add_proposals(change, rights, waits, reason, draft.seen_version)


def _prepare(
    change: Change, rights: Rights, draft: ProposalDraft, about: str, drafts: tuple[Draft, ...]
) -> Wait:
    """Look at drafts about one thing: may this person propose them, do they rest on what stands, are they sound."""
    kind = kind_of(draft.kind)
    for one in drafts:
        if isinstance(one, CorrectionDraft):
            require_sight(change, one)
    scopes = kind.scopes(change, drafts)
    if not _may_propose(rights, kind, drafts, scopes):
        raise NotAllowed("permission.refused", action=kind.proposing(drafts[0]), scope=scopes[0].kind)
    if draft.seen_version is not None:
        _refuse_overtaken(change, kind, drafts, about, draft.seen_version)
    _rehearse(change, kind, drafts)
    return Wait(draft.kind, about, drafts, scopes, (draft.place,))


def _rehearse(change: Change, kind: ProposalKind, drafts: Sequence[Draft]) -> None:
    """Refuse what breaks a rule already; what only the approver may write at all is judged by the approval."""
    try:
        with change.rehearsing():
            recorded = _carry_out(change, change.person_id, kind, drafts)
    except NotAllowed:
        return
    if not isinstance(recorded, Recorded) or recorded.new:
        return
    is_vetted = kind.ground(change, drafts[0]).model in VETTED
    if not is_vetted or not any(is_news(change, kind, draft) for draft in drafts):
        raise RulesBroken([break_rule("proposal.nothing_new", drafts[0].place.of("reason"), {})])


def _approve(change: Change, proposed: Proposed, reason: str) -> None:
    kind = kind_of(proposed.kind)
    drafts = kind.read(proposed.payload)
    _require_right(change, kind, proposed)
    if change.person_id in _authors(change, kind, proposed, drafts):
        raise NotAllowed("proposal.own", about=proposed.about)
    proposer = _rights_of(change, proposed.proposer_id)
    if not _may_propose(proposer, kind, drafts, kind.scopes(change, drafts)):
        name = name_person(change, proposed.proposer_id)
        raise Conflict("proposal.proposer_may_no_longer", about=proposed.about, person=name)
    _refuse_overtaken(change, kind, drafts, proposed.about, proposed.seen_version)
    _carry_out(change, proposed.proposer_id, kind, drafts)
    _end(change, proposed, ProposalOutcome.APPROVED, reason)


def _carry_out(change: Change, proposer_id: int, kind: ProposalKind, drafts: Sequence[Draft]) -> object:
    change.on_behalf_of = proposer_id
    try:
        return kind.record(change, drafts)
    finally:
        change.on_behalf_of = None


def _authors(
    change: Change, kind: ProposalKind, proposed: Proposed, drafts: Sequence[Draft]
) -> frozenset[int]:
    """Whose own it is: whoever proposed it, ever proposed the very same, or wrote the rows that it would confirm."""
    query = select(Proposal.proposer_id).where(
        Proposal.kind == proposed.kind, Proposal.content_digest == proposed.digest
    )
    return frozenset(change.connection.execute(query).scalars()) | find_makers(change, kind, drafts)


def _take(change: Change, proposal_id: int) -> Proposed:
    """A proposal that still waits, and that this person may see or made."""
    reader = make_reader(change.person_id, _rights_of(change, change.person_id))
    found = read_proposals(change.connection, change.version, ids=[proposal_id])
    if not found or (
        found[0].proposer_id != change.person_id
        and not may_see_row(change.connection, reader, "proposal", proposal_id)
    ):
        raise NotFound("proposal.unknown", proposal=proposal_id)
    (proposed,) = found
    if proposed.ending is not None:
        raise Conflict(
            f"proposal.already_{proposed.ending.outcome.value}",
            about=proposed.about,
            person=name_person(change, proposed.ending.person_id),
            version=proposed.ending.version,
        )
    if proposed.is_undone:
        raise Conflict("proposal.undone", about=proposed.about, version=proposed.version)
    return proposed


def _require_right(change: Change, kind: ProposalKind, proposed: Proposed) -> None:
    rights = _rights_of(change, change.person_id)
    if not kind.is_approvable(rights, proposed):
        action = kind.approving(kind.read(proposed.payload)[0])
        raise NotAllowed("permission.refused", action=action, scope=proposed.scopes[0].kind)


def _may_propose(
    rights: Rights, kind: ProposalKind, drafts: Sequence[Draft], scopes: Sequence[Scope]
) -> bool:
    """Reference data may be proposed from any part of the city, what belongs to funds or parks only there."""
    actions = {kind.proposing(draft) for draft in drafts}
    if CITY in scopes:
        return all(map(rights.may_somewhere, actions))
    return all(rights.may(action, scope) for action in actions for scope in scopes)


def _refuse_overtaken(
    change: Change, kind: ProposalKind, drafts: Sequence[Draft], about: str, seen_version: int
) -> None:
    found = find_overtaking(change, kind, drafts, seen_version)
    if found is not None:
        raise Conflict(
            "proposal.overtaken",
            about=about,
            seen=seen_version,
            version=found.version,
            person=found.person,
            rows=found.rows,
        )


def _require_reason(change: Change, reason: str, model: type[Proposal | ProposalEnd]) -> str:
    if not reason.strip():
        raise RulesBroken([break_rule("proposal.no_reason", "form:reason", {})])
    faults = check_values(model, {"reason": reason}, change.on)
    if problems := [break_rule(fault.code, "form:reason", fault.params) for fault in faults]:
        raise RulesBroken(problems)
    return reason.strip()


def _rights_of(change: Change, person_id: int) -> Rights:
    return read_rights(change.connection, person_id, change.on, change.version)


def _end(change: Change, proposed: Proposed, outcome: ProposalOutcome, reason: str) -> None:
    row = {
        "proposal_id": proposed.id,
        "outcome": outcome,
        "reason": _require_reason(change, reason, ProposalEnd) if reason.strip() else None,
        "proposer_id": proposed.proposer_id,
        "ended_by_id": change.person_id,
        "origin": None,
    }
    change.add(ProposalEnd, [row])
