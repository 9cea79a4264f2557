"""What a fund is worth by its own rows at a quarter's end, to the fen: marks, stakes, cash and filed balances.

It says the same as the derived value that the pages show, from the rows alone, so that a lock can rest on it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

import numpy as np

from funds.kinds import BalanceItem, EntryKind, ExitKind
from funds.queries.columns import BALANCE_ITEMS, ENTRY_KINDS, NOBODY
from funds.queries.costs import Course, Payment, Return, Valuation, follow_holding
from funds.queries.loading_columns import Ledger

SIGNS: Mapping[BalanceItem, int] = {
    BalanceItem.OTHER_RECEIVABLE: 1,
    BalanceItem.ACCRUED_MANAGEMENT_FEE: -1,
    BalanceItem.ACCRUED_CARRY: -1,
    BalanceItem.OTHER_PAYABLE: -1,
}
ITEMS = {number: item for item, number in BALANCE_ITEMS.items()}
EXITS = tuple(ExitKind)
PAID_IN, DISTRIBUTION, STAKE_PAYMENT, INVESTMENT = (
    ENTRY_KINDS[kind]
    for kind in (EntryKind.PAID_IN, EntryKind.DISTRIBUTION, EntryKind.STAKE_PAYMENT, EntryKind.INVESTMENT)
)
Account = tuple[int, int]  # a fund and an investor (NOBODY = the fund as a whole)


class QuarterValues:
    """Values of funds over a ledger that ends with the quarter; `party_of` says which party a fund is."""

    def __init__(self, ledger: Ledger, party_of: Mapping[int, int]) -> None:
        self.ledger = ledger
        self.party_of = party_of
        self.fund_of = {party: fund for fund, party in party_of.items()}
        self._open: set[int] = set()

    def derived(self, fund: int) -> int:
        """What the fund holds: firms, stakes in funds, cash and balances."""
        self._open.add(fund)
        value = self.cash.get(fund, 0) + sum(course.value for _, course in self.holdings.get(fund, ()))
        value += sum(self.stake(fund, child) for child in sorted(self.children.get(fund, ())))
        value += sum(SIGNS[item] * amount for item, amount in self.balances.get(fund, {}).items())
        self._open.discard(fund)
        return value

    def stake(self, mother: int, child: int) -> int:
        """What a mother's stake is worth: her account where one is filed, else her part of the money paid in."""
        party = self.party_of[mother]
        account = self._account(child, party)
        if account is not None:
            return account
        if child in self._open:
            return 0
        paid = [(who, amount) for _, who, amount, is_call in self.flows.get(child, ()) if is_call]
        total = sum(amount for _, amount in paid)
        own = sum(amount for who, amount in paid if who == party)
        reported = self._account(child, NOBODY)
        value = self.derived(child) if reported is None else reported
        return (2 * value * own + total) // (2 * total) if total else 0

    @cached_property
    def cash(self) -> Mapping[int, int]:
        """What the ledger says lies in each fund's account."""
        entries = self.ledger.entries
        funds, places = np.unique(entries.fund, return_inverse=True)
        sums = np.zeros(len(funds), dtype=np.int64)
        np.add.at(sums, places, entries.amount)
        return dict(zip(funds.tolist(), sums.tolist(), strict=True))

    def moved(self, first: date) -> dict[tuple[int, int], tuple[int, int]]:
        """Called and distributed from a day on, by child and mother, from the children's lines."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for kind, child, day, who, amount, _ in self._lines(PAID_IN, DISTRIBUTION):
            if day < first.toordinal() or who not in self.fund_of:
                continue
            called, given = found.get((child, self.fund_of[who]), (0, 0))
            called, given = (called + amount, given) if kind == PAID_IN else (called, given - amount)
            found[child, self.fund_of[who]] = called, given
        return found

    @cached_property
    def flows(self) -> Mapping[int, list[tuple[int, int, int, bool]]]:
        """Day, investor, amount and whether it is a call, of every line between a fund and an investor."""
        found: dict[int, list[tuple[int, int, int, bool]]] = defaultdict(list)
        for kind, fund, day, who, amount, _ in self._lines(PAID_IN, DISTRIBUTION):
            found[fund].append((day, who, amount, kind == PAID_IN))
        return found

    @cached_property
    def children(self) -> Mapping[int, set[int]]:
        """The funds of the book that each fund has paid into."""
        found: dict[int, set[int]] = defaultdict(set)
        for _, fund, _, who, _, _ in self._lines(STAKE_PAYMENT):
            if who in self.fund_of:
                found[fund].add(self.fund_of[who])
        return found

    @cached_property
    def balances(self) -> Mapping[int, dict[BalanceItem, int]]:
        """The last filed balance of each item that counts, by fund."""
        rows, found = self.ledger.balances, defaultdict[int, dict[BalanceItem, int]](dict)
        for fund, item, amount in zip(
            rows.fund.tolist(), rows.item.tolist(), rows.amount.tolist(), strict=True
        ):
            if ITEMS[item] in SIGNS:
                found[fund][ITEMS[item]] = amount
        return found

    @cached_property
    def holdings(self) -> Mapping[int, list[tuple[int, Course]]]:
        """The holdings of each fund that were ever paid for, each with its course."""
        payments: dict[int, list[Payment]] = defaultdict(list)
        for _, _, day, _, amount, holding in self._lines(INVESTMENT):
            payments[holding].append(Payment(day, -amount))
        returns, marks = self._returns(), self._marks()
        rows, found = self.ledger.holdings, defaultdict[int, list[tuple[int, Course]]](list)
        for holding, fund in zip(rows.id.tolist(), rows.fund.tolist(), strict=True):
            if holding in payments:
                course = follow_holding(payments[holding], returns.get(holding, ()), marks.get(holding))
                found[fund].append((holding, course))
        return found

    @cached_property
    def _accounts(self) -> Mapping[Account, tuple[int, int]]:
        """Day and value of the last approved report of each fund and investor."""
        rows = self.ledger.navs
        columns = (rows.fund, rows.investor, rows.day, rows.value)
        return {
            (fund, who): (day, value)
            for fund, who, day, value in zip(*(column.tolist() for column in columns), strict=True)
        }

    def _account(self, fund: int, investor: int) -> int | None:
        """A reported value brought forward by calls and distributions after its day."""
        if (fund, investor) not in self._accounts:
            return None
        last, value = self._accounts[fund, investor]
        return value + sum(
            amount
            for day, who, amount, _ in self.flows.get(fund, ())
            if day > last and investor in (NOBODY, who)
        )

    def _lines(self, *kinds: int) -> Iterator[tuple[int, int, int, int, int, int]]:
        rows = self.ledger.entries.where("kind", kinds)
        columns = (rows.kind, rows.fund, rows.day, rows.counterparty, rows.amount, rows.holding)
        yield from zip(*(column.tolist() for column in columns), strict=True)

    def _returns(self) -> Mapping[int, list[Return]]:
        rows, found = self.ledger.exits, defaultdict[int, list[Return]](list)
        columns = (rows.holding, rows.day, rows.kind, rows.amount, rows.cost_out, rows.transferred)
        for holding, day, kind, amount, cost, part in zip(*(one.tolist() for one in columns), strict=True):
            found[holding].append(Return(day, EXITS[kind], amount, _given(cost), _given(part)))
        return found

    def _marks(self) -> Mapping[int, Valuation]:
        rows = self.ledger.marks
        columns = (rows.holding, rows.day, rows.value)
        return {
            holding: Valuation(day, value)
            for holding, day, value in zip(*(one.tolist() for one in columns), strict=True)
        }


def _given(value: int) -> int | None:
    return None if value == NOBODY else value
