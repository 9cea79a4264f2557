"""The search for every root: intervals are struck out or kept by proof, never by sampling alone.

Over an interval the convex functions ln P and ln N lie below their chords and above their tangents, and
their slopes move one way. So from the ends alone it can be shown that g has no root inside (a chord
stays clear of the other's tangents) or at most one (g′ keeps its sign). What is neither is halved, down
to a width at which two roots cannot be told from one that only touches.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valuation.curve import Curves, Points, join_points
from valuation.flows import Floats, Ints
from valuation.rate import EDGE, HIGHEST_FORCE, HIGHEST_RATE, LOWEST_FORCE

GRID = (LOWEST_FORCE, -1.0, 0.0, 1.0, HIGHEST_FORCE + EDGE)
"""Where the search begins; proof, not this grid, decides what is found."""
NARROWEST = 1e-6
"""Width (times the years spanned) below which an interval is not halved again."""
TOUCH = 2e-12
"""A curve that comes this near to 0 without crossing is taken to touch: rounding cannot tell."""
_FLAT = 1e-9
"""A slope (per year spanned) too small to build a proof on."""
_HALVINGS = 60
_EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, slots=True)
class AllRoots:
    """Every root in range as (column, rate), and which columns have roots outside the range."""

    column: Ints
    rate: Floats
    strayed: NDArray[np.bool_]

    def of(self, column: int) -> list[float]:
        """The roots of one column, ascending."""
        return sorted(self.rate[self.column == column].tolist())


@dataclass(frozen=True, slots=True)
class _Spans:
    """Intervals by their two ends."""

    low: Points
    high: Points

    def take(self, which: Ints | NDArray[np.bool_]) -> _Spans:
        return _Spans(self.low.take(which), self.high.take(which))

    @property
    def crosses(self) -> NDArray[np.bool_]:
        return np.asarray((self.low.level >= 0) != (self.high.level >= 0))


def find_all_roots(years: Floats, amounts: Floats) -> AllRoots:
    """Every rate in range at which each column is worth nothing; each has an inflow and an outflow."""
    curves = Curves(years, amounts)
    columns = np.arange(years.shape[1], dtype=np.int64)
    grid = [curves.look(columns, np.full(len(columns), x)) for x in GRID]
    spans = _Spans(join_points(grid[:-1]), join_points(grid[1:]))
    strayed = (curves.starts_in() != (grid[-1].level >= 0)) | (curves.ends_in() != (grid[0].level >= 0))
    brackets: list[_Spans] = []
    narrow: list[_Spans] = []
    while len(spans.low.column):
        single = _is_monotone(spans)
        brackets.append(spans.take(single & spans.crosses))
        spans = spans.take(~single & ~_is_clear(spans))
        width = spans.high.force - spans.low.force
        tight = width * np.maximum(1.0, curves.ends[spans.low.column]) < NARROWEST
        narrow.append(spans.take(tight))
        spans = _halve(curves, spans.take(~tight))
    touches, more = _resolve(curves, narrow)
    column, force = _close_in(curves, _join(brackets + more))
    column, force = np.concatenate([column, touches.column]), np.concatenate([force, touches.force])
    inside = force > LOWEST_FORCE + EDGE
    rate = np.minimum(np.expm1(force[inside]), HIGHEST_RATE)
    return AllRoots(column[inside], rate, strayed)


def _join(pieces: list[_Spans]) -> _Spans:
    return _Spans(join_points([p.low for p in pieces]), join_points([p.high for p in pieces]))


def _is_monotone(spans: _Spans) -> NDArray[np.bool_]:
    """g′ keeps its sign: the mean times only fall, so their ends bound them."""
    low, high = spans.low, spans.high
    rises, falls = high.mean_out - low.mean_in, high.mean_in - low.mean_out
    return np.asarray(np.maximum(rises, falls) > _FLAT * (1.0 + np.abs(low.mean_in) + np.abs(low.mean_out)))


def _is_clear(spans: _Spans) -> NDArray[np.bool_]:
    """g keeps away from 0: one side's tangents lie above the other side's chord."""
    low, high = spans.low, spans.high
    width = high.force - low.force
    above = _least_gap(low.log_in, high.log_in, low.mean_in, high.mean_in, low.log_out, high.log_out, width)
    below = _least_gap(low.log_out, high.log_out, low.mean_out, high.mean_out, low.log_in, high.log_in, width)
    return np.asarray((above > TOUCH) | (below > TOUCH))


def _least_gap(
    low: Floats, high: Floats, fall_low: Floats, fall_high: Floats, chord_low: Floats, chord_high: Floats,
    width: Floats,
) -> Floats:  # fmt: skip
    """The least of (greater of the two tangents − chord) over the interval.

    It lies at an end or where the tangents meet; a pair of parallel tangents meets at the low end.
    """
    turn = fall_low - fall_high
    apart = low - high - fall_high * width
    meet = np.divide(apart, turn, out=np.zeros_like(apart), where=turn > 0)
    meet = np.clip(meet, 0.0, width)
    chord = chord_low + (chord_high - chord_low) * meet / width
    at_meeting = np.minimum(low - fall_low * meet, high + fall_high * (width - meet)) - chord
    return np.minimum(np.minimum(low - chord_low, high - chord_high), at_meeting)


def _halve(curves: Curves, spans: _Spans) -> _Spans:
    middle = curves.look(spans.low.column, 0.5 * (spans.low.force + spans.high.force))
    return _Spans(join_points([spans.low, middle]), join_points([middle, spans.high]))


def _resolve(curves: Curves, narrow: list[_Spans]) -> tuple[Points, list[_Spans]]:
    """Narrow intervals that neither proof settles, neighbours taken as one: a touch, a pair, or nothing."""
    spans = _merge(_join(narrow))
    if not len(spans.low.column):
        return spans.low, []
    odd = spans.crosses
    even = spans.take(~odd)
    bottom = _find_turn(curves, even)
    touches = np.abs(bottom.level) <= TOUCH
    pair = ~touches & ((bottom.level >= 0) != (even.low.level >= 0))
    halves = [_Spans(even.low.take(pair), bottom.take(pair)), _Spans(bottom.take(pair), even.high.take(pair))]
    return bottom.take(touches), [spans.take(odd), *halves]


def _merge(spans: _Spans) -> _Spans:
    order = np.lexsort((spans.low.force, spans.low.column))
    spans = spans.take(order)
    low, high = spans.low, spans.high
    gap = np.ones(len(low.column) + 1, dtype=bool)
    gap[1:-1] = (low.column[1:] != low.column[:-1]) | (low.force[1:] > high.force[:-1])
    return _Spans(low.take(np.flatnonzero(gap[:-1])), high.take(np.flatnonzero(gap[1:])))


def _find_turn(curves: Curves, spans: _Spans) -> Points:
    """Where g turns inside intervals at whose ends it slopes differently, by bisection."""
    low, high = spans.low.force.copy(), spans.high.force.copy()
    rising = spans.low.slope > 0
    for _ in range(_HALVINGS):
        middle = curves.look(spans.low.column, 0.5 * (low + high))
        left = (middle.slope > 0) == rising
        low, high = np.where(left, middle.force, low), np.where(left, high, middle.force)
    return curves.look(spans.low.column, 0.5 * (low + high))


def _close_in(curves: Curves, spans: _Spans) -> tuple[Ints, Floats]:
    """The one root in each bracket: a chord, then Newton where it stays inside and shortens, else halves."""
    column, low, high = spans.low.column, spans.low.force.copy(), spans.high.force.copy()
    starts_above = spans.low.level >= 0
    share = spans.low.level / (spans.low.level - spans.high.level)
    force, last = low + share * (high - low), high - low
    here: Ints = np.arange(len(column))
    while len(here):
        at = curves.look(column[here], force[here])
        left = (at.level >= 0) == starts_above[here]
        low[here] = np.where(left, at.force, low[here])
        high[here] = np.where(left, high[here], at.force)
        step = np.divide(-at.level, at.slope, out=np.full(len(here), np.inf), where=at.slope != 0)
        target = at.force + step
        wild = ~((target >= low[here]) & (target <= high[here]) & (np.abs(step) < 0.5 * last[here]))
        target = np.where(wild, 0.5 * (low[here] + high[here]), target)
        last[here], force[here] = np.abs(target - at.force), target
        here = here[last[here] > 2 * _EPS * np.maximum(1.0, np.abs(target))]
    return column, force
