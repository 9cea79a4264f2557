"""Dated facts as lookups: who is who, which park a fund serves, which industry leads where, whose money it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from funds.kinds import (
    FundClass,
    FundStatus,
    GovernmentLevel,
    IndustryCategory,
    Nature,
    ParkRelation,
    SegmentPosition,
    VehicleType,
)
from funds.queries.capital_facts import NOTHING_SAID, CapitalFacts
from funds.queries.chain_facts import NO_CHAINS, ChainFacts
from funds.queries.filed_figures import CompanyFigureFacts, ParkFigureFacts, PolicyRow
from funds.queries.project_facts import StageFacts


@dataclass(frozen=True)
class NamedThing:
    """A code with its name as of the day."""

    id: int
    code: str
    name: str


@dataclass(frozen=True)
class FundFacts(NamedThing):
    """A fund as of the day; `shares` are its 设立 parks (None = the city) in millionths."""

    party_id: int
    vehicle_type: VehicleType
    established: date
    manager_id: int | None
    target_size_fen: int | None
    fund_class: FundClass | None
    level: GovernmentLevel | None
    legal_form: str | None
    custodian_id: int | None
    invest_end: date | None
    exit_end: date | None
    extension_end: date | None
    status: FundStatus | None
    filing_no: str | None
    fields: frozenset[int] = frozenset()
    shares: Mapping[int | None, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ParkFacts(NamedThing):
    """A park as of the day."""

    level: str | None
    district: str | None


@dataclass(frozen=True)
class ParkLink:
    """How a fund belongs to a park (None = the city) on the day: set up there, paid by it, or located in it."""

    id: int
    fund_id: int
    park_id: int | None
    relation: ParkRelation
    share_ppm: int
    from_date: date


@dataclass(frozen=True)
class Term:
    """A term of a fund's contract in force on the day: a number × 1e6 with its unit, or words."""

    id: int
    name: str
    value_e6: int | None
    words: str | None
    unit: str | None
    from_date: date
    clause: str | None


@dataclass(frozen=True)
class CompanyFacts(NamedThing):
    """A firm of the register as of the day."""

    party_id: int
    park_id: int | None
    produces_in: str | None
    ownership: str | None
    size_tags: tuple[str, ...]


@dataclass(frozen=True)
class SegmentFacts(NamedThing):
    """A link of an industry's chain."""

    industry_id: int
    position: SegmentPosition | None


@dataclass(frozen=True)
class IndexFacts:
    """A benchmark index; one that is no total return leaves dividends out (价格指数)."""

    code: str
    is_total_return: bool


@dataclass(frozen=True)
class IndustryFacts(NamedThing):
    """An industry as of the day; `parent_id` leads up the tree."""

    parent_id: int | None
    category: IndustryCategory


@dataclass(frozen=True)
class LeadingIndustry:
    """An industry that leads in a park from one day to the day before another."""

    id: int
    park_id: int
    industry_id: int
    rank: int
    from_date: date
    to_date: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it leads on a day; `to_date` is the first day on which it no longer does."""
        return self.from_date <= day and (self.to_date is None or day < self.to_date)


@dataclass(frozen=True)
class NatureFacts:
    """The confirmed nature of a party's money as of the day."""

    id: int
    nature: Nature
    level: GovernmentLevel | None
    is_fiscal_injection: bool
    sub_type: str | None


@dataclass(frozen=True)
class Tag:
    """A firm's weighted industry as of the day."""

    id: int
    industry_id: int
    weight_ppm: int
    is_primary: bool
    segment_id: int | None


@dataclass(frozen=True)
class PolicyFacts:
    """A policy row in force: its number × 1e6 (None where it is words), its unit, and the paper it comes from."""

    id: int
    name: str
    value_e6: int | None
    unit: str | None
    document: str


@dataclass(frozen=True)
class Facts:
    """Everything dated that figures look up, as of one day and as known at one version."""

    as_of: date
    parties: Mapping[int, NamedThing]
    funds: Mapping[int, FundFacts]
    parks: Mapping[int, ParkFacts]
    industries: Mapping[int, IndustryFacts]
    leading: tuple[LeadingIndustry, ...]
    natures: Mapping[int, NatureFacts]
    companies: Mapping[int, CompanyFacts]
    segments: Mapping[int, SegmentFacts]
    tags: Mapping[int, tuple[Tag, ...]]
    definitions: Mapping[str, int]
    policies: Mapping[str, PolicyFacts]
    park_links: tuple[ParkLink, ...]
    terms: Mapping[int, tuple[Term, ...]]
    indexes: Mapping[int, IndexFacts]
    park_figures: tuple[ParkFigureFacts, ...] = ()
    company_figures: Mapping[int, tuple[CompanyFigureFacts, ...]] = field(default_factory=dict)
    policy_rows: tuple[PolicyRow, ...] = ()
    capital: CapitalFacts = NOTHING_SAID
    chains: ChainFacts = NO_CHAINS
    stages: tuple[StageFacts, ...] = ()

    def fund_of_party(self) -> dict[int, int]:
        """Fund ids by the party that each fund is."""
        return {fund.party_id: fund.id for fund in self.funds.values()}

    def with_ancestors(self, industry_id: int) -> frozenset[int]:
        """An industry and all above it in the tree."""
        known = self._ancestors.get(industry_id)
        if known is None:
            known = self._ancestors[industry_id] = frozenset(self._climb(industry_id))
        return known

    def leading_on(self, park_id: int | None, day: date) -> frozenset[int]:
        """Industries that lead in a park on a day; for the city its key and frontier industries."""
        if park_id is None:
            return self._listed
        known = self._led.get((park_id, day))
        if known is None:
            rows = (row for row in self.leading if row.park_id == park_id and row.holds_on(day))
            known = self._led[park_id, day] = frozenset(row.industry_id for row in rows)
        return known

    def _climb(self, industry_id: int) -> set[int]:
        found: set[int] = set()
        current: int | None = industry_id
        while current is not None and current not in found:
            found.add(current)
            current = self.industries[current].parent_id if current in self.industries else None
        return found

    @cached_property
    def _listed(self) -> frozenset[int]:
        wanted = (IndustryCategory.KEY, IndustryCategory.FRONTIER)
        return frozenset(one.id for one in self.industries.values() if one.category in wanted)

    # Looked up thousands of times for a page; they hold no more than industries, and parks by days of deals.
    @cached_property
    def _ancestors(self) -> dict[int, frozenset[int]]:
        return {}

    @cached_property
    def _led(self) -> dict[tuple[int, date], frozenset[int]]:
        return {}
