"""Rates: the answers for many streams at once, held as arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valuation.flows import Floats, Ints
from valuation.rate import Rate, Status
from valuation.verdicts import TOTAL_LOSS, VERDICTS


@dataclass(frozen=True, slots=True)
class Rates:
    """One `Rate` per stream, as arrays: `rates[i]` is what `xirr` gives for stream i.

    `value` is NaN where there is none; `verdict` indexes `VERDICTS`; the roots of stream i are
    roots[root_starts[i]:root_starts[i + 1]], ascending.
    """

    value: Floats
    verdict: NDArray[np.int8]
    root_starts: Ints
    roots: Floats

    def __len__(self) -> int:
        return len(self.value)

    def __getitem__(self, i: int) -> Rate:
        if not 0 <= i < len(self):
            raise IndexError(i)
        status, reason = VERDICTS[self.verdict[i]]
        value = float(self.value[i])
        roots = self.roots[self.root_starts[i] : self.root_starts[i + 1]].tolist()
        return Rate(None if value != value else value, status, tuple(roots), reason)

    def __iter__(self) -> Iterator[Rate]:
        return (self[i] for i in range(len(self)))

    @property
    def status(self) -> list[Status]:
        """The status of each stream, in words."""
        return [VERDICTS[number][0] for number in self.verdict.tolist()]


def gather_rates(verdict: NDArray[np.int8], owners: Ints, roots: Floats) -> Rates:
    """Rates from a verdict per stream and the roots found, each with the stream that owns it."""
    counts = np.bincount(owners, minlength=len(verdict))
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    single = counts[owners] == 1
    value = np.where(verdict == TOTAL_LOSS, -1.0, np.nan)
    value[owners[single]] = roots[single]
    laid = np.empty(len(roots))
    laid[starts[owners[single]]] = roots[single]
    several = np.flatnonzero(~single)
    order = several[np.lexsort((roots[several], owners[several]))]
    laid[np.repeat(counts > 1, counts)] = roots[order]
    return Rates(value, verdict, starts, laid)
