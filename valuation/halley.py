"""Halley's method on a whole block: one root per stream, with a bound on what is left over.

With P and N the discounted inflows and outflows at the force of interest x = ln(1 + r), the equation is
g(x) = ln P − ln N = 0; g is nearly straight, and straight for two flows. Its derivatives are moments of
the flows' times: g' = m_N − m_P, g'' = v_P − v_N (means and variances weighted by discounted amounts).
The third derivative is a difference of third central moments of times within [0, T], each at most
T³ / (6√3), so after a step h: |g(x + h)| ≤ |g + g'h + g''h²/2| + T³|h|³ / (18√3). A stream is done when
that bound is below `LEFT_OVER`; nothing has to be evaluated again to know it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valuation.blocks import Block, Scratch
from valuation.flows import Floats, Ints

LEFT_OVER = 1e-13
PASSES = 9
THIRD = 1.0 / (18.0 * math.sqrt(3.0))
_REACH = 500.0
CLEAR = 1e-11
_WORTH_DROPPING = 0.7


@dataclass(frozen=True, slots=True)
class Found:
    """Per column: the force of interest, whether it is a root, and whether it is proved the only one.

    `solvable` is False for a column without both an inflow and an outflow, or with one that is no number.
    """

    force: Floats
    solvable: NDArray[np.bool_]
    sole: NDArray[np.bool_]


def find_roots(block: Block, scratch: Scratch) -> Found:
    """One root per column, starting from 0 without an exponential; columns that are done drop out."""
    columns = len(block.ids)
    force, done = np.zeros(columns), np.zeros(columns, dtype=bool)
    here: Ints = np.arange(columns)
    years, amounts = block.years, block.amounts
    with np.errstate(all="ignore"):
        sums = _sum_moments(years, amounts, None, scratch)
        solvable = (sums[1] > np.abs(sums[0])) & np.isfinite(sums[1])
        for turn in range(PASSES):
            if turn:
                sums = _sum_moments(years, amounts, force[here], scratch)
            step, left = _step(sums, block.spans[here])
            _advance(force, here[~done[here]], step[~done[here]], block.spans)
            done[here[left < LEFT_OVER]] = True
            open_ = np.flatnonzero(solvable[here] & ~done[here])
            if not len(open_):
                break
            if len(open_) < _WORTH_DROPPING * len(here):
                years, amounts = _keep(years, amounts, open_, scratch, turn)
                here = here[open_]
    sole = done & solvable
    mixed = np.flatnonzero(sole & (block.flips > 1))
    if len(mixed):
        sole[mixed] = _keeps_sign(block, mixed, force[mixed], scratch)
    return Found(force, solvable, sole)


def _sum_moments(years: Floats, amounts: Floats, force: Floats | None, scratch: Scratch) -> list[Floats]:
    """Σw, Σ|w|, Σwt, Σ|w|t, Σwt², Σ|w|t² per column, w the discounted amounts (undiscounted for None)."""
    rows, columns = years.shape
    signed, size = scratch.floats(2, rows, columns), scratch.floats(3, rows, columns)
    if force is None:
        np.copyto(signed, amounts)
    else:
        np.multiply(years, -force, out=signed)
        np.exp(signed, out=signed)
        signed *= amounts
    np.abs(signed, out=size)
    sums = [np.add.reduce(signed, axis=0), np.add.reduce(size, axis=0)]
    for _ in range(2):
        signed *= years
        size *= years
        sums += [np.add.reduce(signed, axis=0), np.add.reduce(size, axis=0)]
    return sums


def _step(sums: list[Floats], spans: Floats) -> tuple[Floats, Floats]:
    """Halley's step and the bound on |g| after it."""
    net, gross, net_1, gross_1, net_2, gross_2 = sums
    inflow, outflow = gross + net, gross - net
    mean_in, mean_out = (gross_1 + net_1) / inflow, (gross_1 - net_1) / outflow
    level = np.log(inflow / outflow)
    slope = mean_out - mean_in
    bend = (gross_2 + net_2) / inflow - mean_in**2 - (gross_2 - net_2) / outflow + mean_out**2
    step = -2 * level * slope / (2 * slope**2 - level * bend)
    left = np.abs(level + step * (slope + 0.5 * bend * step)) + THIRD * np.abs(spans * step) ** 3
    return step, left


def _advance(force: Floats, columns: Ints, step: Floats, spans: Floats) -> None:
    """Move, but not so far that an exponential overflows."""
    reach = _REACH / spans[columns]
    force[columns] = np.clip(force[columns] + step, -reach, reach)


def _keep(
    years: Floats, amounts: Floats, columns: Ints, scratch: Scratch, turn: int
) -> tuple[Floats, Floats]:
    """The columns still to be done, closed up; the targets alternate because a source may be one."""
    rows, target = years.shape[0], 4 + 2 * (turn % 2)
    kept_years = scratch.floats(target, rows, len(columns))
    kept_amounts = scratch.floats(target + 1, rows, len(columns))
    np.take(years, columns, axis=1, out=kept_years, mode="clip")
    np.take(amounts, columns, axis=1, out=kept_amounts, mode="clip")
    return kept_years, kept_amounts


def _keeps_sign(block: Block, columns: Ints, force: Floats, scratch: Scratch) -> NDArray[np.bool_]:
    """Whether the balance of the account at this rate never changes sign before the last flow.

    By Laguerre's rule the roots above x are at most the changes of sign in the running sums of the
    discounted flows, and those below x at most the changes in the sums run from the end; at a root the
    two are the same up to sign. So without a change there is no other root at all (Soper, 1959). A
    balance too near 0 to be sure of counts as a change.
    """
    rows, inside = len(block.years), block.counts[columns] - 1
    balance = scratch.floats(2, rows, len(columns))
    amounts = scratch.floats(3, rows, len(columns))
    np.take(block.years, columns, axis=1, out=balance, mode="clip")
    np.take(block.amounts, columns, axis=1, out=amounts, mode="clip")
    balance *= -force
    np.exp(balance, out=balance)
    balance *= amounts
    clear = CLEAR * np.abs(balance, out=amounts).sum(axis=0)
    np.add.accumulate(balance, axis=0, out=amounts)
    sure = int(inside.min())
    least, most = amounts[:sure].min(axis=0), amounts[:sure].max(axis=0)
    for row in range(sure, int(inside.max())):
        counted = row < inside
        np.minimum(least, amounts[row], out=least, where=counted)
        np.maximum(most, amounts[row], out=most, where=counted)
    return np.asarray((least > clear) | (most < -clear))
