"""The common polishing step: the nine digits of a rate that are printed, whichever way it was found.

Two ways of solving differ in the last bits, and now and then those decide the ninth digit. Here the
digit is decided by the flows alone: by the sign of the net present value on the borders between one
printed number and the next.
"""

from __future__ import annotations

import math
from decimal import Context, Decimal

import numpy as np

from valuation.flows import YEAR, Amounts, Dates, Streams, net_streams, pair_flows

_DIGITS = 9
_SHORT = Context(prec=_DIGITS)
_FINEST = Decimal("1e-14")
"""Digits below this are rounding, whatever their number."""


def polish_rate(rate: float, dates: Dates, amounts: Amounts) -> float:
    """The number of nine significant digits nearest to the root of the dated flows that lies at `rate`.

    A rate that is no crossing of 0 (a touch, −1 for a total loss) is rounded as it stands.
    """
    days, values = pair_flows(dates, amounts)
    net = net_streams(Streams(np.array([0, len(days)], dtype=np.int64), days, values))
    years = ((net.days - net.days[:1]) / YEAR).tolist()
    return _polish(rate, years, net.amounts.tolist())


def _polish(rate: float, years: list[float], flows: list[float]) -> float:
    middle = _SHORT.create_decimal(Decimal(rate))
    unit = max(_FINEST, Decimal(1).scaleb(middle.adjusted() - _DIGITS + 1))
    middle = middle.quantize(unit)
    for printed in (middle, middle - unit, middle + unit):
        low, high = float(printed - unit / 2), float(printed + unit / 2)
        if low > -1 and _is_positive(low, years, flows) != _is_positive(high, years, flows):
            return float(printed) + 0.0
    return float(middle) + 0.0


def _is_positive(rate: float, years: list[float], flows: list[float]) -> bool:
    force = math.log1p(rate)
    anchor = years[-1] if force < 0 else 0.0
    return math.fsum(f * math.exp(-force * (t - anchor)) for t, f in zip(years, flows, strict=True)) > 0
