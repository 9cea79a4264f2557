"""Holdings: a fund's shares of a firm over time, what they are worth, and what came back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.sample.amounts import WHOLE
from dashboard.sample.payments import Payment
from dashboard.sample.prices import PricePath
from funds.kinds import ExitKind


@dataclass(frozen=True)
class Sale:
    """Money back from a holding, or its write-off; `part` is the millionths of what was held that went."""

    fund: str
    firm: str
    day: date
    kind: ExitKind
    amount: int
    part: int = 0
    cost_out: int | None = None
    is_in_kind: bool = False


@dataclass(frozen=True)
class Holding:
    """A fund's payments into one firm and what came of them."""

    fund: str
    firm: str
    payments: tuple[Payment, ...]
    path: PricePath
    sales: tuple[Sale, ...] = ()

    @property
    def first_day(self) -> date:
        """The day of the first payment."""
        return self.payments[0].paid_on

    def shares_on(self, day: date) -> float:
        """What is held at the end of a day; every sale comes after the last payment."""
        shares = sum(row.shares for row in self.payments if row.paid_on <= day)
        for sale in self.sales:
            if sale.day <= day:
                shares *= (WHOLE - sale.part) / WHOLE
        return shares

    def value_on(self, day: date) -> float:
        """What is held, in fen."""
        if any(sale.kind is ExitKind.WRITE_OFF and sale.day <= day for sale in self.sales):
            return 0.0
        return self.shares_on(day) * self.path.on(day)

    def cost_on(self, day: date) -> int:
        """What was paid and has not gone out."""
        cost = sum(row.amount for row in self.payments if row.paid_on <= day)
        for sale in self.sales:
            if sale.day <= day:
                cost -= sale.cost_out if sale.cost_out is not None else cost * sale.part // WHOLE
        return cost

    def is_open_on(self, day: date) -> bool:
        """Whether anything is left to value."""
        return self.first_day <= day and not any(
            sale.part == WHOLE and sale.day <= day for sale in self.sales
        )


def gather_holdings(payments: Sequence[Payment], paths: Mapping[str, PricePath]) -> list[Holding]:
    """Payments by fund and firm, without any sale yet."""
    found: dict[tuple[str, str], list[Payment]] = {}
    for payment in payments:
        found.setdefault((payment.fund, payment.firm), []).append(payment)
    return [Holding(fund, firm, tuple(rows), paths[firm]) for (fund, firm), rows in sorted(found.items())]


def holdings_of(holdings: Iterable[Holding], fund: str) -> list[Holding]:
    """The holdings of one fund."""
    return [row for row in holdings if row.fund == fund]
