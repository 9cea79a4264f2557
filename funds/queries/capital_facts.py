"""Whose money it is and what was said of it: natures over time, owners, rounds, claims, recognised 返投, the press."""

from dataclasses import dataclass
from datetime import date

from funds.kinds import Basis, GovernmentLevel, Nature, ShareOrigin


@dataclass(frozen=True)
class NatureRow:
    """One statement of the nature of a party's money, in force or not, with its evidence and who stands for it.

    `is_current` is False for a row that a later one corrected; without `confirmed_by` it counts as 待定.
    """

    id: int
    party_id: int
    nature: Nature
    level: GovernmentLevel | None
    sub_type: str | None
    is_fiscal_injection: bool
    from_date: date
    evidence: str | None
    confirmed_by: str | None
    stated_by: str
    revision: int
    is_current: bool


@dataclass(frozen=True)
class OwnershipFacts:
    """`owner` holds `share_ppm` millionths of `owned` on the day."""

    id: int
    owner_id: int
    owned_id: int
    share_ppm: int
    evidence: str | None


@dataclass(frozen=True)
class RoundPart:
    """What one investor put into a round; old shares bring the firm no money."""

    id: int
    investor_id: int
    amount: int
    origin: ShareOrigin


@dataclass(frozen=True)
class RoundFacts:
    """A round that closed by the day, in fen, with all its investors."""

    id: int
    code: str
    company_id: int
    name: str
    closed_on: date
    total: int
    secondary: int | None
    post_money: int | None
    loan: int | None
    parts: tuple[RoundPart, ...]


@dataclass(frozen=True)
class ClaimFacts:
    """What a manager filed as leverage for a quarter that has ended, × 1e6, with the social money where stated."""

    id: int
    fund_id: int
    quarter: str
    quarter_end: date
    definition: str
    basis: Basis
    value_e6: int
    social: int | None


@dataclass(frozen=True)
class LocalInvestmentFacts:
    """An amount recognised as local investment by the day, in fen."""

    id: int
    fund_id: int
    company_id: int
    amount: int
    recognised_on: date
    basis: str | None


@dataclass(frozen=True)
class ReportedFacts:
    """A figure that stands only in a publication, × 1e6."""

    id: int
    subject: str
    statement: str
    value_e6: int
    stated_on: date
    source: str


@dataclass(frozen=True)
class CapitalFacts:
    """All of them as of one day and as known at one version; `natures` by party, oldest first.

    `cancelled` are the changes of commitments that took back what was promised (减资, 撤销), by row.
    """

    natures: dict[int, tuple[NatureRow, ...]]
    ownership: tuple[OwnershipFacts, ...]
    rounds: dict[int, RoundFacts]
    claims: tuple[ClaimFacts, ...]
    local_investments: tuple[LocalInvestmentFacts, ...]
    reported: tuple[ReportedFacts, ...]
    cancelled: frozenset[int]


NOTHING_SAID = CapitalFacts({}, (), {}, (), (), (), frozenset())
