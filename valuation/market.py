"""Public market equivalents: what the same money would have done in an index.

Contributions and distributions are positive magnitudes on their dates, kept apart and never netted
within a day; NAV is a positive magnitude on `nav_date`. A flow takes the last index level on or before
its date. Levels matter only as ratios, so any scale will do; the index should be one of total return.
Formulas: Kaplan and Schoar (2005), Long and Nickels (1996), Rouvinez (2003) for PME+, Gredil, Griffiths
and Stucke (2014) for Direct Alpha.

Reasons: `market.no_nav`, `market.index_missing` (no level on or before a date), `market.index_not_positive`,
`market.flow_after_nav`, `market.flow_missing`, `market.no_contributions`, `market.no_distributions`,
`market.negative_nav` and `market.negative_scale` (the fund did so much better than the index that the
method breaks down).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from valuation.flows import Amounts, Dates, Floats, Ints, float_amounts, number_days
from valuation.irr import xirr
from valuation.rate import Measure, Rate, measure_rate, measure_ratio, refuse_rate


@dataclass(frozen=True, slots=True)
class _Carried:
    """A fund's flows beside the factors I_T / I_t that carry each to the date of the NAV."""

    days: Ints
    paid: Floats
    received: Floats
    factors: Floats
    nav_day: int
    nav: float

    @property
    def paid_later(self) -> float:
        return float(np.sum(self.paid * self.factors))

    @property
    def received_later(self) -> float:
        return float(np.sum(self.received * self.factors))

    def solve(self, paid: Floats, received: Floats, nav: float) -> Rate:
        """The rate of other contributions, distributions and NAV on the same dates."""
        days = np.concatenate([self.days, self.days, [self.nav_day]])
        return xirr(days, np.concatenate([-paid, received, [nav]]))

    def own_rate(self) -> Rate:
        return self.solve(self.paid, self.received, self.nav)


def _carry(
    dates: Dates,
    contributions: Amounts,
    distributions: Amounts,
    nav_date: date | int,
    nav: float | None,
    index_dates: Dates,
    index_levels: Amounts,
) -> _Carried | str:
    """The flows carried to the date of the NAV, or the reason why they cannot be."""
    if nav is None:
        return "market.no_nav"
    days, paid, received = number_days(dates), float_amounts(contributions), float_amounts(distributions)
    if not days.shape == paid.shape == received.shape:
        raise ValueError("one contribution and one distribution per date")
    nav_day = int(number_days([nav_date])[0])  # type: ignore[arg-type]
    if (days > nav_day).any():
        return "market.flow_after_nav"
    if not (np.isfinite(paid).all() and np.isfinite(received).all() and math.isfinite(nav)):
        return "market.flow_missing"
    levels = _read_index(np.append(days, nav_day), number_days(index_dates), float_amounts(index_levels))
    if isinstance(levels, str):
        return levels
    return _Carried(days, paid, received, levels[-1] / levels[:-1], nav_day, nav)


def _read_index(days: Ints, index_days: Ints, index_levels: Floats) -> Floats | str:
    """The last level on or before each day; of two levels on one day, the one given later."""
    if index_days.shape != index_levels.shape:
        raise ValueError("one index level per date")
    order = np.argsort(index_days, kind="stable")
    at = np.searchsorted(index_days[order], days, side="right") - 1
    if (at < 0).any():
        return "market.index_missing"
    levels = index_levels[order][at]
    return levels if (levels > 0).all() and np.isfinite(levels).all() else "market.index_not_positive"


def ks_pme(
    dates: Dates, contributions: Amounts, distributions: Amounts, nav_date: date | int, nav: float | None,
    index_dates: Dates, index_levels: Amounts,
) -> Measure:  # fmt: skip
    """KS-PME = (Σ D·I_T/I_t + NAV) ÷ Σ C·I_T/I_t; above 1 the fund did better than the index."""
    flows = _carry(dates, contributions, distributions, nav_date, nav, index_dates, index_levels)
    if isinstance(flows, str):
        return Measure(None, flows)
    return measure_ratio(flows.received_later + flows.nav, flows.paid_later, "market.no_contributions")


