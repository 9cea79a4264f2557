"""Pooled returns: the flows of several funds merged into one stream, never an average of their rates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from valuation.batch import xirr_many
from valuation.flows import Amounts, Dates, Ints, lay_out
from valuation.rates import Rates


def pooled(
    groups: Sequence[int] | Ints,
    starts: Sequence[int] | Ints,
    days: Dates,
    amounts: Amounts,
    time_zero: bool = False,
) -> Rates:
    """One rate per group of streams: group g holds the streams with groups[i] == g, from 0 upwards.

    The streams are laid out as for `xirr_many`, each with its NAV as last flow. With `time_zero` every
    stream is moved to begin on the same day, so that vintage does not matter. A group without streams
    is `too_few_flows`.
    """
    streams = lay_out(starts, days, amounts)
    members = np.asarray(groups, dtype=np.int64)
    if members.shape != (len(streams),) or (members < 0).any():
        raise ValueError("one group number from 0 upwards per stream")
    row_days = streams.days
    if time_zero and len(row_days):
        filled = np.flatnonzero(np.diff(streams.starts))
        first = np.zeros(len(streams), dtype=np.int64)
        first[filled] = np.minimum.reduceat(row_days, streams.starts[filled])
        row_days = row_days - first[streams.row_ids()]
    of_row = members[streams.row_ids()]
    order = np.argsort(of_row, kind="stable")
    counts = np.bincount(of_row, minlength=int(members.max(initial=-1)) + 1)
    bounds = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return xirr_many(bounds, row_days[order], streams.amounts[order])
