"""What a fund is worth by its own rows at a quarter's end, to the fen: marks, stakes, cash and filed balances.

It says the same as the derived value that the pages show, from the rows alone, so that a lock can rest on it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from funds.kinds import BalanceItem, EntryKind, ExitKind
from funds.queries.columns import BALANCE_ITEMS, ENTRY_KINDS, NOBODY, EntryColumns, Flag, Int
from funds.queries.costs import Course, Payment, Return, Valuation, follow_holding
from funds.queries.loading_columns import Ledger
from funds.queries.memory.small_numbers import Spread

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


@dataclass(frozen=True)
class Flows:
    """The lines between one fund and its investors: amounts in fen, and whether each is a call."""

    day: Int
    who: Int
    amount: Int
    is_call: Flag


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
        flows = self.flows.get(child)
        if flows is None:
            return 0
        total = int(flows.amount[flows.is_call].sum())
        own = int(flows.amount[flows.is_call & (flows.who == party)].sum())
        reported = self._account(child, NOBODY)
        value = self.derived(child) if reported is None else reported
        return (2 * value * own + total) // (2 * total) if total else 0

    @cached_property
    def cash(self) -> Mapping[int, int]:
        """What the ledger says lies in each fund's account."""
        entries = self.ledger.entries
        if not len(entries):
            return {}
        funds = Spread.of_column(entries.source(), "fund")
        sums = np.zeros(funds.size, dtype=np.int64)
        np.add.at(sums, funds.codes, entries.amount)
        found = np.flatnonzero(np.bincount(funds.codes))
        return dict(zip(funds.read(found).tolist(), sums[found].tolist(), strict=True))

    def moved(self, first: date) -> dict[tuple[int, int], tuple[int, int]]:
        """Called and distributed from a day on, by child and mother, from the children's lines."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        lines = self._investor_lines
        lines = lines.take(lines.day >= first.toordinal())
        for kind, child, _, who, amount, _ in _rows_of(lines):
            if who not in self.fund_of:
                continue
            called, given = found.get((child, self.fund_of[who]), (0, 0))
            called, given = (called + amount, given) if kind == PAID_IN else (called, given - amount)
            found[child, self.fund_of[who]] = called, given
        return found

    @cached_property
    def flows(self) -> Mapping[int, Flows]:
        """Every line between a fund and an investor, by fund."""
        lines = self._investor_lines
        if not len(lines):
            return {}
        funds = Spread.of_column(lines.source(), "fund")
        # Numbers of two bytes are put in order by counting them.
        lines = lines.take(np.argsort(funds.codes.astype(np.min_scalar_type(funds.size)), kind="stable"))
        day, who, amount, is_call = lines.day, lines.counterparty, lines.amount, lines.kind == PAID_IN
        counts = np.bincount(funds.codes)
        found = np.flatnonzero(counts)
        ends = np.cumsum(counts[found]).tolist()
        spans = map(slice, [0, *ends[:-1]], ends)
        return {
            fund: Flows(day[span], who[span], amount[span], is_call[span])
            for fund, span in zip(funds.read(found).tolist(), spans, strict=True)
        }

    @cached_property
    def children(self) -> Mapping[int, set[int]]:
        """The funds of the book that each fund has paid into."""
        found: dict[int, set[int]] = defaultdict(set)
        paid = self._lines(STAKE_PAYMENT)
        for fund, who in set(zip(paid.fund.tolist(), paid.counterparty.tolist(), strict=True)):
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
        for _, _, day, _, amount, holding in _rows_of(self._lines(INVESTMENT)):
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
        flows = self.flows.get(fund)
        if flows is None:
            return value
        is_later = flows.day > last
        if investor != NOBODY:
            is_later &= flows.who == investor
        return value + int(flows.amount[is_later].sum())

    @cached_property
    def _investor_lines(self) -> EntryColumns:
        return self._lines(PAID_IN, DISTRIBUTION)

    def _lines(self, *kinds: int) -> EntryColumns:
        return self.ledger.entries.where("kind", kinds)

    def _returns(self) -> Mapping[int, list[Return]]:
        rows, found = self.ledger.exits, defaultdict[int, list[Return]](list)
        columns = (rows.holding, rows.day, rows.kind, rows.amount, rows.cost_out, rows.transferred)
        for holding, day, kind, amount, cost, part in zip(*(one.tolist() for one in columns), strict=True):
            found[holding].append(Return(day, EXITS[kind], amount, _given(cost), _given(part)))
        return found

    def _marks(self) -> Mapping[int, Valuation]:
        rows = self.ledger.marks
        # By rising day: the last stays.
        last = {holding: at for at, holding in enumerate(rows.holding.tolist())}
        kept = rows.take(np.fromiter(last.values(), dtype=np.int64, count=len(last)))
        marks = map(Valuation, kept.day.tolist(), kept.value.tolist())
        return dict(zip(last, marks, strict=True))


def _rows_of(lines: EntryColumns) -> Iterator[tuple[int, int, int, int, int, int]]:
    columns = (lines.kind, lines.fund, lines.day, lines.counterparty, lines.amount, lines.holding)
    yield from zip(*(column.tolist() for column in columns), strict=True)


def _given(value: int) -> int | None:
    return None if value == NOBODY else value
