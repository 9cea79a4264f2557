"""Drafts of institutions, firms, the nature of their money, and who owns them."""

from dataclasses import dataclass
from datetime import date

from funds.drafts.place import Draft
from funds.kinds import GovernmentLevel, Nature


@dataclass(frozen=True, kw_only=True)
class PartyDraft(Draft):
    code: str
    name: str
    credit_code: str | None = None
    former_names: str | None = None
    kind: str | None = None
    manager_registration: str | None = None
    registered_in: str | None = None
    from_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class CompanyDraft(Draft):
    code: str
    name: str
    credit_code: str | None = None
    national_code: str | None = None
    park: str | None = None
    produces_in: str | None = None
    ownership: str | None = None
    size_tags: str | None = None
    established: date | None = None
    from_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class NatureDraft(Draft):
    party: str
    nature: Nature
    from_date: date
    level: GovernmentLevel | None = None
    sub_type: str | None = None
    is_fiscal_injection: bool = False
    evidence: str | None = None


@dataclass(frozen=True, kw_only=True)
class OwnershipDraft(Draft):
    owner: str
    owned: str
    share_ppm: int
    from_date: date
    to_date: date | None = None
    evidence: str | None = None


@dataclass(frozen=True, kw_only=True)
class CompanyTagDraft(Draft):
    company: str
    industry: str
    weight_ppm: int
    from_date: date
    segment: str | None = None
    is_primary: bool = False
    basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class CompanyFigureDraft(Draft):
    company: str
    indicator: str
    period: str
    value_e6: int
    unit: str | None = None
    source: str | None = None
