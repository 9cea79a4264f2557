"""What the book says of one firm besides the ledger: rounds and their investors, deals, marks, names and codes."""

from dataclasses import dataclass
from datetime import date

from funds.kinds import Confirmation, MarkMethod, ShareOrigin


@dataclass(frozen=True)
class RoundPaper:
    """A round as stated; `total_fen` holds `secondary_fen` (老股), the loan stands beside it."""

    id: int
    round_id: int
    code: str
    name: str
    closed_on: date
    total_fen: int
    secondary_fen: int | None
    post_money_fen: int | None
    loan_fen: int | None


@dataclass(frozen=True)
class RoundLine:
    """What one investor put into a round."""

    id: int
    round_id: int
    investor_id: int
    amount_fen: int
    origin: ShareOrigin


@dataclass(frozen=True)
class DealPaper:
    """What was agreed at one payment of a deal; `stake_ppm` is the part of the firm that this payment brought."""

    id: int
    entry_id: int
    holding_id: int
    round_id: int | None
    decided_on: date | None
    paid_on: date
    instrument: str | None
    stake_ppm: int | None


@dataclass(frozen=True)
class MarkPaper:
    """A mark of a whole holding with how it was made; one without an approver is 待复核."""

    id: int
    holding_id: int
    valued_on: date
    value_fen: int
    method: MarkMethod
    evidence: str | None
    is_approved: bool


@dataclass(frozen=True)
class NamePaper:
    """A name from a day on (None = ever since it is known), with the former names that were stated."""

    id: int
    name: str
    former_names: str | None
    credit_code: str | None
    from_date: date | None


@dataclass(frozen=True)
class RegisterPaper:
    """The newest facts of the register: the national industry code and the day the firm was set up."""

    id: int
    national_code: str | None
    established: date | None


@dataclass(frozen=True)
class NationalName:
    """A code of the national classification with its name; the longer the code, the finer."""

    code: str
    name: str
    edition: str


@dataclass(frozen=True)
class CrosswalkPaper:
    """A city industry that a national code, or one above it, speaks for; perhaps in part, perhaps unchecked."""

    id: int
    industry_id: int
    national_code: str
    is_partial: bool
    confirmation: Confirmation
    basis: str | None


@dataclass(frozen=True)
class TagPaper:
    """From when a tag holds and what it rests on."""

    id: int
    from_date: date
    basis: str | None


@dataclass(frozen=True)
class OwnerPaper:
    """A shareholder of the firm in the register of ownership."""

    id: int
    owner_id: int
    share_ppm: int
    from_date: date
    evidence: str | None


@dataclass(frozen=True)
class CompanyPapers:
    """All of it as of a day, as known at a version, and as far as it belongs to the funds that may be seen."""

    names: tuple[NamePaper, ...] = ()
    register: RegisterPaper | None = None
    national: tuple[NationalName, ...] = ()
    crosswalk: tuple[CrosswalkPaper, ...] = ()
    tags: tuple[TagPaper, ...] = ()
    owners: tuple[OwnerPaper, ...] = ()
    rounds: tuple[RoundPaper, ...] = ()
    lines: tuple[RoundLine, ...] = ()
    deals: tuple[DealPaper, ...] = ()
    marks: tuple[MarkPaper, ...] = ()


def no_papers(_company: int) -> CompanyPapers:
    """For a slice that was made of columns alone."""
    return CompanyPapers()
