"""Whose money is in each fund in the end: every source, through any layers of funds that hold funds."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dashboard.readings.kept_answers import keep_for_city
from dashboard.readings.money.capital import Capital, CapitalClass, CapitalLine, whole_capital
from dashboard.readings.money.doubts import nature_doubts
from funds.kinds import Basis, GovernmentLevel
from funds.queries.columns import Int
from funds.queries.ledger_slice import LedgerSlice
from valuation import Composition, attribute, look_through


@dataclass(frozen=True)
class Source:
    """Money of one nature and level; `party` stands where it matters whose: a government, or a nature in doubt."""

    capital_class: CapitalClass
    level: GovernmentLevel | None = None
    party: int | None = None


@dataclass(frozen=True)
class FundSources:
    """The shares of every source in every fund of the book on one basis; funds without a composition say why."""

    sources: tuple[Source, ...]
    place: Mapping[int, int]
    found: Composition

    def reason_of(self, funds: Iterable[int]) -> str | None:
        """Why the money of some funds cannot be looked through; None where all of it can."""
        unsolved = self._unsolved.intersection(funds)
        if not unsolved:
            return None
        names = {str(fund) for fund in unsolved}
        return next(finding.code for finding in self.found.findings if names & set(finding.names))

    @cached_property
    def _unsolved(self) -> frozenset[int]:
        """The funds without a composition."""
        solved = self.found.solved.tolist()
        return frozenset(fund for fund, at in self.place.items() if not solved[at])

    def split(self, funds: Sequence[int], amounts: Sequence[int]) -> Int:
        """Amounts of some funds by source (fund × source), to the fen; the funds have a composition."""
        if not len(funds):
            return np.zeros((0, len(self.sources)), dtype=np.int64)
        shares = self.found.shares[[self.place[fund] for fund in funds]]
        return attribute(np.array(amounts, dtype=np.int64), np.maximum(shares, 0.0))


@dataclass(frozen=True)
class SourceAmounts:
    """An amount by source, in fen; with a reason, the part of it that comes from funds is missing."""

    amounts: Mapping[Source, int]
    reason: str | None = None

    def of(self, kind: CapitalClass) -> int:
        """The sum of one nature."""
        return sum(amount for source, amount in self.amounts.items() if source.capital_class is kind)


@keep_for_city
def fund_sources(slice_: LedgerSlice, basis: Basis) -> FundSources:
    """The composition of every fund of the book, worked out once for everybody."""
    return _work_out(slice_, whole_capital(slice_, basis).lines)


def name_sources(slice_: LedgerSlice, lines: Iterable[CapitalLine]) -> Iterator[tuple[CapitalLine, Source]]:
    """The lines of no fund, each with the source that it belongs to."""
    doubts = nature_doubts(slice_.facts)
    for line in lines:
        if line.investor_fund is None:
            kind, party = line.capital_class, line.investor
            is_own = kind in (CapitalClass.FISCAL, CapitalClass.UNDETERMINED) or party in doubts
            yield line, Source(kind, line.level, party if is_own else None)


def scope_sources(slice_: LedgerSlice, capital: Capital) -> SourceAmounts:
    """Every line from outside the scope by source, that of a fund split as that fund's own money is."""
    amounts: Counter[Source] = Counter()
    for line, source in name_sources(slice_, capital.lines):
        if line.outside:
            amounts[source] += line.outside
    layered = [
        (line.investor_fund, line.outside)
        for line in capital.lines
        if line.investor_fund is not None and line.outside
    ]
    if not layered:
        return SourceAmounts(amounts)
    found = fund_sources(slice_, capital.basis)
    funds = [fund for fund, _ in layered]
    if reason := found.reason_of(funds):
        return SourceAmounts(amounts, reason)
    amounts.update(_sum_columns(found, found.split(funds, [amount for _, amount in layered])))
    return SourceAmounts(amounts)


def split_by_source(found: FundSources, funds: Sequence[int], amounts: Sequence[int]) -> SourceAmounts:
    """Amounts of some funds by source, summed over the funds; without funds that have no composition, if any."""
    known = [(fund, amount) for fund, amount in zip(funds, amounts, strict=True) if amount]
    if reason := found.reason_of(fund for fund, _ in known):
        return SourceAmounts({}, reason)
    parts = found.split([fund for fund, _ in known], [amount for _, amount in known])
    return SourceAmounts(_sum_columns(found, parts))


def _sum_columns(found: FundSources, parts: Int) -> Counter[Source]:
    sums = parts.sum(axis=0).tolist()
    return Counter({source: total for source, total in zip(found.sources, sums, strict=True) if total})


def _work_out(slice_: LedgerSlice, lines: Sequence[CapitalLine]) -> FundSources:
    place = {fund: at for at, fund in enumerate(sorted(slice_.facts.funds))}
    named = list(name_sources(slice_, lines))
    sources = tuple(dict.fromkeys(source for _, source in named)) or (Source(CapitalClass.UNDETERMINED),)
    column = {source: at for at, source in enumerate(sources)}
    external = np.zeros((len(place), len(sources)), dtype=np.int64)
    held = np.zeros((len(place), len(place)), dtype=np.int64)
    for line, source in named:
        external[place[line.fund], column[source]] += line.amount
    for line in lines:
        if line.investor_fund is not None:
            held[place[line.investor_fund], place[line.fund]] = line.amount
    names = [str(fund) for fund in place]
    return FundSources(sources, place, look_through(names, external, held))
