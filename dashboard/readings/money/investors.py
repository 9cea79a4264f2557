"""Who put money into the funds of a scope: committed, paid in, open and distributed, investor by investor."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.readings.answers import print_ratio
from dashboard.readings.money.capital import CapitalClass, InvestorClasses, capital_by_investor
from funds.kinds import Basis, EntryKind, GovernmentLevel
from funds.queries.columns import EntryColumns
from funds.queries.facts import NamedThing
from funds.queries.ledger_slice import LedgerSlice

CLASSES = tuple(CapitalClass)
Pair = tuple[int, int]


@dataclass(frozen=True)
class Account:
    """One investor in one fund, in fen; `paid_in` counts towards the commitment, `paid_outside` does not."""

    fund: int
    investor: int
    investor_fund: int | None
    capital_class: CapitalClass
    level: GovernmentLevel | None
    committed: int
    paid_in: int
    paid_outside: int
    distributed: int

    @property
    def open(self) -> int:
        """What of the commitment is not paid in yet."""
        return self.committed - self.paid_in


def investor_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """One row for each fund and investor: natures in order, larger commitments first."""
    for account in list_accounts(slice_):
        yield _row(slice_, account)


def investor_sum_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """One row for each fund that has investors: the sums, and how many paid less of their commitment than all."""
    accounts = list_accounts(slice_)
    for fund in slice_.member_funds:
        own = [account for account in accounts if account.fund == fund.id]
        if not own:
            continue
        committed, paid = sum(one.committed for one in own), sum(one.paid_in for one in own)
        yield {
            "table": "investor_sum",
            "fund": fund.code,
            "investors": len(own),
            "behind": sum(one.paid_in * committed < one.committed * paid for one in own),
            "committed": committed,
            "paid_in": paid,
            "paid_share": print_ratio(paid, committed) if committed > 0 else None,
            "open": sum(one.open for one in own),
            "paid_outside": sum(one.paid_outside for one in own),
            "distributed": sum(one.distributed for one in own),
        }


def list_accounts(slice_: LedgerSlice) -> list[Account]:
    """Everybody with a commitment to, payment into or money from a fund of the scope, cut to the scope.

    Who withdrew from a commitment before anything was paid is no investor any more.
    """
    committed, paid = _by_line(slice_, Basis.COMMITTED), _by_line(slice_, Basis.PAID_IN)
    extra = slice_.entries.of_kind(EntryKind.PAID_IN)
    outside = _by_pair(extra.take(np.flatnonzero(~extra.inside)))
    back = _by_pair(slice_.entries.of_kind(EntryKind.DISTRIBUTION))
    classes = InvestorClasses(slice_)
    accounts = [
        Account(
            fund=fund,
            investor=investor,
            investor_fund=classes.fund_of(investor),
            capital_class=classes.of(investor)[0],
            level=classes.of(investor)[1],
            committed=committed[fund, investor],
            paid_in=paid[fund, investor],
            paid_outside=outside[fund, investor],
            distributed=-back[fund, investor],
        )
        for fund, investor in {*committed, *paid, *outside, *back}
    ]
    held = [one for one in accounts if one.committed or one.paid_in or one.paid_outside or one.distributed]
    return sorted(held, key=lambda one: (_code(slice_, one), _rank(one), -one.committed, one.investor))


def _by_line(slice_: LedgerSlice, basis: Basis) -> Counter[Pair]:
    lines = capital_by_investor(slice_, basis).lines
    return Counter({(line.fund, line.investor): line.amount for line in lines})


def _by_pair(entries: EntryColumns) -> Counter[Pair]:
    sums: Counter[Pair] = Counter()
    for fund, party, amount in zip(
        entries.fund.tolist(), entries.counterparty.tolist(), entries.amount.tolist(), strict=True
    ):
        sums[fund, party] += amount
    return sums


def _code(slice_: LedgerSlice, account: Account) -> str:
    return slice_.facts.funds[account.fund].code


def party_of(slice_: LedgerSlice, account: Account) -> NamedThing:
    """The investor by code and name, which for a fund of the book are the fund's."""
    fund = account.investor_fund
    return slice_.facts.parties[account.investor] if fund is None else slice_.facts.funds[fund]


def _rank(account: Account) -> int:
    return CLASSES.index(account.capital_class)


def _row(slice_: LedgerSlice, account: Account) -> Mapping[str, object]:
    committed = account.committed
    party, nature = party_of(slice_, account), slice_.facts.natures.get(account.investor)
    return {
        "table": "investor",
        "fund": _code(slice_, account),
        "code": party.code,
        "name": party.name,
        "nature": str(account.capital_class),
        "level": None if account.level is None else str(account.level),
        "sub_type": None if nature is None or account.investor_fund is not None else nature.sub_type,
        "committed": committed,
        "paid_in": account.paid_in,
        "paid_share": print_ratio(account.paid_in, committed) if committed > 0 else None,
        "open": account.open,
        "paid_outside": account.paid_outside,
        "distributed": account.distributed,
    }
