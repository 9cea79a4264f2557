"""Which funds a fund's figures can come to rest on: itself, the funds that it put money into or has it from, and theirs."""

from collections.abc import Collection, Iterator, Mapping

import numpy as np

from dashboard.readings.kept_answers import keep_for_city
from funds.kinds import EntryKind
from funds.queries.columns import Int
from funds.queries.ledger_slice import LedgerSlice


def reach(slice_: LedgerSlice, funds: Collection[int]) -> frozenset[int]:
    """Some funds with all that lie below them, through any layers."""
    return _follow(_children(slice_), funds)


def reach_up(slice_: LedgerSlice, funds: Collection[int]) -> frozenset[int]:
    """Some funds with all that lie above them: those whose money is theirs."""
    return _follow(_mothers(slice_), funds)


def _follow(ways: Mapping[int, frozenset[int]], funds: Collection[int]) -> frozenset[int]:
    found, new = set(funds), set(funds)
    while new:
        new = {other for fund in new for other in ways.get(fund, ())} - found
        found |= new
    return frozenset(found)


@keep_for_city
def _children(slice_: LedgerSlice) -> Mapping[int, frozenset[int]]:
    """The funds that each fund committed or paid money to, by what either of the two recorded."""
    found: dict[int, set[int]] = {}
    for mother, child in _pairs(slice_):
        found.setdefault(mother, set()).add(child)
    return {mother: frozenset(children) for mother, children in found.items()}


@keep_for_city
def _mothers(slice_: LedgerSlice) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for mother, children in _children(slice_).items():
        for child in children:
            found.setdefault(child, set()).add(mother)
    return {child: frozenset(mothers) for child, mothers in found.items()}


def _pairs(slice_: LedgerSlice) -> Iterator[tuple[int, int]]:
    """Mother and child, as often as a row says so."""
    changes, sums = slice_.ledger.commitments, slice_.flow_sums
    raised = sums.of(EntryKind.PAID_IN, EntryKind.DISTRIBUTION)
    placed = sums.of(EntryKind.STAKE_PAYMENT, EntryKind.STAKE_RECEIPT)
    for child, mother in (
        *_with_funds(slice_, changes.fund, changes.investor),
        *_with_funds(slice_, raised.fund, raised.counterparty),
    ):
        yield mother, child
    yield from _with_funds(slice_, placed.fund, placed.counterparty)


def _with_funds(slice_: LedgerSlice, funds: Int, parties: Int) -> Iterator[tuple[int, int]]:
    """The rows whose other party is a fund of the book: fund and fund."""
    known = slice_.fund_of_party
    at = np.flatnonzero(np.isin(parties, np.fromiter(known, dtype=np.int64, count=len(known))))
    for fund, party in zip(funds[at].tolist(), parties[at].tolist(), strict=True):
        yield fund, known[party]
