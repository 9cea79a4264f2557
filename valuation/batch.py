"""Dated rates of many streams at once: the quick way where it is proved, the full search for the rest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from valuation.blocks import cut_blocks
from valuation.flows import Amounts, Dates, Floats, Ints, Streams, find_untidy, lay_out, net_streams
from valuation.halley import find_roots
from valuation.rate import EDGE, HIGHEST_FORCE, HIGHEST_RATE, LOWEST_FORCE
from valuation.rates import Rates, gather_rates
from valuation.scan import find_all_roots
from valuation.verdicts import OK, OUT_OF_RANGE, SOLVABLE, judge_counts, judge_streams


def xirr_many(starts: Sequence[int] | Ints, days: Dates, amounts: Amounts) -> Rates:
    """`xirr` of N ragged streams: stream i is rows starts[i] up to starts[i + 1] of `days` and `amounts`.

    Same answers as `xirr`, stream by stream, for rows in any order within a stream. A stream whose
    signs change once, or whose balance at the rate found never changes sign, has no other rate; only
    the others are searched throughout.
    """
    streams = lay_out(starts, days, amounts)
    force, sole = _find_sole_roots(streams)
    inside = sole & (force > LOWEST_FORCE + EDGE) & (force <= HIGHEST_FORCE + EDGE)
    verdict = np.where(inside, OK, OUT_OF_RANGE).astype(np.int8)
    owners = np.flatnonzero(inside)
    roots = np.minimum(np.expm1(force[owners]), HIGHEST_RATE)
    rest = np.flatnonzero(~sole)
    if len(rest):
        verdict[rest], more_owners, more_roots = search_streams(streams.select(rest))
        owners = np.concatenate([owners, rest[more_owners]])
        roots = np.concatenate([roots, more_roots])
    return gather_rates(verdict, owners, roots)


def _find_sole_roots(streams: Streams) -> tuple[Floats, NDArray[np.bool_]]:
    """Force of interest per stream and whether it is proved to be the only root."""
    force, sole = np.full(len(streams), np.nan), np.zeros(len(streams), dtype=bool)
    filled = np.diff(streams.starts) > 0
    untidy = find_untidy(streams)
    filled[untidy] = False
    netted = net_streams(streams.select(untidy))
    every = np.arange(len(untidy), dtype=np.int64)
    parts = ((streams, np.flatnonzero(filled), np.arange(len(streams))), (netted, every, untidy))
    for layout, ids, names in parts:
        for block, scratch in cut_blocks(layout, ids):
            found = find_roots(block, scratch)
            force[names[block.ids]], sole[names[block.ids]] = found.force, found.sole
    return force, sole


def search_streams(raw: Streams) -> tuple[NDArray[np.int8], Ints, Floats]:
    """Verdict per stream by the full search, with every root in range and the stream that owns it."""
    net = net_streams(raw) if len(find_untidy(raw)) else raw
    verdict = judge_streams(raw, net)
    owners: list[Ints] = [np.empty(0, dtype=np.int64)]
    roots: list[Floats] = [np.empty(0)]
    for block, _ in cut_blocks(net, np.flatnonzero(verdict == SOLVABLE)):
        found = find_all_roots(block.years, block.amounts)
        counts = np.bincount(found.column, minlength=len(block.ids))
        verdict[block.ids] = judge_counts(counts, found.strayed)
        owners.append(block.ids[found.column])
        roots.append(found.rate)
    return verdict, np.concatenate(owners), np.concatenate(roots)
