"""The NAV bridge of each fund: from the last year's end to the as-of date, to the fen or by how much it fails.

A derived value ties by construction: every line of the ledger and every change of a mark, a cost, a stake
or a filed balance feeds exactly one step. Between two reported values the steps are still those of the
ledger and the marks, and what they leave unexplained is the difference.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import numpy as np

from dashboard.readings.returns.earlier_ledgers import slice_own_until
from dashboard.readings.returns.fund_returns import compare_values
from dashboard.readings.returns.net_assets import NetAssetValues
from funds.kinds import BalanceItem, EntryKind, ExitKind, FeeKind
from funds.queries.columns import EXIT_KINDS, FEE_KINDS
from funds.queries.ledger_slice import LedgerSlice
from valuation import Movements, nav_bridge

Measure = Callable[[NetAssetValues, int], int]
YIELDS = [EXIT_KINDS[ExitKind.DIVIDEND], EXIT_KINDS[ExitKind.INTEREST]]


def nav_bridge_rows(slice_: LedgerSlice, values: NetAssetValues) -> Iterator[Mapping[str, object]]:
    """One row for each fund, as a whole, by code."""
    opening = date(slice_.as_of.year - 1, 12, 31)
    before = NetAssetValues.of_slice(slice_own_until(slice_, opening))
    for fund in slice_.member_funds:
        first, last = before.of(fund.id), values.of(fund.id)
        bridge = nav_bridge(first.value, _Year(before, values, opening, fund.id).movements(), last.value)
        yield {
            "table": "nav_bridge",
            "fund": fund.code,
            "name": fund.name,
            "from": opening.isoformat(),
            "to": slice_.as_of.isoformat(),
            "opening": bridge.opening,
            "opening_source": first.source,
            **dict(bridge.steps),
            "expected": bridge.expected,
            "closing": bridge.closing,
            "closing_source": last.source,
            "difference": bridge.difference,
            "ties": bridge.ties,
            **compare_values(values, fund),
        }


def measure_steps(before: NetAssetValues, after: NetAssetValues, opening: date, fund: int) -> Movements:
    """What moved one fund's derived value between the day of `before`, which is the opening, and that of `after`."""
    return _Year(before, after, opening, fund).movements()


class _Year:
    """What moved one fund's derived value between two days."""

    def __init__(self, before: NetAssetValues, after: NetAssetValues, opening: date, fund: int) -> None:
        self.before = before
        self.after = after
        self.opening = opening.toordinal()
        self.fund = fund
        lines = after.lines(fund)
        self.lines = lines.take(lines.day > self.opening)

    def movements(self) -> Movements:
        """The steps; gains as the holdings and stakes made them, costs as they were paid or came due."""
        bought, sold = -self._sum(EntryKind.INVESTMENT), self._sum(EntryKind.PROCEEDS)
        cost, held = self._grown(NetAssetValues.cost), self._grown(NetAssetValues.held)
        cost_out, yielded = bought - cost, self._yielded()
        stakes = self._grown(NetAssetValues.stakes) + self._sum(
            EntryKind.STAKE_PAYMENT, EntryKind.STAKE_RECEIPT
        )
        return Movements(
            calls=self._sum(EntryKind.PAID_IN),
            distributions=-self._sum(EntryKind.DISTRIBUTION),
            realised=sold - yielded - cost_out,
            unrealised=held - cost + stakes,
            income=yielded + self._sum(EntryKind.OTHER_INCOME) + self._due(BalanceItem.OTHER_RECEIVABLE),
            fees=self._paid(is_carry=False)
            + self._due(BalanceItem.ACCRUED_MANAGEMENT_FEE)
            + self._due(BalanceItem.OTHER_PAYABLE),
            carry=self._paid(is_carry=True) + self._due(BalanceItem.ACCRUED_CARRY),
        )

    def _sum(self, *kinds: EntryKind) -> int:
        return int(self.lines.of_kind(*kinds).amount.sum())

    def _paid(self, *, is_carry: bool) -> int:
        fees = self.lines.of_kind(EntryKind.FEE)
        chosen = (fees.fee == FEE_KINDS[FeeKind.CARRY]) == is_carry
        return -int(fees.amount[chosen].sum())

    def _due(self, item: BalanceItem) -> int:
        now, then = self.after.balances(self.fund), self.before.balances(self.fund)
        return now.get(item, 0) - then.get(item, 0)

    def _grown(self, measure: Measure) -> int:
        return measure(self.after, self.fund) - measure(self.before, self.fund)

    def _yielded(self) -> int:
        """Dividends and interest from holdings, which take nothing out of them."""
        ledger = self.after.slice.ledger
        own = ledger.holdings.id[ledger.holdings.fund == self.fund]
        exits = ledger.exits.take(np.isin(ledger.exits.holding, own) & np.isin(ledger.exits.kind, YIELDS))
        return int(exits.amount[exits.day > self.opening].sum())
