"""The grounds of a heat map that is a table: how dark each cell is, and from which amount on.

The map is drawn as a table and not as a picture, because every cell of it is a link that a keyboard reaches.
"""

from collections.abc import Iterable
from fractions import Fraction

# Grounds from 1 (little) to so many; 0 is nothing at all.
SHADES = 5


def shade(amount: int, largest: int) -> int:
    """The ground of an amount; shades part the range by squares, so that small amounts can be told apart."""
    if amount <= 0 or largest <= 0:
        return 0
    return next(step for step in range(1, SHADES + 1) if amount <= bound(step, largest))


def bound(step: int, largest: int) -> int:
    """The largest amount that still has a shade."""
    return largest * step * step // (SHADES * SHADES)


def bounds(largest: int) -> list[int]:
    """The bounds of all shades, for the key beside the map; the last is the largest amount itself."""
    return [bound(step, largest) for step in range(1, SHADES + 1)]


def shade_share(share: Fraction) -> int:
    """The ground of a share between nothing and all, in equal steps."""
    return min(SHADES, max(1, -int(-share * SHADES // 1))) if share > 0 else 0


def largest_of(amounts: Iterable[int]) -> int:
    """The amount that has the darkest ground."""
    return max((amount for amount in amounts if amount > 0), default=0)
