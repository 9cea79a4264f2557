"""Rates of flows at equal steps; the one room where numpy-financial is used, and its silences answered.

`numpy_financial.irr` gives one of several roots without a word and NaN where it finds none, and `mirr`
gives NaN: here both end as a `Rate` with its status. An annual rate is (1 + q)^m − 1, not m·q.
"""

from __future__ import annotations

import numpy as np
import numpy_financial as npf

from valuation.flows import Amounts, Streams, float_amounts
from valuation.rate import Rate, judge_roots, refuse_rate
from valuation.scan import find_all_roots
from valuation.verdicts import SOLVABLE, VERDICTS, judge_streams


def irr_periodic(values: Amounts) -> Rate:
    """Every rate per step in (−0.999999, 1e4] with Σ v_k·(1 + q)^−k = 0; statuses as in `xirr`."""
    flows = float_amounts(values)
    refused = _refuse(flows)
    if refused is not None:
        return refused
    steps = np.arange(len(flows), dtype=np.float64)
    found = find_all_roots(steps[:, None], flows[:, None])
    return judge_roots(found.rate.tolist(), bool(found.strayed[0]))


def npv_periodic(rate: float, values: Amounts) -> float:
    """Σ v_k·(1 + q)^−k, the first value undiscounted; the rate above −1."""
    if not rate > -1:
        raise ValueError("a rate of discount is above -1")
    with np.errstate(all="ignore"):
        return float(npf.npv(rate, float_amounts(values)))


def mirr(values: Amounts, finance_rate: float, reinvest_rate: float) -> Rate:
    """Modified rate per step: outflows discounted at one rate, inflows carried on at another.

    One number for streams with several rates. Statuses as in `xirr`, without several roots; reason
    `rate.mirr_undefined` where the two rates give no number.
    """
    flows = float_amounts(values)
    refused = _refuse(flows)
    if refused is not None:
        return refused
    with np.errstate(all="ignore"):
        rate = float(npf.mirr(flows, finance_rate, reinvest_rate))
    if not np.isfinite(rate):
        return refuse_rate("no_root", "rate.mirr_undefined")
    return judge_roots([rate], strayed=False)


def _refuse(flows: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Rate | None:
    steps = np.arange(len(flows), dtype=np.int64)
    stream = Streams(np.array([0, len(flows)], dtype=np.int64), steps, flows)
    verdict = int(judge_streams(stream, stream)[0])
    if verdict == SOLVABLE:
        return None
    status, reason = VERDICTS[verdict]
    return refuse_rate(status, reason)
