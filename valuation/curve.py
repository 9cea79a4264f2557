"""The curve g(x) = ln P − ln N of each stream: where inflows outweigh outflows at force of interest x.

Where the exponent is large, P and N are taken relative to the flow of their own sign that dominates (the
first for x ≥ 0, the last for x < 0), so that none overflows and no sum is 0, however long the stream.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valuation.flows import Floats, Ints

CELLS = 1 << 16
_REACH = 300.0


@dataclass(frozen=True, slots=True)
class Points:
    """What is known of the curve at points: ln P and ln N, and the mean times of in- and outflows.

    The mean times are −d ln P / dx and −d ln N / dx; both fall as x grows, since ln P and ln N are convex.
    """

    column: Ints
    force: Floats
    log_in: Floats
    log_out: Floats
    mean_in: Floats
    mean_out: Floats

    @property
    def level(self) -> Floats:
        """g, above 0 where inflows outweigh; |XNPV| ≤ ε·Σ|flow| is |g| ≤ 2ε."""
        return self.log_in - self.log_out

    @property
    def slope(self) -> Floats:
        """g′."""
        return self.mean_out - self.mean_in

    def take(self, which: Ints | NDArray[np.bool_]) -> Points:
        """Some of the points."""
        return Points(
            self.column[which],
            self.force[which],
            self.log_in[which],
            self.log_out[which],
            self.mean_in[which],
            self.mean_out[which],
        )


def join_points(pieces: list[Points]) -> Points:
    """Points one after another."""
    return Points(
        np.concatenate([p.column for p in pieces]),
        np.concatenate([p.force for p in pieces]),
        np.concatenate([p.log_in for p in pieces]),
        np.concatenate([p.log_out for p in pieces]),
        np.concatenate([p.mean_in for p in pieces]),
        np.concatenate([p.mean_out for p in pieces]),
    )


class Curves:
    """The curves of columns that each have an inflow and an outflow; amounts of any size."""

    def __init__(self, years: Floats, amounts: Floats) -> None:
        self.years = years
        self.sizes = amounts / np.abs(amounts).max(axis=0)
        incoming, outgoing, never = amounts > 0, amounts < 0, np.inf
        self._first_in = np.where(incoming, years, never).min(axis=0)
        self._first_out = np.where(outgoing, years, never).min(axis=0)
        self._last_in = np.where(incoming, years, -never).max(axis=0)
        self._last_out = np.where(outgoing, years, -never).max(axis=0)
        self.ends = np.maximum(self._last_in, self._last_out)

    def starts_in(self) -> NDArray[np.bool_]:
        """Columns whose first flow is an inflow: the sign of g beyond the highest root."""
        return np.asarray(self._first_in < self._first_out)

    def ends_in(self) -> NDArray[np.bool_]:
        """Columns whose last flow is an inflow: the sign of g below the lowest root."""
        return np.asarray(self._last_in > self._last_out)

    def look(self, column: Ints, force: Floats) -> Points:
        """The curve at each (column, force), a cacheful at a time."""
        width = max(1, CELLS // len(self.years))
        if len(column) <= width:
            return self._look(column, force)
        cuts = range(0, len(column), width)
        return join_points([self._look(column[i : i + width], force[i : i + width]) for i in cuts])

    def _look(self, column: Ints, force: Floats) -> Points:
        every = len(column) == self.years.shape[1] and bool((column[1:] > column[:-1]).all())
        years = self.years if every else self.years.take(column, axis=1)
        sizes = self.sizes if every else self.sizes.take(column, axis=1)
        anchor_in, anchor_out, weights = 0.0, 0.0, years * -force
        if (np.abs(force) * self.ends[column]).max(initial=0.0) > _REACH:
            ahead = force >= 0
            anchor_in = np.where(ahead, self._first_in[column], self._last_in[column])
            anchor_out = np.where(ahead, self._first_out[column], self._last_out[column])
            weights += force * np.where(sizes > 0, anchor_in, anchor_out)
            np.minimum(weights, 0.0, out=weights)
        np.exp(weights, out=weights)
        weights *= sizes
        into = np.maximum(weights, 0.0)
        out = np.subtract(into, weights, out=weights)
        sum_in, sum_out = np.add.reduce(into, axis=0), np.add.reduce(out, axis=0)
        into *= years
        out *= years
        return Points(
            column,
            force,
            np.log(sum_in) - force * anchor_in,
            np.log(sum_out) - force * anchor_out,
            np.add.reduce(into, axis=0) / sum_in,
            np.add.reduce(out, axis=0) / sum_out,
        )
