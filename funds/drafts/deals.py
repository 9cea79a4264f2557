"""Drafts of rounds, their investors, and a fund's investments and exits."""

from dataclasses import dataclass
from datetime import date

from funds.drafts.ledger import MovementDraft
from funds.drafts.parties import CompanyDraft, CompanyTagDraft, PartyDraft
from funds.drafts.place import Draft
from funds.kinds import ExitKind, ProjectState, ShareOrigin


@dataclass(frozen=True, kw_only=True)
class RoundDraft(Draft):
    code: str
    company: str
    name: str
    closed_on: date
    total_fen: int
    secondary_fen: int | None = None
    post_money_fen: int | None = None
    loan_fen: int | None = None


@dataclass(frozen=True, kw_only=True)
class RoundInvestorDraft(Draft):
    round: str
    investor: str
    amount_fen: int
    share_origin: ShareOrigin


@dataclass(frozen=True, kw_only=True)
class InvestmentDraft(MovementDraft):
    company: str
    paid_on: date
    round: str | None = None
    decided_on: date | None = None
    instrument: str | None = None
    stake_ppm: int | None = None
    buyback: str | None = None
    anti_dilution: str | None = None
    landing: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProjectStageDraft(Draft):
    """A project of a fund in a firm reached a state on a day; there need be no holding yet."""

    fund: str
    company: str
    stage: ProjectState
    reached_on: date
    decision_no: str | None = None
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class ExitDraft(MovementDraft):
    """Money back from a firm; a write-off has amount 0. A sale says its cost or the part of the holding sold."""

    company: str
    exited_on: date
    kind: ExitKind
    cost_out_fen: int | None = None
    transferred_ppm: int | None = None


@dataclass(frozen=True, kw_only=True)
class DealPackage:
    """A deal whole: the payment, and whatever of its firm, round and project the book does not hold yet."""

    investment: InvestmentDraft
    parties: tuple[PartyDraft, ...] = ()
    companies: tuple[CompanyDraft, ...] = ()
    tags: tuple[CompanyTagDraft, ...] = ()
    rounds: tuple[RoundDraft, ...] = ()
    investors: tuple[RoundInvestorDraft, ...] = ()
    stages: tuple[ProjectStageDraft, ...] = ()
