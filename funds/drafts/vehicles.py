"""Drafts of funds, their parks and their terms."""

from dataclasses import dataclass
from datetime import date

from funds.drafts.place import Draft
from funds.kinds import FundClass, FundStatus, GovernmentLevel, ParkRelation, VehicleType


@dataclass(frozen=True, kw_only=True)
class FundDraft(Draft):
    code: str
    name: str
    vehicle_type: VehicleType
    established: date
    fund_class: FundClass | None = None
    legal_form: str | None = None
    level: GovernmentLevel | None = None
    manager: str | None = None
    custodian: str | None = None
    target_size_fen: int | None = None
    invest_end: date | None = None
    exit_end: date | None = None
    extension_end: date | None = None
    status: FundStatus | None = None
    filing_no: str | None = None
    fields: tuple[str, ...] = ()
    from_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class FundParkDraft(Draft):
    """`park` None is the whole city; no share given means all of it."""

    fund: str
    park: str | None
    relation: ParkRelation
    from_date: date
    share_ppm: int = 1_000_000
    to_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class FundTermDraft(Draft):
    """A number × 1e6 (`value_e6`) or `words`, one of the two."""

    fund: str
    term: str
    from_date: date
    value_e6: int | None = None
    words: str | None = None
    unit: str | None = None
    clause: str | None = None
