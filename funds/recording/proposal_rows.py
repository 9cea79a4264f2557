"""Writes proposals: what a verb may not record at once waits here, under the code of what it is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select

from funds.book import Change
from funds.drafts import Draft, Place
from funds.drafts.proposals import write_drafts
from funds.errors import RulesBroken
from funds.kinds import ProposalOutcome, ScopeKind
from funds.models import Proposal, ProposalEnd, ProposalSubject, Revision, table_of
from funds.models.proposals import LONGEST_PAYLOAD
from funds.permissions import CITY, Action, Rights, Scope
from funds.queries.codes import each_chunk
from funds.queries.proposals import read_undone
from funds.queries.trail_readers import make_reader, readable_rows
from funds.rules.catalogue import break_rule

LONGEST_REASON = 2_000


@dataclass(frozen=True)
class Wait:
    """Drafts of one kind about one thing, and where somebody must hold the right to end the waiting."""

    kind: str
    about: str
    drafts: tuple[Draft, ...]
    scopes: tuple[Scope, ...]
    places: tuple[Place, ...]  # the rows of a file that the drafts came from, or one form

    @property
    def payload(self) -> str:
        """The drafts as one text."""
        return write_drafts(self.drafts)


def add_proposals(
    change: Change, rights: Rights, waits: Sequence[Wait], reason: str, seen_version: int | None = None
) -> list[int]:
    """Write proposals with whose they are to see; returns their ids."""
    rows = [_row(change, wait, reason, seen_version) for wait in waits]
    ids = change.add(Proposal, rows)
    subjects = [
        {"proposal_id": proposal_id, **subject}
        for proposal_id, wait in zip(ids, waits, strict=True)
        for subject in _subjects(rights, wait)
    ]
    change.add(ProposalSubject, subjects)
    return ids


def speaks_for(rights: Rights) -> list[Scope]:
    """The parks and funds in whose name somebody records reference data; none for who speaks for the city."""
    held = {grant.scope for grant in rights.grants if Action.RECORD_REFERENCE in grant.actions}
    return [] if CITY in held else sorted(held, key=lambda scope: (scope.kind, scope.id or 0))


def digest_of(payload: str) -> str:
    """What tells that two proposals say the same."""
    return sha256(payload.encode()).hexdigest()


def find_asked(change: Change, rights: Rights, waits: Iterable[Wait], *, again: bool = False) -> set[str]:
    """The digests of those that were proposed before in sight of this person and still wait, or were refused.

    With `again` what was refused may be asked anew.
    """
    digests = [digest_of(wait.payload) for wait in waits]
    gone = select(ProposalEnd.proposal_id)
    if not again:
        gone = gone.where(ProposalEnd.outcome != ProposalOutcome.REFUSED)
    reader = make_reader(change.person_id, rights)
    undone = sorted(read_undone(change.connection, change.version))
    return {
        row.content_digest
        for piece in each_chunk(digests)
        for row in change.connection.execute(
            select(Proposal.content_digest).where(
                Proposal.content_digest.in_(piece),
                Proposal.id.not_in(gone),
                Proposal.revision_id.not_in(undone),
                readable_rows(table_of(Proposal), "proposal", reader),
            )
        )
    }


def read_reason(change: Change) -> str:
    """Why the change is made, in the words of its revision."""
    query = select(Revision.reason).where(Revision.id == change.revision_id)
    return str(change.connection.execute(query).scalar_one())


def _subjects(rights: Rights, wait: Wait) -> list[dict[str, object]]:
    """Whose it is to see, once for each row of a file that it came from."""
    scopes: list[Scope | None] = [*(speaks_for(rights) if wait.scopes == (CITY,) else wait.scopes)]
    origins = dict.fromkeys(place.origin for place in wait.places)
    return [
        {
            "fund_id": scope.id if scope and scope.kind is ScopeKind.FUND else None,
            "park_id": scope.id if scope and scope.kind is ScopeKind.PARK else None,
            "origin": origin,
        }
        for origin in origins
        for scope in (scopes or ([None] if origin else []))
    ]


def _row(change: Change, wait: Wait, reason: str, seen_version: int | None) -> dict[str, object]:
    payload = wait.payload
    if len(payload) > LONGEST_PAYLOAD:
        raise RulesBroken(
            [break_rule("proposal.too_long", wait.places[0].of("reason"), {"most": LONGEST_PAYLOAD})]
        )
    return {
        "kind": wait.kind,
        "about": wait.about,
        "reason": reason,
        "payload": payload,
        "content_digest": digest_of(payload),
        "seen_version": change.revision_id if seen_version is None else seen_version,
        "is_city_wide": wait.scopes == (CITY,),
        "proposer_id": change.person_id,
        "origin": wait.places[0].origin,
    }
