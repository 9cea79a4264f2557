"""Halley's method on one stream, without a search: in plain floats if it is short, else by one product a pass.

The equation, its derivatives and the proof that a step is the last are those of `valuation.halley`. Where
no payment is made after the first receipt, the times of payments and of receipts lie in ranges of their
own, A and B, so the bound on the third term is (A³ + B³)·|h|³ / (36√3): far below that over the whole span.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log, sqrt
from struct import pack_into

import numpy as np

from valuation.flows import YEAR
from valuation.halley import LEFT_OVER, PASSES

SHORT = 24
"""Up to this many flows plain floats are quicker: a NumPy call costs as much as five flows, a pass takes four."""
_NEAR = 1e-12 / YEAR
_REACH = 500.0
_THIRD = 1.0 / (36.0 * sqrt(3.0))
_ONES = np.ones(256)
_multiply, _absolute, _exp = np.multiply, np.absolute, np.exp


def descend_short(days: list[int], flows: Sequence[float], turn: int) -> float | None:
    """The daily force of interest of a stream that pays before row `turn` and receives from there on."""
    # Floats throughout, and each side apart: mixed arithmetic and signs to look at cost as much as the sums.
    first = float(days[0])
    times = [day - first for day in days]
    paid = list(zip(times, flows[:turn], strict=False))
    back = list(zip(times[turn:], flows[turn:], strict=False))
    paying, receiving = times[turn - 1], times[-1] - times[turn]
    third = _THIRD * (paying * paying * paying + receiving * receiving * receiving)
    out, into = sum(flows[:turn]), sum(flows[turn:])
    out_1 = out_2 = into_1 = into_2 = force = 0.0
    for time, flow in paid:
        flow *= time
        out_1 += flow
        out_2 += flow * time
    for time, flow in back:
        flow *= time
        into_1 += flow
        into_2 += flow * time
    for _ in range(PASSES):
        mean_in, mean_out = into_1 / into, out_1 / out
        level, slope = log(-into / out), mean_out - mean_in
        bend = into_2 / into - out_2 / out + slope * (mean_in + mean_out)
        step = level * slope / (0.5 * level * bend - slope * slope)
        force += step
        if abs(level + step * (slope + 0.5 * bend * step)) + third * abs(
            step * step * step
        ) < LEFT_OVER + _NEAR * abs(slope):
            return force
        if not abs(force) * times[-1] < _REACH:
            return None
        fall = -force
        out = out_1 = out_2 = into = into_1 = into_2 = 0.0
        for time, flow in paid:
            flow *= exp(fall * time)
            out += flow
            flow *= time
            out_1 += flow
            out_2 += flow * time
        for time, flow in back:
            flow *= exp(fall * time)
            into += flow
            flow *= time
            into_1 += flow
            into_2 += flow * time
    return None


def descend_long(days: list[int], flows: Sequence[float], paying: int, receiving: int) -> float | None:
    """A daily force of interest at which a stream by rising day is worth nothing; its signs may alternate."""
    count, span = len(flows), days[-1] - days[0]
    third = _THIRD * (paying * paying * paying + receiving * receiving * receiving)
    rows = np.empty((7, count))
    pack_into(f"{2 * count}d", rows, 0, *days, *flows)  # type: ignore[arg-type]  # an array is a buffer
    elapsed, moment = rows[0], rows[2]
    # Counted from one: an amount that is infinite is not multiplied by 0, which would warn.
    elapsed -= days[0] - 1
    _multiply(rows[1], elapsed, moment)
    _multiply(moment, elapsed, rows[3])
    _absolute(rows[1:4], rows[4:])
    product = rows[1:].dot
    discount = _ONES[:count] if count <= len(_ONES) else np.ones(count)
    force = 0.0
    for _ in range(PASSES):
        sums: list[float] = product(discount).tolist()
        net, net_1, net_2, gross, gross_1, gross_2 = sums
        into, out = gross + net, gross - net
        mean_in, mean_out = (gross_1 + net_1) / into, (gross_1 - net_1) / out
        level, slope = log(into / out), mean_out - mean_in
        bend = (gross_2 + net_2) / into - (gross_2 - net_2) / out + slope * (mean_in + mean_out)
        step = level * slope / (0.5 * level * bend - slope * slope)
        force += step
        if abs(level + step * (slope + 0.5 * bend * step)) + third * abs(
            step * step * step
        ) < LEFT_OVER + _NEAR * abs(slope):
            return force
        if not abs(force) * span < _REACH:
            return None
        discount = _exp(elapsed * -force)
    return None
