"""Dated amounts seen from whoever owns a scope, and the rate that they earned, as it is printed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from dashboard.readings.answers import Figure, print_rate
from funds.queries.columns import Int
from valuation import Rate, polish_rate, xirr

Amounts = Int | npt.NDArray[np.float64]


@dataclass(frozen=True)
class SolvedRate:
    """A rate with its value and roots as text; the text is decided by the flows, not by the way of solving.

    `reason` says why there is no value.
    """

    rate: Rate
    value: str | None
    reason: str | None
    roots: tuple[str, ...]

    def without_value(self, reason: str) -> "SolvedRate":
        """The same roots, of which none means anything."""
        return replace(self, value=None, reason=reason)


@dataclass(frozen=True)
class Flows:
    """Money out −, money back +, in fen; `rows` are the entries that say so, in the order of the amounts."""

    days: Int
    amounts: Int
    rows: Int

    @property
    def first(self) -> date | None:
        """The day of the first flow."""
        return date.fromordinal(int(self.days.min())) if len(self.days) else None

    def until(self, day: date) -> "Flows":
        """The flows on or before a day."""
        kept = np.flatnonzero(self.days <= day.toordinal())
        return Flows(self.days[kept], self.amounts[kept], self.rows[kept])

    def ending(self, day: date, value: int) -> "Flows":
        """The same with a value at the end, which has no row."""
        return Flows(np.append(self.days, day.toordinal()), np.append(self.amounts, value), self.rows)

    def solve(self) -> SolvedRate:
        """The dated internal rate of return."""
        return polish(xirr(self.days, self.amounts), self.days, self.amounts)


def polish(rate: Rate, days: Int, amounts: Amounts) -> SolvedRate:
    """A rate of some flows with the digits that are printed."""
    # The value is one of the roots, unless all was lost.
    found = {*rate.roots} if rate.value is None else {*rate.roots, rate.value}
    texts = {root: print_rate(polish_rate(root, days, amounts)) for root in found}
    value = None if rate.value is None else texts[rate.value]
    roots = tuple(texts[root] for root in rate.roots)
    return SolvedRate(rate, value, rate.reason if value is None else None, roots)


def rate_figure(code: str, basis: str, solved: SolvedRate, entries: Sequence[str]) -> Figure:
    """A rate as a figure; its roots and status stand in the reading's rows."""
    return Figure(code, basis, solved.value, solved.reason, entries=entries)
