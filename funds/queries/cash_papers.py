"""What was asked of the investors of funds, what they paid towards it, and what they got back, line by line."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from funds.kinds import DistributionKind


@dataclass(frozen=True)
class NoticePaper:
    """What one call notice asks one investor for."""

    id: int
    notice_no: str
    fund_id: int
    investor_id: int
    amount_fen: int
    noticed_on: date
    due_on: date


@dataclass(frozen=True)
class ReceiptPaper:
    """Money paid in by one investor; `is_inside` counts towards the commitment, `notice_no` says what it answers."""

    id: int
    fund_id: int
    investor_id: int
    amount_fen: int
    received_on: date
    notice_no: str | None
    is_inside: bool


@dataclass(frozen=True)
class PayoutPaper:
    """What one investor got back, as a positive amount."""

    id: int
    fund_id: int
    investor_id: int
    amount_fen: int
    paid_on: date
    kind: DistributionKind
    is_recallable: bool
    is_in_kind: bool


@dataclass(frozen=True)
class CashPapers:
    """All of it for some funds, up to a day, as known at a version, each kind by rising day."""

    notices: tuple[NoticePaper, ...] = ()
    receipts: tuple[ReceiptPaper, ...] = ()
    payouts: tuple[PayoutPaper, ...] = ()


class OpenCash(Protocol):
    """Opens the papers of some funds, as far as they may be seen."""

    def __call__(self, funds: Collection[int], /) -> CashPapers:
        """The papers of those of the funds that may be seen."""

    def last_notices(self) -> Mapping[int, int] | None:
        """When the notices of each fund changed last; None where that is not known."""


class _NoCash:
    """For a slice that was made of columns alone."""

    def __call__(self, _funds: Collection[int]) -> CashPapers:
        return CashPapers()

    def last_notices(self) -> None:
        """There are none."""


no_cash: OpenCash = _NoCash()
