"""Verdicts: which streams can have a rate at all, and what to say of the others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from valuation.flows import Ints, Streams
from valuation.rate import Status

Verdict = tuple[Status, str | None]

VERDICTS: tuple[Verdict, ...] = (
    ("ok", None),
    ("multiple_roots", "rate.multiple_roots"),
    ("no_root", "rate.no_root"),
    ("no_root", "rate.root_out_of_range"),
    ("no_root", "rate.flow_missing"),
    ("no_sign_change", "rate.no_sign_change"),
    ("total_loss", "rate.total_loss"),
    ("no_time_span", "rate.no_time_span"),
    ("too_few_flows", "rate.too_few_flows"),
)
"""Status and reason by number; `Rates.verdict` holds the numbers."""
(OK, MULTIPLE, NO_ROOT, OUT_OF_RANGE, MISSING, NO_SIGN_CHANGE, TOTAL_LOSS, NO_TIME_SPAN, TOO_FEW) = range(9)
SOLVABLE = -1
"""No verdict yet: the netted flows have both signs."""


def judge_streams(raw: Streams, net: Streams) -> NDArray[np.int8]:
    """A verdict per stream, or `SOLVABLE`, in the order of precedence of the list below.

    A total loss is a stream without any inflow whose last day says so by a flow of 0: the remaining
    value. Without that 0 nobody has said that nothing is left, and there is no change of sign.
    """
    count = np.diff(raw.starts)
    missing = _count_rows(raw, ~np.isfinite(raw.amounts)) > 0
    same_day = np.diff(net.starts) < 2
    both = (_count_rows(net, net.amounts > 0) > 0) & (_count_rows(net, net.amounts < 0) > 0)
    sunk = (_count_rows(raw, raw.amounts < 0) > 0) & (_count_rows(raw, raw.amounts > 0) == 0)
    worthless = _count_rows(raw, (raw.amounts == 0) & (raw.days == _last_days(raw, net))) > 0
    cases = [count < 2, missing, same_day, both, sunk & worthless]
    choices = [TOO_FEW, MISSING, NO_TIME_SPAN, SOLVABLE, TOTAL_LOSS]
    return np.select(cases, choices, NO_SIGN_CHANGE).astype(np.int8)


def _count_rows(streams: Streams, which: NDArray[np.bool_]) -> Ints:
    return np.bincount(streams.row_ids()[which], minlength=len(streams))


def _last_days(raw: Streams, net: Streams) -> Ints:
    """Each raw row's last day of its stream; the netted rows end with it."""
    some = np.diff(net.starts) > 0
    last = np.zeros(len(net), dtype=np.int64)
    last[some] = net.days[net.starts[1:][some] - 1]
    return last[raw.row_ids()]


def judge_counts(roots: Ints, strayed: NDArray[np.bool_]) -> NDArray[np.int8]:
    """The verdict that a complete count of roots in range amounts to."""
    none = np.where(strayed, OUT_OF_RANGE, NO_ROOT)
    return np.select([roots == 1, roots > 1], [OK, MULTIPLE], none).astype(np.int8)
