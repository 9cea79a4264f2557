"""The net asset value of funds: reported where an approved report exists, else derived from what they hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import RLock
from typing import Literal

from dashboard.readings.kept_answers import keep_for_city
from dashboard.readings.portfolio.holdings import HeldFirm, held_firms
from dashboard.readings.returns.fund_lines import NO_FLOWS, FundLines, InvestorFlows
from funds.kinds import BalanceItem
from funds.queries.columns import BALANCE_ITEMS, NOBODY, EntryColumns
from funds.queries.ledger_slice import LedgerSlice

# Balances that count towards a derived value; a bank deposit is what the ledger's cash is compared with.
SIGNS: Mapping[BalanceItem, int] = {
    BalanceItem.OTHER_RECEIVABLE: 1,
    BalanceItem.ACCRUED_MANAGEMENT_FEE: -1,
    BalanceItem.ACCRUED_CARRY: -1,
    BalanceItem.OTHER_PAYABLE: -1,
}
ITEM_BY_NUMBER = {number: item for item, number in BALANCE_ITEMS.items()}


@dataclass(frozen=True)
class NetAssets:
    """A value in fen, whether reported or derived, and the rows behind it, named when they are asked for.

    What names them looks at the ledger: an answer that outlives its ledger takes the names, not this.
    """

    value: int
    source: Literal["reported", "derived"]
    name_rows: Callable[[], tuple[str, ...]] = field(compare=False, repr=False)

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The rows of the book, as `entry:17`."""
        return self.name_rows()


