"""The capital accounts of a fund's investors for a quarter and since the beginning, which sum to the fund's own."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.readings.money.investors import Account, list_accounts, party_of
from dashboard.readings.returns.earlier_ledgers import last_quarter_end, slice_until
from dashboard.readings.returns.net_assets import NetAssetValues
from funds.kinds import EntryKind
from funds.queries.ledger_slice import LedgerSlice


@dataclass(frozen=True)
class AccountState:
    """An investor's account on a day, in fen; `is_filed` where its value was reported for this investor alone."""

    committed: int = 0
    paid_in: int = 0
    distributed: int = 0
    value: int = 0
    is_filed: bool = False


@dataclass(frozen=True)
class CapitalAccount:
    """One investor: the account on both ends of the quarter; `called` is None where no notice was recorded."""

    investor: int
    code: str
    name: str
    nature: str
    opening: AccountState
    closing: AccountState
    inside: int  # of what was paid in, what counts towards the commitment
    called: int | None

    @property
    def paid_in(self) -> int:
        """Paid in within the quarter."""
        return self.closing.paid_in - self.opening.paid_in

    @property
    def distributed(self) -> int:
        """Distributed within the quarter."""
        return self.closing.distributed - self.opening.distributed

    @property
    def result(self) -> int:
        """What the quarter brought besides money in and out."""
        return self.closing.value - self.opening.value - self.paid_in + self.distributed

    @property
    def result_ever(self) -> int:
        """The same since the beginning."""
        return self.closing.value - self.closing.paid_in + self.closing.distributed

    @property
    def open(self) -> int:
        """What of the commitment is not paid in yet."""
        return self.closing.committed - self.inside


@dataclass(frozen=True)
class CapitalAccounts:
    """All accounts of one fund; `unallocated` is what the accounts leave of the fund's value at either end."""

    opening_day: date
    closing_day: date
    accounts: tuple[CapitalAccount, ...]
    opening_value: int
    closing_value: int

    @property
    def opening_unallocated(self) -> int:
        """Of the opening value."""
        return self.opening_value - sum(one.opening.value for one in self.accounts)

    @property
    def unallocated(self) -> int:
        """Of the closing value: nothing, unless accounts were filed that say otherwise than the fund."""
        return self.closing_value - sum(one.closing.value for one in self.accounts)

    def of(self, code: str) -> CapitalAccount | None:
        """The account of an investor by code."""
        return next((one for one in self.accounts if one.code == code), None)


def read_capital_accounts(slice_: LedgerSlice) -> CapitalAccounts:
    """The accounts of the one fund in the scope for the quarter that ends on the slice's day."""
    (fund,) = slice_.member_funds
    opening = last_quarter_end(slice_.as_of)
    before = slice_until(slice_, opening)
    called = _sum_notices(slice_, fund.id)
    first, last = _states(before, fund.id), _states(slice_, fund.id)
    accounts = []
    for account in list_accounts(slice_):
        party = party_of(slice_, account)
        accounts.append(
            CapitalAccount(
                account.investor,
                party.code,
                party.name,
                str(account.capital_class),
                first.get(account.investor, AccountState()),
                last[account.investor],
                account.paid_in,
                called.get(account.investor),
            )
        )
    opened, closed = (NetAssetValues.of_slice(one).of(fund.id).value for one in (before, slice_))
    return CapitalAccounts(opening, slice_.as_of, tuple(accounts), opened, closed)


def capital_account_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """A row for each investor of a scope of one fund on a quarter's end."""
    (fund,) = slice_.member_funds
    for one in read_capital_accounts(slice_).accounts:
        yield {
            "table": "capital_account",
            "fund": fund.code,
            "code": one.code,
            "name": one.name,
            "committed": one.closing.committed,
            "called": one.called,
            "paid_in": one.closing.paid_in,
            "distributed": one.closing.distributed,
            "opening": one.opening.value,
            "paid_in_quarter": one.paid_in,
            "distributed_quarter": one.distributed,
            "result_quarter": one.result,
            "closing": one.closing.value,
            "is_filed_account": one.closing.is_filed,
        }


def _states(slice_: LedgerSlice, fund: int) -> Mapping[int, AccountState]:
    """Every investor's account on the slice's day.

    A filed account counts as it is; the others have their part of the fund's value by what they paid in, as a
    mother's stake has. Where nobody filed one, the largest takes the fen that rounding leaves.
    """
    values = NetAssetValues.of_slice(slice_)
    whole = values.of(fund).value
    paid = _sum_paid(values, fund)
    total = sum(paid.values())
    found: dict[int, AccountState] = {}
    for account in list_accounts(slice_):
        filed = values.account(fund, account.investor)
        part = (2 * whole * paid[account.investor] + total) // (2 * total) if total else 0
        found[account.investor] = _state(account, part if filed is None else filed.value, filed is not None)
    rest = whole - sum(state.value for state in found.values())
    if total and rest and not any(state.is_filed for state in found.values()):
        largest = max(found, key=lambda investor: (paid[investor], -investor))
        state = found[largest]
        found[largest] = AccountState(
            state.committed, state.paid_in, state.distributed, state.value + rest, state.is_filed
        )
    return found


def _state(account: Account, value: int, is_filed: bool) -> AccountState:
    paid = account.paid_in + account.paid_outside
    return AccountState(account.committed, paid, account.distributed, value, is_filed)


def _sum_paid(values: NetAssetValues, fund: int) -> Counter[int]:
    lines = values.lines(fund).of_kind(EntryKind.PAID_IN)
    sums: Counter[int] = Counter()
    for investor, amount in zip(lines.counterparty.tolist(), lines.amount.tolist(), strict=True):
        sums[investor] += amount
    return sums


def _sum_notices(slice_: LedgerSlice, fund: int) -> Counter[int]:
    """What notices asked each investor for by the slice's day; who got none is not in it."""
    sums: Counter[int] = Counter()
    for notice in slice_.open_values([fund]).called:
        if notice.noticed_on <= slice_.as_of:
            sums[notice.investor_id] += notice.amount_fen
    return sums
