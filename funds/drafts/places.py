"""Drafts of industries, parks, chains and their figures."""

from dataclasses import dataclass
from datetime import date

from funds.drafts.place import Draft
from funds.kinds import IndustryCategory, SegmentPosition


@dataclass(frozen=True, kw_only=True)
class IndustryDraft(Draft):
    code: str
    name: str
    parent: str | None = None
    category: IndustryCategory = IndustryCategory.OTHER
    national_codes: tuple[str, ...] = ()
    aliases: str | None = None
    from_date: date | None = None
    to_date: date | None = None
    basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class ParkDraft(Draft):
    code: str
    name: str
    level: str | None = None
    district: str | None = None
    from_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class ParkIndustryDraft(Draft):
    park: str
    industry: str
    rank: int
    from_date: date
    to_date: date | None = None
    basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class SegmentDraft(Draft):
    industry: str
    code: str
    name: str
    parent: str | None = None
    position: SegmentPosition | None = None


@dataclass(frozen=True, kw_only=True)
class SegmentEdgeDraft(Draft):
    """What leaves `source` goes into `target`; without a `target_industry` both are links of one chain."""

    industry: str
    source: str
    target: str
    target_industry: str | None = None
    basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class ParkFigureDraft(Draft):
    """`park` None is the whole city; `value_e6` is the value × 1e6."""

    park: str | None
    indicator: str
    period: str
    value_e6: int
    unit: str | None = None
    source: str | None = None
    owner: str | None = None
    evidence: str | None = None
