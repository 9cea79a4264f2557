"""The dated internal rate of return of one stream of flows.

Sign convention throughout: money paid in is negative, money received positive, a remaining value stands
as a last positive flow. Σ CF·(1 + r)^−((d − d₁)/365) = 0, d₁ the earliest date (ACT/365F, as Excel's
XIRR). Flows of one day may be netted; order does not matter.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from operator import lt

import numpy as np

from valuation.batch import search_streams
from valuation.descent import SHORT, descend_long, descend_short
from valuation.flows import (
    YEAR,
    Amounts,
    Dates,
    Floats,
    Ints,
    Streams,
    net_streams,
    number_days,
    pair_flows,
)
from valuation.halley import CLEAR
from valuation.rate import EDGE, HIGHEST_FORCE, LOWEST_FORCE, Measure, Rate
from valuation.rates import gather_rates

MANY = 1000
"""Rows of one stream above which most share their days with others."""
_to_ordinal = date.toordinal


def xirr(dates: Dates, amounts: Amounts) -> Rate:
    """Every annual rate in (−0.999999, 1e4] at which the flows are worth nothing, or why there is none.

    Statuses: `ok`; `multiple_roots` (value None, all in `roots`); `no_root`; `no_sign_change`;
    `total_loss` (−1: no inflow and a flow of 0 on the last day, the remaining value); `no_time_span`;
    `too_few_flows` (fewer than two rows). An amount that is not finite gives `no_root` with reason
    `rate.flow_missing`. Under a year the rate is still annual; see `period_return`.
    """
    if isinstance(dates, np.ndarray) and isinstance(amounts, np.ndarray) and len(dates) > MANY:
        force = _solve_many(*pair_flows(dates, amounts))
    else:
        force = _solve_sole(dates, amounts)
    if force is not None:
        value = math.expm1(force)
        return Rate(value, "ok", (value,), None)
    days, values = pair_flows(dates, amounts)
    stream = Streams(np.array([0, len(days)]), days, values)
    return gather_rates(*search_streams(stream))[0]


def _solve_sole(dates: Dates, amounts: Amounts) -> float | None:
    """The force of interest of a stream that is proved to have this one only; else None."""
    if type(dates) is not list or not dates or not isinstance(dates[0], date):
        days = number_days(dates).tolist()
    else:
        days = list(map(_to_ordinal, dates))
    flows = amounts.tolist() if isinstance(amounts, np.ndarray) else amounts
    count = len(flows)
    if count != len(days) or count < 2:
        return None
    # Where the signs do change once, halving finds the place; elsewhere what it finds is refused.
    turn = bisect_right(flows, 0)
    try:
        if not (0 < turn < count and _turns_once(days, flows, turn)):
            daily = _descend_mixed(days, flows)
        elif count <= SHORT:
            daily = descend_short(days, flows, turn)
        else:
            daily = descend_long(days, flows, days[turn - 1] - days[0], days[-1] - days[turn])
    except (ZeroDivisionError, OverflowError, ValueError):
        return None
    return _limit_force(daily)


def _solve_many(days: Ints, flows: Floats) -> float | None:
    """The same of very many rows: those of one day are added up before anything is made a list of."""
    turn, later = bisect_right(flows, 0), days[1:] - days[:-1]
    in_order = 0 < turn < len(days) and later[turn - 1] > 0 and later.min() >= 0
    if in_order and flows[:turn].max() <= 0 and flows[turn:].min() >= 0:
        return _solve_sole(days, flows)
    net = net_streams(Streams(np.array([0, len(days)]), days, flows))
    try:
        return _limit_force(_descend_mixed(net.days.tolist(), net.amounts.tolist()))
    except (ZeroDivisionError, OverflowError, ValueError):
        return None


def _limit_force(daily: float | None) -> float | None:
    """The force a year of a daily one that lies in the range."""
    if daily is None or not LOWEST_FORCE + EDGE < daily * YEAR <= HIGHEST_FORCE:
        return None
    return daily * YEAR


def _turns_once(days: list[int], flows: Sequence[float], turn: int) -> bool:
    """Whether days rise and outflows give way to inflows at this row for good, and not within one day."""
    if days != sorted(days) or days[turn - 1] == days[turn]:
        return False
    return max(flows[:turn]) <= 0 and min(flows[turn:]) >= 0


def _descend_mixed(days: list[int], flows: Sequence[float]) -> float | None:
    """A force at which the account's balance never changes sign before the last flow: there is no other."""
    if not math.isfinite(sum(flows)):
        return None
    days, flows = _net_rows(days, flows)
    span = days[-1] - days[0]
    force = descend_long(days, flows, span, span)
    if force is None:
        return None
    worth = np.asarray(flows, dtype=np.float64) * np.exp((np.array(days) - days[0]) * -force)
    balance, clear = np.add.accumulate(worth)[:-1], CLEAR * float(np.abs(worth).sum())
    return force if balance.min() > clear or balance.max() < -clear else None


def _net_rows(days: list[int], flows: Sequence[float]) -> tuple[list[int], Sequence[float]]:
    """Rows by rising day, one a day."""
    if all(map(lt, days, days[1:])):
        return days, flows
    values = np.array(flows, dtype=np.float64)
    net = net_streams(Streams(np.array([0, len(days)]), np.array(days, dtype=np.int64), values))
    return net.days.tolist(), net.amounts.tolist()


def xnpv(rate: float, dates: Dates, amounts: Amounts) -> float:
    """Value on the earliest date of dated flows at an annual rate above −1; NaN where an amount is."""
    if not rate > -1:
        raise ValueError("a rate of discount is above -1")
    days, values = pair_flows(dates, amounts)
    if not len(days):
        return 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        discount = np.exp(-math.log1p(rate) * ((days - days.min()) / YEAR))
        return float(np.sum(values * discount))


def period_return(rate: Rate, days: int) -> Measure:
    """What an annual rate comes to over the days it was earned in, (1 + r)^(n/365) − 1, not annualised.

    GIPS asks for it under a year. Reason: the rate's own, or `rate.no_time_span`.
    """
    if rate.value is None:
        return Measure(None, rate.reason)
    if days <= 0:
        return Measure(None, "rate.no_time_span")
    return Measure((1.0 + rate.value) ** (days / YEAR) - 1.0, None)
