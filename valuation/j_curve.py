"""The J-curve: how an investor's position, multiple and rate since inception moved from date to date."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuation.batch import xirr_many
from valuation.flows import Amounts, Dates, Floats, Ints, float_amounts, number_days, pair_flows
from valuation.rate import Measure, Rate, measure_ratio, refuse_rate


@dataclass(frozen=True, slots=True)
class JPoint:
    """The position on one date: amounts since inception, and what they amount to with the NAV."""

    day: int
    paid_in: float
    distributed: float
    net: float
    nav: float | None
    tvpi: Measure
    rate: Rate


@dataclass(frozen=True, slots=True)
class JCurve:
    """Points by rising date (days since 1970-01-01), and the deepest one (None without points)."""

    points: tuple[JPoint, ...]
    trough: JPoint | None


def j_curve(dates: Dates, amounts: Amounts, nav_dates: Dates, navs: Amounts) -> JCurve:
    """Cumulative net flow, TVPI and rate since inception at each NAV date.

    `amounts` are signed for the investor (paid in −, received +), rows of one day not netted; a NAV is
    taken after the flows of its day, and NaN where none is known (reasons `multiple.no_nav`,
    `rate.no_nav`). A point before the first flow has `multiple.no_paid_in` and `too_few_flows`.
    """
    days, flows = pair_flows(dates, amounts)
    nav_days, values = pair_flows(nav_dates, navs)
    order, rank = np.argsort(days, kind="stable"), np.argsort(nav_days, kind="stable")
    days, flows, nav_days, values = days[order], flows[order], nav_days[rank], values[rank]
    ends = np.searchsorted(days, nav_days, side="right")
    paid = np.concatenate([[0.0], np.cumsum(np.maximum(-flows, 0.0))])[ends]
    received = np.concatenate([[0.0], np.cumsum(np.maximum(flows, 0.0))])[ends]
    rates = _rate_each(days, flows, ends, nav_days, values)
    points = [
        _describe(day, c, d, value, rate)
        for day, c, d, value, rate in zip(
            nav_days.tolist(), paid.tolist(), received.tolist(), values.tolist(), rates, strict=True
        )
    ]
    return JCurve(tuple(points), min(points, key=lambda p: p.net, default=None))


def _rate_each(days: Ints, flows: Floats, ends: Ints, nav_days: Ints, values: Floats) -> list[Rate]:
    """The rate since inception at each point: the flows so far, and the NAV as the last."""
    streams_days = [np.append(days[:end], day) for end, day in zip(ends, nav_days, strict=True)]
    streams_flows = [np.append(flows[:end], nav) for end, nav in zip(ends, values, strict=True)]
    starts = np.concatenate([[0], np.cumsum(ends + 1)]).astype(np.int64)
    every_day = np.concatenate([number_days([]), *streams_days])
    return list(xirr_many(starts, every_day, np.concatenate([float_amounts([]), *streams_flows])))


def _describe(day: int, paid_in: float, distributed: float, value: float, rate: Rate) -> JPoint:
    nav = None if value != value else value
    total = None if nav is None else distributed + nav
    return JPoint(
        day=day,
        paid_in=paid_in,
        distributed=distributed,
        net=distributed - paid_in,
        nav=nav,
        tvpi=measure_ratio(total, paid_in, "multiple.no_nav" if nav is None else "multiple.no_paid_in"),
        rate=refuse_rate("no_root", "rate.no_nav") if nav is None else rate,
    )
