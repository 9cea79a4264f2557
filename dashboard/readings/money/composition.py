"""Whose money is in a scope, by nature: as its investors are, and with funds among them looked through."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.readings.answers import Reading
from dashboard.readings.money.capital import Capital, CapitalClass, CapitalLine, capital_by_investor
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice
from valuation import Composition, attribute, look_through

# What money can be in the end; what nobody confirmed stays apart through every layer.
SOURCES = (
    CapitalClass.FISCAL,
    CapitalClass.STATE_OWNED,
    CapitalClass.SOCIAL,
    CapitalClass.UNDETERMINED,
)


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
    amounts = dict.fromkeys(CapitalClass, 0)
    layered = [line for line in capital.lines if line.investor_fund is not None and line.outside]
    for line in capital.lines:
        if line.investor_fund is None:
            amounts[line.capital_class] += line.outside
    if not layered:
        return LookedThrough(amounts, None)
    funds = sorted(slice_.facts.funds)
    found = _solve(slice_, capital.basis, funds)
    rows = [funds.index(line.investor_fund) for line in layered if line.investor_fund is not None]
    if not found.solved[rows].all():
        return LookedThrough(amounts, _reason(found, {funds[row] for row in rows}))
    outside = np.array([line.outside for line in layered], dtype=np.int64)
    parts = attribute(outside, np.maximum(found.shares[rows], 0.0)).sum(axis=0)
    for kind, part in zip(SOURCES, parts.tolist(), strict=True):
        amounts[kind] += part
    return LookedThrough(amounts, None)


def _solve(slice_: LedgerSlice, basis: Basis, funds: Sequence[int]) -> Composition:
    """The composition of every fund of the book, worked out once for a slice and those narrowed from it."""
    key = f"composition.{basis}"
    if key not in slice_.shelf:
        slice_.shelf[key] = _work_out(capital_by_investor(slice_.whole(), basis).lines, funds)
    found: Composition = slice_.shelf[key]
    return found


def _work_out(lines: Sequence[CapitalLine], funds: Sequence[int]) -> Composition:
    place = {fund: at for at, fund in enumerate(funds)}
    external = np.zeros((len(funds), len(SOURCES)), dtype=np.int64)
    held = np.zeros((len(funds), len(funds)), dtype=np.int64)
    for line in lines:
        if line.investor_fund is None:
            external[place[line.fund], SOURCES.index(line.capital_class)] += line.amount
        else:
            held[place[line.investor_fund], place[line.fund]] = line.amount
    return look_through([str(fund) for fund in funds], external, held)


def _reason(found: Composition, asked: set[int]) -> str:
    """Why money of some funds cannot be looked through: whatever has no composition has a finding."""
    return next(finding.code for finding in found.findings if asked & {int(name) for name in finding.names})
