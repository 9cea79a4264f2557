"""What happened to one fund's money, as plain records from which drafts are written."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from dashboard.sample.charges import Charge
from dashboard.sample.plan import FundPlan
from funds.kinds import CommitmentChange, DistributionKind


@dataclass(frozen=True)
class Change:
    """A change of a commitment, as a positive amount."""

    kind: CommitmentChange
    investor: str
    day: date
    amount: int
    to: str | None = None
    basis: str | None = None


@dataclass(frozen=True)
class Notice:
    """What one investor was asked to pay."""

    number: str
    investor: str
    amount: int
    noticed_on: date
    due_on: date


@dataclass(frozen=True)
class Receipt:
    """What one investor paid in; money outside the commitment answers no notice."""

    investor: str
    day: date
    amount: int
    notice: str | None

    @property
    def is_inside(self) -> bool:
        """Whether it counts towards the commitment."""
        return self.notice is not None


@dataclass(frozen=True)
class Payout:
    """What one investor was given."""

    investor: str
    day: date
    amount: int
    kind: DistributionKind
    is_recallable: bool = False
    is_in_kind: bool = False


@dataclass
class History:
    """All of it for one fund; `cash` holds each day's signed movements."""

    fund: FundPlan
    changes: list[Change] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    payouts: list[Payout] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    cash: list[tuple[date, int]] = field(default_factory=list)

    def balance(self) -> "Balance":
        """The account's balance by day."""
        return Balance(sorted(self.cash))

    def receipts_of(self, investor: str) -> list[Receipt]:
        """What one investor paid in."""
        return [row for row in self.receipts if row.investor == investor]

    def payouts_of(self, investor: str) -> list[Payout]:
        """What one investor was given."""
        return [row for row in self.payouts if row.investor == investor]


class Balance:
    """Balances at the end of days, found quickly."""

    def __init__(self, movements: list[tuple[date, int]]) -> None:
        self._days = [day for day, _ in movements]
        self._sums = list(accumulate((amount for _, amount in movements), initial=0))

    def on(self, day: date) -> int:
        """What lies in the account at the end of a day."""
        return self._sums[bisect_right(self._days, day)]

    def between(self, after: date, until: date) -> int:
        """What moves after one day up to another."""
        return self.on(until) - self.on(after)
