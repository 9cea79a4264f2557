"""Whose money a fund's payments into a firm were: each split as the fund's own money was on the day it paid."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.money.capital import CapitalClass, InvestorClasses
from dashboard.readings.portfolio.company_ledger import slice_company
from funds.kinds import EntryKind, GovernmentLevel
from funds.queries.columns import NOBODY, Int
from funds.queries.ledger_slice import LedgerSlice
from valuation import Composition, attribute, look_through

Rows = Iterator[Mapping[str, object]]
Source = tuple[CapitalClass, GovernmentLevel | None]
# Fiscal money by level, then the rest; what nobody confirmed stays apart through every layer.
SOURCES: tuple[Source, ...] = (
    *((CapitalClass.FISCAL, level) for level in GovernmentLevel),
    (CapitalClass.FISCAL, None),
    (CapitalClass.STATE_OWNED, None),
    (CapitalClass.SOCIAL, None),
    (CapitalClass.UNDETERMINED, None),
)


@dataclass(frozen=True)
class TracedPayment:
    """One payment into the firm, and its parts by source in the order of SOURCES; None with why there are none."""

    entry: int
    fund: int
    amount: int
    parts: tuple[int, ...] | None
    reason: str | None = None


def source_rows(slice_: LedgerSlice) -> Rows:
    """A row for each fund and source with money in it; the parts of a fund sum to what it paid, to the fen.

    A fund's money is one pool (proportional attribution): what had been paid in by the payment's day, looked
    through every layer of funds; natures are those of the slice's day. Payments before any money came in
    have no source: `nature` is then None, and `reason` says why.
    """
    sums: dict[int, Counter[tuple[Source | None, str | None]]] = {}
    for payment in trace_payments(slice_):
        own = sums.setdefault(payment.fund, Counter())
        if payment.parts is None:
            own[None, payment.reason] += payment.amount
            continue
        for known, part in zip(SOURCES, payment.parts, strict=True):
            own[known, None] += part
    for fund in sorted(sums, key=lambda one: slice_.facts.funds[one].code):
        for (source, reason), amount in sums[fund].items():
            if amount:
                yield {
                    "table": "company_source",
                    "fund": slice_.facts.funds[fund].code,
                    "nature": None if source is None else str(source[0]),
                    "level": None if source is None or source[1] is None else str(source[1]),
                    "amount": amount,
                    "reason": reason,
                }


@keep_answer
def trace_payments(slice_: LedgerSlice) -> tuple[TracedPayment, ...]:
    """Every payment into the firm with its sources, worked out once for a slice."""
    return tuple(_trace(slice_))


def _trace(slice_: LedgerSlice) -> list[TracedPayment]:
    """Each day of payment is solved once."""
    paid = slice_company(slice_).ledger.entries.of_kind(EntryKind.INVESTMENT)
    if not len(paid):
        return []
    money = _Money(slice_)
    found: dict[int, Composition] = {day: money.composed_on(day) for day in set(paid.day.tolist())}
    columns = (paid.id, paid.fund, paid.day, -paid.amount)
    return [
        money.trace(found[day], row, fund, amount)
        for row, fund, day, amount in zip(*(column.tolist() for column in columns), strict=True)
    ]


class _Money:
    """All money paid into funds under commitments, by who paid it."""

    def __init__(self, slice_: LedgerSlice) -> None:
        paid = slice_.ledger.entries.of_kind(EntryKind.PAID_IN)
        paid = paid.take(np.flatnonzero(paid.inside))
        self.funds = sorted(slice_.facts.funds)
        self.place = {fund: at for at, fund in enumerate(self.funds)}
        self.day, self.amount = paid.day, paid.amount
        self.taker = _look_up(self.place, paid.fund)
        classes = InvestorClasses(slice_)
        parties = np.unique(paid.counterparty).tolist()
        funds = {party: classes.fund_of(party) for party in parties}
        holders = {party: self.place[fund] for party, fund in funds.items() if fund is not None}
        columns = {party: _column(*classes.of(party)) for party in parties if party not in holders}
        self.holder = _look_up(holders, paid.counterparty)
        self.source = _look_up(columns, paid.counterparty)

    def composed_on(self, day: int) -> Composition:
        """The composition of every fund by what had been paid in by a day."""
        known = (self.day <= day) & (self.taker != NOBODY)
        outside, inside = known & (self.holder == NOBODY), known & (self.holder != NOBODY)
        size = len(self.funds)
        external = np.zeros((size, len(SOURCES)), dtype=np.int64)
        np.add.at(external, (self.taker[outside], self.source[outside]), self.amount[outside])
        edges = (self.holder[inside], self.taker[inside])
        held = sparse.coo_array((self.amount[inside], edges), shape=(size, size)).tocsr()
        return look_through([str(fund) for fund in self.funds], external, held)

    def trace(self, found: Composition, entry: int, fund: int, amount: int) -> TracedPayment:
        """A payment of a fund split as the fund's money was."""
        at = self.place[fund]
        if not found.solved[at]:
            reason = next(one.code for one in found.findings if str(fund) in one.names)
            return TracedPayment(entry, fund, amount, None, reason)
        parts = attribute(np.array([amount], dtype=np.int64), np.maximum(found.shares[[at]], 0.0))
        return TracedPayment(entry, fund, amount, tuple(parts[0].tolist()))


def _column(kind: CapitalClass, level: GovernmentLevel | None) -> int:
    return SOURCES.index((kind, level if kind is CapitalClass.FISCAL else None))


def _look_up(places: Mapping[int, int], ids: Int) -> Int:
    """The place of each id; NOBODY where it has none."""
    keys, back = np.unique(ids, return_inverse=True)
    found = np.array([places.get(key, NOBODY) for key in keys.tolist()], dtype=np.int64)
    return found[back] if len(keys) else ids
