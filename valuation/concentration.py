"""Concentration and overlap: how few a fund's bets are, and how alike two funds' bets are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from valuation.flows import Amounts, Floats, float_amounts
from valuation.rate import Measure, measure_ratio

PPM = 1_000_000


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


@dataclass(frozen=True, slots=True)
class Likeness:
    """The parts of the cosine of two mixes of whole amounts: u·v, u·u and v·v, so that a line is met exactly."""

    product: int
    first_square: int
    second_square: int

    def exceeds(self, line_ppm: int) -> bool:
        """Whether the cosine is above a line in millionths, compared as whole numbers."""
        return self.product**2 * PPM**2 > line_ppm**2 * self.first_square * self.second_square


def likeness(first: Mapping[int, int], second: Mapping[int, int]) -> Likeness | None:
    """How alike two mixes are, amounts (not negative) by industry; None where one of them has nothing."""
    squares = [sum(amount**2 for amount in mix.values()) for mix in (first, second)]
    if not all(squares):
        return None
    return Likeness(sum(amount * second.get(key, 0) for key, amount in first.items()), *squares)