@dataclass(frozen=True, slots=True)
class LongNickels:
    """LN-PME: the index account's NAV, the rate it solves to, and that rate where it means something.

    `spread` is the fund's own rate less `rate`.
    """

    nav: Measure
    solved: Rate
    rate: Measure
    spread: Measure


def long_nickels(
    dates: Dates, contributions: Amounts, distributions: Amounts, nav_date: date | int, nav: float | None,
    index_dates: Dates, index_levels: Amounts,
) -> LongNickels:  # fmt: skip
    """NAV* = Σ (C − D)·I_T/I_t, and the rate of the same flows with NAV* in the NAV's place.

    NAV* below 0 means the account was sold short: rate and spread are then not meaningful, the solved
    rate with all its roots stands for the record.
    """
    flows = _carry(dates, contributions, distributions, nav_date, nav, index_dates, index_levels)
    if isinstance(flows, str):
        nothing = Measure(None, flows)
        return LongNickels(nothing, refuse_rate("no_root", flows), nothing, nothing)
    account = flows.paid_later - flows.received_later
    solved = flows.solve(flows.paid, flows.received, account)
    rate = Measure(None, "market.negative_nav") if account < 0 else measure_rate(solved)
    return LongNickels(Measure(account, None), solved, rate, _spread(flows.own_rate(), rate))


@dataclass(frozen=True, slots=True)
class PmePlus:
    """PME+: the scale λ, the rate it solves to, and that rate where it means something, with the spread."""

    scale: Measure
    solved: Rate
    rate: Measure
    spread: Measure


def pme_plus(
    dates: Dates, contributions: Amounts, distributions: Amounts, nav_date: date | int, nav: float | None,
    index_dates: Dates, index_levels: Amounts,
) -> PmePlus:  # fmt: skip
    """λ = (FV(C) − NAV) ÷ FV(D), and the rate with distributions scaled by λ and the NAV kept.

    Without distributions there is nothing to scale; a λ below 0 is not meaningful.
    """
    flows = _carry(dates, contributions, distributions, nav_date, nav, index_dates, index_levels)
    if isinstance(flows, str) or not flows.received_later > 0:
        reason = flows if isinstance(flows, str) else "market.no_distributions"
        nothing = Measure(None, reason)
        return PmePlus(nothing, refuse_rate("no_root", reason), nothing, nothing)
    scale = (flows.paid_later - flows.nav) / flows.received_later
    solved = flows.solve(flows.paid, scale * flows.received, flows.nav)
    rate = Measure(None, "market.negative_scale") if scale < 0 else measure_rate(solved)
    return PmePlus(Measure(scale, None), solved, rate, _spread(flows.own_rate(), rate))


@dataclass(frozen=True, slots=True)
class DirectAlpha:
    """Direct Alpha: the annual rate a of the carried flows, and ln(1 + a)."""

    annual: Rate
    log: Measure


def direct_alpha(
    dates: Dates, contributions: Amounts, distributions: Amounts, nav_date: date | int, nav: float | None,
    index_dates: Dates, index_levels: Amounts,
) -> DirectAlpha:  # fmt: skip
    """The rate of C·I_T/I_t and D·I_T/I_t on their own dates, with the NAV at the end."""
    flows = _carry(dates, contributions, distributions, nav_date, nav, index_dates, index_levels)
    if isinstance(flows, str):
        return DirectAlpha(refuse_rate("no_root", flows), Measure(None, flows))
    annual = flows.solve(flows.paid * flows.factors, flows.received * flows.factors, flows.nav)
    if annual.status != "ok":
        return DirectAlpha(annual, Measure(None, annual.reason))
    return DirectAlpha(annual, Measure(math.log1p(annual.roots[0]), None))


def _spread(own: Rate, other: Measure) -> Measure:
    """The fund's rate less the other; the reason of whichever is missing."""
    if own.value is None or other.value is None:
        return Measure(None, own.reason if own.value is None else other.reason)
    return Measure(own.value - other.value, None)