class NetAssetValues:
    """Values of funds, worked out once each; whole funds, not cut to a scope. Threads take turns."""

    def __init__(self, slice_: LedgerSlice) -> None:
        self.slice = slice_
        self._lines = FundLines(slice_.ledger)
        self._lock = RLock()
        self._derived: dict[int, NetAssets] = {}
        self._open: set[int] = set()
        self._in_loops: dict[int, NetAssets] = {}
        self._cuts = 0
        self._accounts: dict[tuple[int, int], NetAssets | None] = {}

    @staticmethod
    def of_slice(slice_: LedgerSlice) -> "NetAssetValues":
        """The values that everybody shares: they depend on no scope."""
        return _values_of_city(slice_)

    def of(self, fund: int) -> NetAssets:
        """A fund's headline NAV: the reported one, else the derived one."""
        return self.reported(fund) or self.derived(fund)

    def reported(self, fund: int) -> NetAssets | None:
        """The last approved report + calls − distributions after it."""
        return self._account(fund, NOBODY)

    def derived(self, fund: int) -> NetAssets:
        """What the fund holds, by marks, stakes, cash and filed balances."""
        with self._lock:
            return self._follow(fund)

    def _follow(self, fund: int) -> NetAssets:
        if fund in self._derived:
            return self._derived[fund]
        if fund in self._in_loops and not self._open:
            return self._in_loops[fund]
        cuts = self._cuts
        self._open.add(fund)
        found = self._derive(fund)
        self._open.discard(fund)
        # What was found around a cut loop holds for the fund that was asked for, and for no other beside it.
        if self._cuts == cuts:
            self._derived[fund] = found
        elif not self._open:
            self._in_loops[fund] = found
        return found

    def stake(self, mother: int, child: int) -> NetAssets:
        """What a mother's stake in a child is worth: its capital account if one was filed, else its share.

        The share is its part of the money paid in. A child that holds its own mother (a loop) is taken
        at nothing on the way back, so that no yuan is counted twice.
        """
        with self._lock:
            return self._stake(mother, child)

    def _stake(self, mother: int, child: int) -> NetAssets:
        party = self.slice.facts.funds[mother].party_id
        account = self._account(child, party)
        if account is not None:
            return account
        if child in self._open:
            self._cuts += 1
            return NetAssets(0, "derived", tuple)
        total = self._lines.paid_in.get(child, 0)
        own = self._lines.paid_in_by_investor.get((child, party), 0)
        found = self.of(child)
        value = (2 * found.value * own + total) // (2 * total) if total else 0
        return NetAssets(value, found.source, lambda: found.rows)

    def account(self, fund: int, investor: int) -> NetAssets | None:
        """An investor's capital account brought forward like a report, where an approved one was filed."""
        return self._account(fund, investor)

    def stakes(self, mother: int) -> int:
        """What all of a fund's stakes are worth."""
        return sum(self.stake(mother, child).value for child in self.children(mother))

    def children(self, mother: int) -> list[int]:
        """The funds of the book that a fund has paid into."""
        parties = self._lines.stakes.get(mother, ())
        known = self.slice.fund_of_party
        return sorted({known[party] for party in parties if party in known})

    def cash(self, fund: int) -> int:
        """What the ledger says lies in the fund's account."""
        return self._lines.cash.get(fund, 0)

    def held(self, fund: int) -> int:
        """What a fund's holdings in firms are worth."""
        return sum(firm.course.value for firm in self.firms.get(fund, []))

    def cost(self, fund: int) -> int:
        """What remains of the cost of a fund's holdings in firms."""
        return sum(firm.course.cost for firm in self.firms.get(fund, []))

    def balances(self, fund: int) -> Mapping[BalanceItem, int]:
        """The last filed balance of each item that counts; one that was never filed is absent."""
        return {item: amount for item, (amount, _) in self._balances(fund).items()}

    def lines(self, fund: int) -> EntryColumns:
        """A fund's ledger lines."""
        return self._lines.of(fund)

    @cached_property
    def firms(self) -> Mapping[int, list[HeldFirm]]:
        """Holdings by fund."""
        found: dict[int, list[HeldFirm]] = {}
        for firm in held_firms(self.slice.whole()):
            found.setdefault(firm.fund, []).append(firm)
        return found

    @cached_property
    def _last_accounts(self) -> Mapping[tuple[int, int], tuple[int, int, int]]:
        """Day, value and row of the last report of each fund and investor; navs come by rising day."""
        navs = self.slice.ledger.navs
        rows = zip(
            navs.fund.tolist(),
            navs.investor.tolist(),
            navs.day.tolist(),
            navs.value.tolist(),
            navs.id.tolist(),
            strict=True,
        )
        return {(fund, investor): (day, value, row) for fund, investor, day, value, row in rows}

    @cached_property
    def _late(self) -> Mapping[int, InvestorFlows]:
        """What investors paid and got after the earliest of the last reports of each fund."""
        first: dict[int, int] = {}
        for (fund, _), (day, _, _) in self._last_accounts.items():
            first[fund] = min(day, first.get(fund, day))
        return self._lines.flows_after(first)

    @cached_property
    def _filed(self) -> Mapping[tuple[int, BalanceItem], tuple[int, int]]:
        """The last filed balance of each fund and item, and its row; balances come by rising day."""
        filed = self.slice.ledger.balances
        columns = (filed.fund, filed.item, filed.amount, filed.id)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        return {(fund, ITEM_BY_NUMBER[item]): (amount, row) for fund, item, amount, row in rows}

    def _derive(self, fund: int) -> NetAssets:
        stakes = [self.stake(fund, child) for child in self.children(fund)]
        balances = self._balances(fund)
        value = self.held(fund) + sum(stake.value for stake in stakes) + self.cash(fund)
        value += sum(SIGNS[item] * amount for item, (amount, _) in balances.items())

        # What is named later is held on to, and not the ledger that it was found in: answers outlive that.
        entries, firms = self.lines(fund).id, self.firms.get(fund, [])

        def name_rows() -> tuple[str, ...]:
            rows = {f"entry:{row}" for row in entries.tolist()}
            rows |= {name for firm in firms for name in firm.row_names()}
            rows |= {name for stake in stakes for name in stake.rows}
            rows |= {f"balance:{row}" for _, row in balances.values()}
            return tuple(sorted(rows))

        return NetAssets(value, "derived", name_rows)

    def _balances(self, fund: int) -> Mapping[BalanceItem, tuple[int, int]]:
        return {item: self._filed[fund, item] for item in SIGNS if (fund, item) in self._filed}

    def _account(self, fund: int, investor: int) -> NetAssets | None:
        """A reported value brought forward by calls and distributions after its day."""
        asked = (fund, investor)
        if asked not in self._accounts:
            last = self._last_accounts.get(asked)
            self._accounts[asked] = None if last is None else self._bring_forward(asked, *last)
        return self._accounts[asked]

    def _bring_forward(self, asked: tuple[int, int], day: int, value: int, row: int) -> NetAssets:
        fund, investor = asked
        flows = self._late.get(fund, NO_FLOWS)
        after = flows.days > day
        if investor != NOBODY:
            after &= flows.investors == investor
        entries = flows.ids[after]

        def name_rows() -> tuple[str, ...]:
            return tuple(sorted((f"fund_nav:{row}", *(f"entry:{entry}" for entry in entries.tolist()))))

        return NetAssets(value + int(flows.amounts[after].sum()), "reported", name_rows)


@keep_for_city
def _values_of_city(slice_: LedgerSlice) -> NetAssetValues:
    return NetAssetValues(slice_)
