"""Quantiles of exact fractions: between two neighbours in a straight line, told to the percent."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

# The ends are left out: each would be the value of a single one.
SPREAD = {"p25": Fraction(1, 4), "median": Fraction(1, 2), "p75": Fraction(3, 4)}
PERCENT = 100


def quantiles_of(values: Sequence[Fraction]) -> Mapping[str, Fraction]:
    """Quartiles and median of some values."""
    ordered = sorted(values)
    return {name: _at_place(ordered, part) for name, part in SPREAD.items()}


def round_percent(share: Fraction) -> Fraction:
    """A share to the whole percent, half up."""
    return Fraction((2 * share * PERCENT + 1) // 2, PERCENT)


def quantile(values: Sequence[Fraction], part: Fraction) -> Fraction:
    """The value below which a part of the others lies; of n values in order, the one at place part × (n − 1)."""
    if not values:
        raise ValueError("no values")
    return _at_place(sorted(values), part)


def _at_place(ordered: Sequence[Fraction], part: Fraction) -> Fraction:
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
