"""Concentration and overlap: how few a fund's bets are, and how alike two funds' bets are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuation.flows import Amounts, Floats, float_amounts
from valuation.rate import Measure, measure_ratio


@dataclass(frozen=True, slots=True)
class Concentration:
    """AL11: HHI = Σ s², the number of equal holdings it stands for (1 ÷ HHI), and the largest share."""

    hhi: Measure
    effective: Measure
    largest: Measure


def concentration(amounts: Amounts) -> Concentration:
    """Concentration of holdings, each amount one company's (positive; zeros count for nothing).

    Reason: `alignment.no_cost` where nothing is held.
    """
    held = float_amounts(amounts)
    total = float(held.sum())
    if not total > 0:
        nothing = Measure(None, "alignment.no_cost")
        return Concentration(nothing, nothing, nothing)
    hhi = float(np.sum((held / total) ** 2))
    return Concentration(
        Measure(hhi, None), Measure(1.0 / hhi, None), measure_ratio(float(held.max()), total, "")
    )


@dataclass(frozen=True, slots=True)
class Overlap:
    """AL10: cosine of funds' industry costs; `pairs` are those above the threshold, most alike first.

    The cosine of a fund without cost is NaN and in no pair. Differentiation is 1 − cosine.
    """

    cosine: Floats
    pairs: tuple[tuple[int, int], ...]


def overlap(costs: Floats, threshold: float) -> Overlap:
    """How alike the funds (rows) of `costs` (fund × industry, not negative) are; 1 is the same mix."""
    table = np.asarray(costs, dtype=np.float64)
    length = np.sqrt((table**2).sum(axis=1))
    unit = np.divide(table, length[:, None], out=np.full_like(table, np.nan), where=length[:, None] > 0)
    cosine = np.minimum(unit @ unit.T, 1.0)
    first, second = np.nonzero(np.triu(cosine > threshold, k=1))
    order = np.argsort(-cosine[first, second], kind="stable")
    pairs = tuple((int(a), int(b)) for a, b in zip(first[order], second[order], strict=True))
    return Overlap(cosine, pairs)
