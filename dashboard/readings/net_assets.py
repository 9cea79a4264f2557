"""The net asset value of funds: reported where an approved report exists, else derived from what they hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from dashboard.readings.holdings import HeldFirm, held_firms
from funds.kinds import BalanceItem, EntryKind
from funds.queries.columns import BALANCE_ITEMS, NOBODY, EntryColumns
from funds.queries.ledger_slice import LedgerSlice

ADDED = frozenset({BALANCE_ITEMS[BalanceItem.OTHER_RECEIVABLE]})
TAKEN_OFF = frozenset(
    BALANCE_ITEMS[item]
    for item in (BalanceItem.ACCRUED_MANAGEMENT_FEE, BalanceItem.ACCRUED_CARRY, BalanceItem.OTHER_PAYABLE)
)
INVESTOR_FLOWS = (EntryKind.PAID_IN, EntryKind.DISTRIBUTION)


@dataclass(frozen=True)
class NetAssets:
    """A fund's value in fen, whether reported or derived, the derived one beside it, and the rows behind it."""

    value: int
    source: Literal["reported", "derived"]
    derived: int
    rows: tuple[str, ...]


class NetAssetValues:
    """Values of funds, worked out once each; whole funds, not cut to a scope."""

    def __init__(self, slice_: LedgerSlice) -> None:
        self.slice = slice_
        self.entries = slice_.ledger.entries
        self._done: dict[int, NetAssets] = {}
        self._open: set[int] = set()

    def of(self, fund: int) -> NetAssets:
        """A fund's NAV: the last approved report + calls − distributions after it, else the derived one."""
        if fund not in self._done:
            self._open.add(fund)
            derived, rows = self._derive(fund)
            self._open.discard(fund)
            reported = self._reported(fund)
            if reported is None:
                self._done[fund] = NetAssets(derived, "derived", derived, rows)
            else:
                self._done[fund] = NetAssets(reported[0], "reported", derived, reported[1])
        return self._done[fund]

    def stake(self, mother: int, child: int) -> int:
        """What a mother's stake in a child is worth: its capital account if one was filed, else its share.

        The share is its part of the money paid in. A child that holds its own mother (a loop) is taken
        at nothing on the way back, so that no yuan is counted twice.
        """
        party = self.slice.facts.funds[mother].party_id
        account = self._last_nav(child, party)
        if account is not None:
            return self._rolled(child, account, party)[0]
        if child in self._open or child not in self.slice.facts.funds:
            return 0
        paid = self._lines(child, EntryKind.PAID_IN)
        total = int(paid.amount.sum())
        own = int(paid.amount[paid.counterparty == party].sum())
        value = self.of(child).value
        return (2 * value * own + total) // (2 * total) if total else 0

    def children(self, mother: int) -> list[int]:
        """The funds of the book that a fund has paid into."""
        paid = self._lines(mother, EntryKind.STAKE_PAYMENT)
        found = {self.slice.fund_of_party.get(party) for party in paid.counterparty.tolist()}
        return sorted(fund for fund in found if fund is not None)

    def cash(self, fund: int) -> int:
        """What the ledger says lies in the fund's account."""
        return int(self.entries.amount[self.entries.fund == fund].sum())

    @cached_property
    def firms(self) -> Mapping[int, list[HeldFirm]]:
        """Holdings by fund."""
        found: dict[int, list[HeldFirm]] = {}
        for firm in held_firms(self.slice.whole()):
            found.setdefault(firm.fund, []).append(firm)
        return found

    def _derive(self, fund: int) -> tuple[int, tuple[str, ...]]:
        firms = self.firms.get(fund, [])
        balances, balance_rows = self._balances(fund)
        stakes = sum(self.stake(fund, child) for child in self.children(fund))
        value = sum(firm.course.value for firm in firms) + stakes + self.cash(fund) + balances
        lines = self.entries.take(self.entries.fund == fund)
        rows = {f"entry:{row}" for row in lines.id.tolist()} | {n for firm in firms for n in firm.row_names()}
        return value, tuple(sorted(rows | set(balance_rows)))

    def _balances(self, fund: int) -> tuple[int, list[str]]:
        balances = self.slice.ledger.balances
        mine = balances.take(balances.fund == fund)
        last: dict[int, tuple[int, int]] = {}
        for item, amount, row in zip(mine.item.tolist(), mine.amount.tolist(), mine.id.tolist(), strict=True):
            last[item] = (amount, row)
        total = sum(amount for item, (amount, _) in last.items() if item in ADDED)
        total -= sum(amount for item, (amount, _) in last.items() if item in TAKEN_OFF)
        return total, [f"balance:{row}" for item, (_, row) in last.items() if item in ADDED | TAKEN_OFF]

    def _reported(self, fund: int) -> tuple[int, tuple[str, ...]] | None:
        last = self._last_nav(fund, NOBODY)
        return None if last is None else self._rolled(fund, last, None)

    def _last_nav(self, fund: int, investor: int) -> tuple[int, int, int] | None:
        navs = self.slice.ledger.navs
        found = np.flatnonzero((navs.fund == fund) & (navs.investor == investor))
        if not len(found):
            return None
        last = int(found[-1])
        return int(navs.day[last]), int(navs.value[last]), int(navs.id[last])

    def _rolled(
        self, fund: int, report: tuple[int, int, int], investor: int | None
    ) -> tuple[int, tuple[str, ...]]:
        """A reported value brought forward by calls and distributions after its day."""
        day, value, row = report
        flows = self._lines(fund, *INVESTOR_FLOWS)
        after = flows.take(flows.day > day)
        if investor is not None:
            after = after.take(after.counterparty == investor)
        rows = (f"fund_nav:{row}", *(f"entry:{entry}" for entry in after.id.tolist()))
        return value + int(after.amount.sum()), tuple(sorted(rows))

    def _lines(self, fund: int, *kinds: EntryKind) -> EntryColumns:
        chosen = self.entries.of_kind(*kinds)
        return chosen.take(chosen.fund == fund)
