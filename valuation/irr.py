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
from valuation.flows import (
    YEAR,
    Amounts,
    Dates,
    Floats,
    Streams,
    net_streams,
    number_days,
    pair_flows,
)
from valuation.halley import CLEAR, LEFT_OVER, PASSES, THIRD
from valuation.rate import EDGE, HIGHEST_FORCE, LOWEST_FORCE, Measure, Rate
from valuation.rates import gather_rates

_REACH = 500.0
_ONES = np.ones(256)
_to_ordinal = date.toordinal


def xirr(dates: Dates, amounts: Amounts) -> Rate:
    """Every annual rate in (−0.999999, 1e4] at which the flows are worth nothing, or why there is none.

    Statuses: `ok`; `multiple_roots` (value None, all in `roots`); `no_root`; `no_sign_change`;
    `total_loss` (−1: no inflow and a flow of 0 on the last day, the remaining value); `no_time_span`;
    `too_few_flows` (fewer than two rows). An amount that is not finite gives `no_root` with reason
    `rate.flow_missing`. Under a year the rate is still annual; see `period_return`.
    """
    force = _solve_sole(dates, amounts)
    if force is not None:
        value = math.expm1(force)
        return Rate(value, "ok", (value,), None)
    days, values = pair_flows(dates, amounts)
    stream = Streams(np.array([0, len(days)]), days, values)
    return gather_rates(*search_streams(stream))[0]


def _solve_sole(dates: Dates, amounts: Amounts) -> float | None:
    """The force of interest of a stream that is proved to have this one only; else None.

    Halley's method and its proofs as in `valuation.halley`, written for one stream: a NumPy call costs as
    much as forty flows.
    """
    if isinstance(dates, np.ndarray) or not len(dates) or not isinstance(dates[0], date):
        days = number_days(dates).tolist()
    else:
        days = list(map(_to_ordinal, dates))  # type: ignore[arg-type]
    flows = amounts.tolist() if isinstance(amounts, np.ndarray) else amounts
    if len(flows) != len(days) or len(days) < 2 or not math.isfinite(sum(flows)):
        return None
    plain = days == sorted(days) and _turns_once(days, flows)
    if not plain:
        days, flows = _net_rows(days, flows)
    elapsed = np.array(days, dtype=np.float64)
    elapsed -= days[0]
    try:
        daily = _descend(elapsed, flows, days[-1] - days[0])
    except (ZeroDivisionError, OverflowError, ValueError):
        return None
    if daily is None or not LOWEST_FORCE + EDGE < daily * YEAR <= HIGHEST_FORCE:
        return None
    return daily * YEAR if plain or _keeps_sign(elapsed, flows, daily) else None


def _turns_once(days: list[int], flows: Sequence[float]) -> bool:
    """Whether outflows give way to inflows for good, and not within one day."""
    # Where the signs do change once, halving finds the place; elsewhere what it finds is refused.
    turn = bisect_right(flows, 0)
    if not 0 < turn < len(flows) or days[turn - 1] == days[turn]:
        return False
    return max(flows[:turn]) <= 0 and min(flows[turn:]) >= 0


def _net_rows(days: list[int], flows: Sequence[float]) -> tuple[list[int], Sequence[float]]:
    """Rows by rising day, one a day."""
    if all(map(lt, days, days[1:])):
        return days, flows
    values = np.array(flows, dtype=np.float64)
    net = net_streams(Streams(np.array([0, len(days)]), np.array(days, dtype=np.int64), values))
    return net.days.tolist(), net.amounts.tolist()


def _keeps_sign(elapsed: Floats, flows: Sequence[float], force: float) -> bool:
    """Whether the account's balance never changes sign before the last flow, so that no other rate exists."""
    worth = np.asarray(flows, dtype=np.float64) * np.exp(elapsed * -force)
    balance, clear = np.add.accumulate(worth)[:-1], CLEAR * float(np.abs(worth).sum())
    return bool(balance.min() > clear or balance.max() < -clear)


def _descend(elapsed: Floats, flows: Sequence[float], span: float) -> float | None:
    """The force of interest in the unit of `elapsed` and `span`, here days."""
    powers = np.empty((6, len(flows)))
    powers[0] = flows
    np.multiply(powers[0], elapsed, out=powers[1])
    np.multiply(powers[1], elapsed, out=powers[2])
    np.abs(powers[:3], out=powers[3:])
    count = len(flows)
    discount: Floats = _ONES[:count] if count <= len(_ONES) else np.ones(count)
    force = 0.0
    for _ in range(PASSES):
        sums: list[float] = powers.dot(discount).tolist()
        net, net_1, net_2, gross, gross_1, gross_2 = sums
        inflow, outflow = gross + net, gross - net
        mean_in, mean_out = (gross_1 + net_1) / inflow, (gross_1 - net_1) / outflow
        level, slope = math.log(inflow / outflow), mean_out - mean_in
        bend = (gross_2 + net_2) / inflow - (gross_2 - net_2) / outflow + slope * (mean_in + mean_out)
        step = level * slope / (0.5 * level * bend - slope * slope)
        force += step
        if abs(level + step * (slope + 0.5 * bend * step)) + THIRD * abs(span * step) ** 3 < LEFT_OVER:
            return force
        if not abs(force) * span < _REACH:
            return None
        discount = np.exp(elapsed * -force)
    return None


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
