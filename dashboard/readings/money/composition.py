"""Whose money is in a scope, by nature: as its investors are, and with funds among them looked through."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.readings.answers import Reading
from dashboard.readings.money.capital import Capital, CapitalClass, capital_by_investor
from dashboard.readings.money.sources import scope_sources
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice


@dataclass(frozen=True)
class LookedThrough:
    """Money of a scope by nature, in fen, on one basis; `reason` says why some of it cannot be looked through."""

    amounts: Mapping[CapitalClass, int]
    reason: str | None


def read_composition(slice_: LedgerSlice) -> Reading:
    """The money that came into the scope from outside it, on both bases; money is taken as one pool per fund."""
    rows = tuple(composition_rows(slice_))
    return Reading("composition", slice_.scope.label, slice_.as_of, slice_.version, (), rows)


def composition_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """A row for each nature and basis, then the sums: `looked_through` is None where a fund has no composition."""
    sums = []
    for basis in Basis:
        capital = capital_by_investor(slice_, basis)
        seen = look_through_scope(slice_, capital)
        for kind in CapitalClass:
            yield {
                "table": "composition",
                "basis": str(basis),
                "nature": str(kind),
                "first_level": sum(line.outside for line in capital.of(kind)),
                "looked_through": None if seen.reason else seen.amounts[kind],
                "reason": seen.reason,
            }
        sums.append(_sum(capital, seen))
    yield from sums


def _sum(capital: Capital, seen: LookedThrough) -> Mapping[str, object]:
    return {
        "table": "composition_sum",
        "basis": str(capital.basis),
        "first_level": sum(line.outside for line in capital.lines),
        "looked_through": None if seen.reason else sum(seen.amounts.values()),
        "reason": seen.reason,
    }


def look_through_scope(slice_: LedgerSlice, capital: Capital) -> LookedThrough:
    """Every line from outside the scope, that of a fund split as that fund's own money is."""
    seen = scope_sources(slice_, capital)
    return LookedThrough({kind: seen.of(kind) for kind in CapitalClass}, seen.reason)
