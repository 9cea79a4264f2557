"""Who put how much into the funds of a slice, at the first level, by nature of the money."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np

from dashboard.readings.kept_answers import keep_for_city
from dashboard.readings.kept_by_lines import keep_by_lines
from dashboard.readings.lasting_answers import keep_of_commitments
from dashboard.readings.money.row_groups import RowGroups
from dashboard.readings.row_names import RowNames
from funds.kinds import Basis, EntryKind, GovernmentLevel, Nature
from funds.queries.attribution import cut_one
from funds.queries.columns import CommitmentColumns, EntryColumns, Int
from funds.queries.ledger_slice import LedgerSlice

TABLES = {Basis.COMMITTED: "commitment_movement", Basis.PAID_IN: "entry"}


class CapitalClass(StrEnum):
    """The nature of an investor's money, or that it is a fund of the book, or that nobody confirmed it yet."""

    FISCAL = "fiscal"
    STATE_OWNED = "state_owned"
    SOCIAL = "social"
    FUND = "fund"
    UNDETERMINED = "undetermined"


CLASS_OF: Mapping[Nature, CapitalClass] = {
    Nature.FISCAL: CapitalClass.FISCAL,
    Nature.STATE_OWNED: CapitalClass.STATE_OWNED,
    Nature.SOCIAL: CapitalClass.SOCIAL,
}


class SoeTreatment(StrEnum):
    """Whether state-owned money stands apart, counts as social, or counts as fiscal."""

    APART = "apart"
    SOCIAL = "social"
    FISCAL = "fiscal"


@dataclass(frozen=True)
class CapitalLine:
    """What one investor put into one fund of the slice, in fen, and the rows that say so.

    `internal` is the piece of it that another fund of the scope put in.
    """

    fund: int
    investor: int
    investor_fund: int | None
    capital_class: CapitalClass
    level: GovernmentLevel | None
    amount: int
    internal: int
    rows: Int = field(compare=False)

    @property
    def outside(self) -> int:
        """What came from outside the scope."""
        return self.amount - self.internal


@dataclass(frozen=True)
class Capital:
    """All lines of a slice on one basis, cut to the scope."""

    basis: Basis
    lines: tuple[CapitalLine, ...]
    members: frozenset[int]

    def total(self, lines: Iterable[CapitalLine] | None = None) -> int:
        """The sum of some lines, or of all."""
        return sum(line.amount for line in (self.lines if lines is None else lines))

    def of(self, *classes: CapitalClass) -> list[CapitalLine]:
        """The lines of some classes."""
        return [line for line in self.lines if line.capital_class in classes]

    def between(self) -> list[CapitalLine]:
        """Lines with money between two funds of the scope."""
        return [line for line in self.lines if line.internal]

    @cached_property
    def by_fund(self) -> Mapping[int, Sequence[CapitalLine]]:
        """The lines of each fund that has any."""
        found: dict[int, list[CapitalLine]] = {}
        for line in self.lines:
            found.setdefault(line.fund, []).append(line)
        return found

    def entries(self, lines: Sequence[CapitalLine] | None = None) -> RowNames:
        """The rows of the book behind some lines, or all."""
        if lines is None or len(lines) == len(self.lines):
            return self._all_entries
        return self._name_rows(lines)

    @cached_property
    def _all_entries(self) -> RowNames:
        return self._name_rows(self.lines)

    def _name_rows(self, lines: Sequence[CapitalLine]) -> RowNames:
        return RowNames(TABLES[self.basis], [line.rows for line in lines])


def capital_by_investor(slice_: LedgerSlice, basis: Basis) -> Capital:
    """Commitments, or money paid in under them (认缴内), by fund and investor, cut to the scope."""
    return _committed(slice_) if basis is Basis.COMMITTED else _paid_in(slice_)


@keep_of_commitments
def _committed(slice_: LedgerSlice) -> Capital:
    return _work_out(slice_, Basis.COMMITTED)


@keep_by_lines
def _paid_in(slice_: LedgerSlice) -> Capital:
    return _work_out(slice_, Basis.PAID_IN)


def _work_out(slice_: LedgerSlice, basis: Basis) -> Capital:
    fund, investor, uncut = capital_columns(slice_, basis)
    pairs = RowGroups.of(fund, investor)
    pieces = pairs.sums(slice_.part(fund, uncut.amount)).tolist()
    internal = pairs.sums(slice_.internal(fund, investor, uncut.amount)).tolist()
    classes = InvestorClasses(slice_)
    lines = []
    for (own, party), amount, inside, rows in zip(
        pairs.names(), pieces, internal, pairs.split(uncut.id), strict=True
    ):
        kind, level = classes.of(party)
        lines.append(CapitalLine(own, party, classes.fund_of(party), kind, level, amount, inside, rows))
    return Capital(basis, tuple(lines), frozenset(slice_.members))


@keep_for_city
def whole_capital(slice_: LedgerSlice, basis: Basis) -> Capital:
    """Capital of every fund, uncut: for what a fund of the scope points at (its mothers and children)."""
    return capital_by_investor(slice_, basis)


def cut_to(slice_: LedgerSlice, fund: int, amount: int) -> int:
    """The scope's piece of an amount that belongs to one of its funds."""
    return cut_one(amount, slice_.members[fund])


def capital_columns(slice_: LedgerSlice, basis: Basis) -> tuple[Int, Int, CommitmentColumns | EntryColumns]:
    """Fund and investor of each uncut row behind the capital of a scope, and the rows."""
    if basis is Basis.COMMITTED:
        commitments = slice_.uncut_commitments
        return commitments.fund, commitments.investor, commitments
    paid = slice_.uncut_entries.of_kind(EntryKind.PAID_IN)
    paid = paid.take(np.flatnonzero(paid.inside))
    return paid.fund, paid.counterparty, paid


class InvestorClasses:
    """What kind of investor a party is, as the slice's facts say."""

    def __init__(self, slice_: LedgerSlice) -> None:
        self.natures = slice_.facts.natures
        self.funds: Mapping[int, int] = slice_.fund_of_party

    def fund_of(self, party: int) -> int | None:
        """The fund of the book that a party is."""
        return self.funds.get(party)

    def of(self, party: int) -> tuple[CapitalClass, GovernmentLevel | None]:
        """The class of a party's money, and the level of government behind it."""
        if party in self.funds:
            return CapitalClass.FUND, None
        fact = self.natures.get(party)
        if fact is None:
            return CapitalClass.UNDETERMINED, None
        return CLASS_OF[fact.nature], fact.level
