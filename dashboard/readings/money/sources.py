"""Whose money is in each fund in the end: every source, through any layers of funds that hold funds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.readings.kept_answers import keep_for_city
from dashboard.readings.money.capital import Capital, CapitalClass, CapitalLine, whole_capital
from dashboard.readings.money.doubts import doubt_of
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
        unsolved = {fund for fund in funds if not self.found.solved[self.place[fund]]}
        if not unsolved:
            return None
        names = {str(fund) for fund in unsolved}
        return next(finding.code for finding in self.found.findings if names & set(finding.names))

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


def source_of(slice_: LedgerSlice, line: CapitalLine) -> Source:
    """The source that a line of no fund belongs to."""
    kind = line.capital_class
    is_own = kind is CapitalClass.FISCAL or doubt_of(slice_, line.investor, kind) is not None
    return Source(kind, line.level, line.investor if is_own else None)


def scope_sources(slice_: LedgerSlice, capital: Capital) -> SourceAmounts:
    """Every line from outside the scope by source, that of a fund split as that fund's own money is."""
    amounts: Counter[Source] = Counter()
    for line in capital.lines:
        if line.investor_fund is None and line.outside:
            amounts[source_of(slice_, line)] += line.outside
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
    named = [(line, source_of(slice_, line)) for line in lines if line.investor_fund is None]
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
