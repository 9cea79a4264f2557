"""How a fund's money is shared out to parks: line by line, so that the parts of any sum add up to the fen."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from funds.queries.columns import Int

WHOLE = 1_000_000  # a share of 100 % in millionths


@dataclass(frozen=True)
class Interval:
    """The piece [start, end) of a fund's millionths that belongs to one park (or to the city)."""

    start: int = 0
    end: int = WHOLE


ALL = Interval()


def lay_out(shares: Mapping[int | None, int]) -> dict[int | None, Interval]:
    """Lay parks' shares (by id, the city last) end to end; what is left over belongs to the city."""
    intervals: dict[int | None, Interval] = {}
    start = 0
    for park in sorted(park for park in shares if park is not None):
        intervals[park] = Interval(start, start + shares[park])
        start += shares[park]
    if start < WHOLE:
        intervals[None] = Interval(start, WHOLE)
    return intervals


def cut_one(amount: int, piece: Interval) -> int:
    """The same of a single amount."""
    if piece == ALL:
        return amount
    size = abs(amount)
    part = size * piece.end // WHOLE - size * piece.start // WHOLE
    return -part if amount < 0 else part


def cut(amounts: Int, start: Int | int, end: Int | int) -> Int:
    """The part of each amount that lies between `start` and `end` millionths of it.

    Rounds the running share towards zero at both ends, so that pieces laid end to end add up to the
    amount to the fen, in each line and so in any sum of lines.
    """
    size = np.abs(amounts)
    whole, rest = size // WHOLE, size % WHOLE
    upper = whole * end + rest * end // WHOLE
    lower = whole * start + rest * start // WHOLE
    pieces: Int = np.where(amounts < 0, lower - upper, upper - lower)
    return pieces
