"""A city with people on both sides of a proposal, and short ways to propose and to end it."""

from typing import Any

from funds.book import Book
from funds.drafts import Draft
from funds.drafts.proposals import ChangedValue, CorrectionDraft, ProposalDraft
from funds.kinds import Role, ScopeKind
from funds.models import Person
from funds.queries.proposals import Proposed, read_proposals
from funds.recording import (
    approve_proposals,
    record_proposals,
    refuse_proposals,
    withdraw_proposals,
)
from tests.builders import fund_park, invested_city, membership, person, rows_of

PEOPLE = ("official", "colleague", "manager", "reviewer", "analyst", "signatory", "second")


def proposing_city() -> list[Draft]:
    """The invested city with two officials of P1, manager and reviewer of F1, an analyst and two signatories."""
    return [
        *invested_city(),
        fund_park("F1", "P1"),
        *(person(login) for login in PEOPLE),
        membership("official", Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"),
        membership("colleague", Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"),
        membership("manager", Role.FUND_MANAGER, ScopeKind.FUND, "F1"),
        membership("reviewer", Role.FUND_REVIEWER, ScopeKind.FUND, "F1"),
        membership("analyst", Role.COMMISSION_ANALYST),
        membership("signatory", Role.COMMISSION_SIGNATORY),
        membership("second", Role.COMMISSION_SIGNATORY),
    ]


def propose(book: Book, login: str, kind: str, *drafts: Draft, **more: Any) -> int:
    """Propose drafts about one thing; returns the proposal's id."""
    draft = ProposalDraft(kind=kind, drafts=drafts, reason=more.pop("reason", "依据年报"), **more)
    with book.change(login, "propose", "propose") as change:
        (proposal_id,) = record_proposals(change, [draft])
    return proposal_id


def approve(book: Book, login: str, *ids: int, reason: str = "") -> int:
    """Approve; returns the version that did."""
    with book.change(login, "approve", "approve") as change:
        approve_proposals(change, ids, reason)
    return change.revision_id


def refuse(book: Book, login: str, proposal_id: int, reason: str = "依据不足") -> None:
    """Refuse."""
    with book.change(login, "refuse", "approve") as change:
        refuse_proposals(change, [proposal_id], reason)


def withdraw(book: Book, login: str, proposal_id: int) -> None:
    """Withdraw."""
    with book.change(login, "withdraw", "propose") as change:
        withdraw_proposals(change, [proposal_id])


def correction(table: str, row_id: int, **values: Any) -> CorrectionDraft:
    """Values that a row ought to have."""
    changed = tuple(ChangedValue(column, value) for column, value in values.items())
    return CorrectionDraft(table=table, row_id=row_id, values=changed)


def proposed(book: Book, proposal_id: int) -> Proposed:
    """A proposal as it stands."""
    with book.look() as look:
        (found,) = read_proposals(look.connection, look.version, ids=[proposal_id])
    return found


def id_of(book: Book, login: str) -> int:
    """A person's id."""
    (row,) = rows_of(book, Person, login=login)
    return int(row["id"])
