"""Drafts of commitments, calls, contributions, distributions and fees."""

from dataclasses import dataclass
from datetime import date

from funds.drafts.place import Draft
from funds.kinds import CommitmentChange, DistributionKind, FeeKind


@dataclass(frozen=True, kw_only=True)
class MovementDraft(Draft):
    """A movement of a fund; amounts are positive fen, the kind gives the sign."""

    fund: str
    amount_fen: int
    business_no: str | None = None


@dataclass(frozen=True, kw_only=True)
class CommitmentDraft(MovementDraft):
    investor: str
    kind: CommitmentChange
    signed_on: date
    transferee: str | None = None
    basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class CallNoticeDraft(Draft):
    notice_no: str
    fund: str
    investor: str
    amount_fen: int
    noticed_on: date
    due_on: date


@dataclass(frozen=True, kw_only=True)
class ContributionDraft(MovementDraft):
    """Money paid in (实缴) by an investor, which may be a fund of the book."""

    investor: str
    received_on: date
    notice_no: str | None = None
    is_inside_commitment: bool = True


@dataclass(frozen=True, kw_only=True)
class DistributionDraft(MovementDraft):
    investor: str
    paid_on: date
    kind: DistributionKind
    is_recallable: bool = False
    is_in_kind: bool = False


@dataclass(frozen=True, kw_only=True)
class FeeDraft(MovementDraft):
    """A fee paid, or (kind OTHER_INCOME) other income received."""

    kind: FeeKind
    paid_on: date
