"""The waterfall: a whole fund's distributions run through its tiers, every tier to the fen.

Capital first, then the preferred return, then the manager's catch-up, then the split of the residual.
Carry goes to the manager on top of any stake it holds as a partner. With 让利 the ceding partners give
part of their share of the residual to the receiving ones; capital and preferred return are not touched.
Amounts are int64 fen, positive for the partner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from valuation.attribution import attribute
from valuation.flows import YEAR, Dates, Floats, Ints, number_days

TIERS = ("capital", "preferred", "catch_up", "residual")


@dataclass(frozen=True, slots=True)
class Terms:
    """What the partnership agreement says, as fractions.

    `hurdle` per year (ACT/365) on capital not yet returned, `compound` or simple; `carry` the manager's
    share of the profit; `catch_up` the manager's share of the third tier (1 full, 0 none: carry is then
    on the excess alone); `concession` the part of a ceding partner's residual that it gives up.
    """

    hurdle: float
    compound: bool
    carry: float
    catch_up: float = 1.0
    concession: float = 0.0

    def __post_init__(self) -> None:
        if not self.hurdle >= 0:
            raise ValueError("a hurdle is not negative")
        if not all(0 <= share <= 1 for share in (self.carry, self.catch_up, self.concession)):
            raise ValueError("carry, catch-up and concession are shares from 0 to 1")


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Who got what, per event (e), tier (t, as `TIERS`) and partner (p).

    tiers[e, t] = to_partners[e, t].sum() + carry[e, t], and the tiers of an event with `unallocated`
    (what was distributed before anyone had paid in) make up the distribution. `ceded` is what each
    partner received (+) or gave up (−); `paid` is what it took home.
    """

    days: Ints
    tiers: Ints
    to_partners: Ints
    carry: Ints
    ceded: Ints
    paid: Ints
    unallocated: Ints


class _Account:
    """What is owed as the events pass: capital and preferred return per partner, catch-up in all."""

    def __init__(self, terms: Terms, partners: int) -> None:
        self.terms = terms
        self.contributed = np.zeros(partners, dtype=np.int64)
        self.capital = np.zeros(partners, dtype=np.int64)
        self.preferred: Floats = np.zeros(partners)
        self.preferred_paid = 0
        self.caught_up = 0

    def accrue(self, years: float) -> None:
        if self.terms.compound:
            self.preferred += (self.capital + self.preferred) * ((1 + self.terms.hurdle) ** years - 1)
        else:
            self.preferred += self.capital * self.terms.hurdle * years

    def contribute(self, amounts: Ints) -> None:
        self.contributed += amounts
        self.capital += amounts

    def distribute(self, amount: int) -> tuple[Ints, Ints]:
        """Parts per tier and partner, and carry per tier."""
        to_partners = np.zeros((len(TIERS), len(self.capital)), dtype=np.int64)
        carry = np.zeros(len(TIERS), dtype=np.int64)
        to_partners[0] = self._return_capital(amount)
        amount -= int(to_partners[0].sum())
        to_partners[1] = self._pay_preferred(amount)
        amount -= int(to_partners[1].sum())
        caught = min(amount, self._catch_up_due(amount))
        self.caught_up += caught
        for tier, whole, share in ((2, caught, self.terms.catch_up), (3, amount - caught, self.terms.carry)):
            carry[tier], rest = attribute(whole, [share, 1 - share])
            to_partners[tier] = attribute(int(rest), self.contributed)
        return to_partners, carry

    def _return_capital(self, amount: int) -> Ints:
        due = min(amount, int(self.capital.sum()))
        parts = attribute(due, self.capital)
        self.capital -= parts
        return parts

    def _pay_preferred(self, amount: int) -> Ints:
        owed = int(np.floor(self.preferred.sum() + 0.5))
        parts = attribute(min(amount, owed), self.preferred)
        self.preferred = np.maximum(self.preferred - parts, 0.0) if amount < owed else self.preferred * 0.0
        self.preferred_paid += int(parts.sum())
        return parts

    def _catch_up_due(self, amount: int) -> int:
        """The tier lasts until carry is its share of all profit; a share not above carry never gets there."""
        terms = self.terms
        if terms.catch_up == 0 or terms.carry == 0:
            return 0
        if terms.catch_up <= terms.carry:
            return amount
        whole = terms.carry * self.preferred_paid / (terms.catch_up - terms.carry)
        return max(0, int(np.floor(whole + 0.5)) - self.caught_up)


def waterfall(
    terms: Terms,
    dates: Dates,
    contributions: Ints | Sequence[Sequence[int]],
    distributions: Ints | Sequence[int],
    ceding: Sequence[bool] | None = None,
    receiving: Sequence[bool] | None = None,
) -> Waterfall:
    """Run the events, one row each: what every partner paid in (e × p), then what was distributed (e).

    Events stand by date or are sorted by it. `ceding` and `receiving` mark the partners of a concession;
    without both there is none.
    """
    days = number_days(dates)
    paid_in = np.asarray(contributions, dtype=np.int64)
    given = np.asarray(distributions, dtype=np.int64)
    if paid_in.ndim != 2 or not len(days) == len(paid_in) == len(given):
        raise ValueError("one row of contributions and one distribution per date")
    if (paid_in < 0).any() or (given < 0).any():
        raise ValueError("contributions and distributions are not negative")
    order = np.argsort(days, kind="stable")
    days, paid_in, given = days[order], paid_in[order], given[order]
    partners = paid_in.shape[1]
    account = _Account(terms, partners)
    to_partners = np.zeros((len(days), len(TIERS), partners), dtype=np.int64)
    carry, unallocated = np.zeros((len(days), len(TIERS)), dtype=np.int64), np.zeros_like(given)
    for event, day in enumerate(days):
        account.accrue(float(day - days[max(event - 1, 0)]) / YEAR)
        account.contribute(paid_in[event])
        if account.contributed.any():
            to_partners[event], carry[event] = account.distribute(int(given[event]))
        else:
            unallocated[event] = given[event]
    ceded = _cede(terms.concession, to_partners[:, 3], paid_in, ceding, receiving)
    paid = to_partners.sum(axis=1) + ceded
    return Waterfall(days, to_partners.sum(axis=2) + carry, to_partners, carry, ceded, paid, unallocated)


def _cede(
    concession: float,
    residual: Ints,
    paid_in: Ints,
    ceding: Sequence[bool] | None,
    receiving: Sequence[bool] | None,
) -> Ints:
    """What changes hands per event and partner; it goes to receivers by what they have paid in so far."""
    ceded = np.zeros_like(residual)
    if ceding is None or receiving is None:
        return ceded
    gives, takes = np.asarray(ceding, dtype=bool), np.asarray(receiving, dtype=bool)
    weights = np.cumsum(paid_in, axis=0) * takes
    given = np.floor(residual * gives * concession + 0.5).astype(np.int64)
    given[weights.sum(axis=1) == 0] = 0
    return np.asarray(attribute(given.sum(axis=1), weights) - given)
