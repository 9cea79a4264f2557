"""How many lines of ledger a city makes, and how its payments are cut into more of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dashboard.sample.history import History
from dashboard.sample.holdings import Holding
from dashboard.sample.plan import CityPlan
from funds.kinds import ExitKind, FeeKind

MOST_INSTALMENTS = 12


@dataclass(frozen=True)
class Lines:
    """Lines of ledger by where they come from; money between two funds stands in both."""

    receipts: int
    payouts: int
    expenses: int
    others: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.receipts + self.payouts + self.expenses + self.others


def count_lines(histories: Iterable[History], holdings: Sequence[Holding]) -> Lines:
    """What the book's ledger will hold."""
    told = list(histories)
    funds = {history.fund.code for history in told}
    charges = [row.kind for history in told for row in history.charges]
    expenses = charges.count(FeeKind.PARTNERSHIP)
    sales = [sale for holding in holdings for sale in holding.sales]
    return Lines(
        receipts=sum(1 + (row.investor in funds) for history in told for row in history.receipts),
        payouts=sum(1 + (row.investor in funds) for history in told for row in history.payouts),
        expenses=expenses,
        others=len(charges)
        - expenses
        + sum(len(holding.payments) for holding in holdings)
        + sum(sale.kind is not ExitKind.WRITE_OFF for sale in sales),
    )


def cut_payments(plan: CityPlan, now: Lines, wanted: int) -> CityPlan:
    """The same city with calls paid in instalments and expenses in invoices, until there are lines enough."""
    lacking = wanted - now.total
    if lacking <= 0:
        return plan
    instalments = min(1 + lacking // (2 * now.receipts), MOST_INSTALMENTS)
    left = max(lacking - (instalments - 1) * now.receipts, 0)
    invoices = 1 + -(-left // now.expenses)
    funds = tuple(replace(fund, instalments=instalments, invoices=invoices) for fund in plan.funds)
    return replace(plan, funds=funds)
