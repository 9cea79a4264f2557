"""Bands of a score as policy rows have them: points for a share, compared as integers."""

from collections.abc import Sequence
from dataclasses import dataclass

from funds.kinds import Confirmation
from funds.queries.ledger_slice import LedgerSlice

PERCENT_E6 = 100_000_000


@dataclass(frozen=True)
class Band:
    """A line of a score: so many points at (or below) so many per cent, × 1e6; whether the paper was checked."""

    points: int
    percent_e6: int
    document: str
    is_checked: bool

    @staticmethod
    def of_policy(slice_: LedgerSlice, prefix: str) -> "list[Band]":
        """The bands in force on the day, the most points first."""
        newest = {
            row.code: row
            for row in slice_.facts.policy_rows
            if row.code.startswith(prefix) and row.code.removeprefix(prefix).isdigit()
            if row.holds_on(slice_.as_of) and row.value_e6 is not None
        }
        bands = [
            Band(
                int(row.code.removeprefix(prefix)),
                row.value_e6 or 0,
                row.document,
                row.confirmation is Confirmation.CONFIRMED,
            )
            for row in newest.values()
        ]
        return sorted(bands, key=lambda band: -band.points)


@dataclass(frozen=True)
class Standing:
    """Where a share stands: its points, and the next band with what is missing to reach it.

    `to_add` comes on top of the whole, `to_replace` takes the place of other money in it.
    """

    points: int
    band: Band | None
    next: Band | None
    to_add: int | None
    to_replace: int | None


def stand_in(bands: Sequence[Band], part: int, whole: int) -> Standing:
    """Points of part ÷ whole where more is better: part × 100 ≥ percent × whole, never a rounded share."""
    reached = [band for band in bands if part * PERCENT_E6 >= band.percent_e6 * whole]
    best = reached[0] if reached else None
    above = [band for band in bands if best is None or band.points > best.points]
    if not above:
        return Standing(best.points if best else 0, best, None, None, None)
    following = above[-1]
    short = following.percent_e6 * whole - part * PERCENT_E6
    rest = PERCENT_E6 - following.percent_e6
    return Standing(
        best.points if best else 0,
        best,
        following,
        -(-short // rest) if rest > 0 else None,
        -(-short // PERCENT_E6),
    )


def points_below(bands: Sequence[Band], part: int, whole: int) -> int | None:
    """Points of part ÷ whole where less is better: the first band that it lies below; none without bands."""
    if not bands:
        return None
    below = [band.points for band in bands if part * PERCENT_E6 < band.percent_e6 * whole]
    return max(below, default=0)
