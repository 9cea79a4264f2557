"""Alignment: how far investments follow a park's leading industries (figures AL01–AL09 and AL12).

One entry per holding: remaining cost c and fair value v in fen, weight w of the leading industries in
the holding's firm, whole millionths (ppm) so that sums stay whole and bands compare integers. A measure's
numerator and denominator are Σ c·w and Σ c·10⁶. An unknown fair value is NaN and leaves AL02 without value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valuation.flows import Amounts, Ints
from valuation.rate import Measure, measure_ratio

PPM = 1_000_000
Flags = Sequence[bool] | NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Alignment:
    """AL01 by cost, AL02 by fair value, AL03 by cost paid in the period, AL04 by count, AL05 by cost in the
    park, AL06 of the commitment. Reasons: `alignment.no_cost`, `alignment.no_mark`,
    `alignment.no_deal_in_period`, `alignment.no_park` (it is not known what lies in the park),
    `alignment.no_commitment`."""

    by_cost: Measure
    by_value: Measure
    by_flow: Measure
    by_count: Measure
    in_park: Measure
    of_commitment: Measure


def alignment(
    costs: Amounts,
    values: Amounts,
    weights: Ints | Sequence[int],
    in_park: Flags | None = None,
    period_costs: Amounts | None = None,
    committed: int | None = None,
) -> Alignment:
    """The shares of one park or fund; `period_costs` is what was paid in the period, per holding."""
    weight = np.asarray(weights, dtype=np.int64)
    cost, value = np.asarray(costs), np.asarray(values)
    by_cost = weigh(cost, weight, "alignment.no_cost")
    inside = None if in_park is None else weight * np.asarray(in_park, dtype=bool)
    whole = None if committed is None else committed * PPM
    return Alignment(
        by_cost=by_cost,
        by_value=weigh(value, weight, "alignment.no_mark"),
        by_flow=_weigh_period(period_costs, weight),
        by_count=measure_ratio(int(np.sum(weight * 2 >= PPM)), len(weight), "alignment.no_cost"),
        in_park=weigh(cost, inside, "alignment.no_cost"),
        of_commitment=measure_ratio(by_cost.numerator, whole, "alignment.no_commitment"),
    )


def weigh(amounts: Amounts, weights: Ints | None, reason: str) -> Measure:
    """Σ amount·weight ÷ Σ amount·10⁶, exact for whole amounts; also AL07, on firms' output.

    AL07: output of the firms above designated size in leading industries ÷ of all of them.
    """
    if weights is None:
        return Measure(None, "alignment.no_park")
    values = np.asarray(amounts)
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        return Measure(None, reason)
    parts, whole = values.tolist(), weights.tolist()
    return measure_ratio(sum(a * w for a, w in zip(parts, whole, strict=True)), sum(parts) * PPM, reason)


def _weigh_period(period_costs: Amounts | None, weights: Ints) -> Measure:
    reason = "alignment.no_deal_in_period"
    return Measure(None, reason) if period_costs is None else weigh(period_costs, weights, reason)


def coverage(covered: Flags) -> Measure:
    """AL08 and AL09: how many of a park's chain leaders, or of a chain's segments, have an investment.

    Reason: `alignment.nothing_to_cover` where there is none to cover.
    """
    marks = np.asarray(covered, dtype=bool)
    return measure_ratio(int(marks.sum()), len(marks), "alignment.nothing_to_cover")


def has_fund(declared: NDArray[np.bool_], leading: Flags) -> bool:
    """AL12: whether a fund (row of `declared`, fund × industry) declares one of the leading industries."""
    fields = np.atleast_2d(np.asarray(declared, dtype=bool))
    return bool((fields & np.asarray(leading, dtype=bool)).any())


def look_through_alignment(shares: Sequence[float], aligned: Amounts, costs: Amounts) -> Measure:
    """A mother fund's alignment, Σ share·(Σ c·w) ÷ Σ share·(Σ c): an idle sub-fund weighs nothing.

    `shares` is the mother's part of each sub-fund; `aligned` and `costs` are each sub-fund's Σ c·w
    (w from 0 to 1) and Σ c.
    """
    part = np.asarray(shares, dtype=np.float64)
    return measure_ratio(
        float(part @ np.asarray(aligned)), float(part @ np.asarray(costs)), "alignment.no_cost"
    )
