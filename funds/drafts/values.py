"""Drafts of marks, net asset values, balances, claims, local investment, index levels and published figures."""

from dataclasses import dataclass
from datetime import date

from funds.drafts.place import Draft
from funds.kinds import BalanceItem, Basis, MarkMethod, NavSource


@dataclass(frozen=True, kw_only=True)
class BalanceDraft(Draft):
    fund: str
    filed_on: date
    item: BalanceItem
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class MarkDraft(Draft):
    fund: str
    company: str
    valued_on: date
    fair_value_fen: int
    method: MarkMethod
    evidence: str | None = None


@dataclass(frozen=True, kw_only=True)
class NavDraft(Draft):
    fund: str
    valued_on: date
    nav_fen: int
    investor: str | None = None
    source: NavSource | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimDraft(Draft):
    """`quarter` is `2025-Q4`."""

    fund: str
    quarter: str
    definition: str
    basis: Basis
    value_e6: int
    social_fen: int | None = None


@dataclass(frozen=True, kw_only=True)
class LocalInvestmentDraft(Draft):
    fund: str
    company: str
    amount_fen: int
    recognised_on: date
    basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class IndexLevelDraft(Draft):
    index_code: str
    quoted_on: date
    level_e6: int
    is_total_return: bool = False


@dataclass(frozen=True, kw_only=True)
class ReportedFigureDraft(Draft):
    subject: str
    statement: str
    value_e6: int
    stated_on: date
    source: str
