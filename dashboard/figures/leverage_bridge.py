"""The bridge from claimed to confirmed as lying bars: where each begins and ends, so that a bar can be a link."""

from collections.abc import Sequence
from dataclasses import dataclass

# A bar that takes anything away is never too thin to be seen, in percent of the track.
THINNEST = 0.6


@dataclass(frozen=True)
class BridgeBar:
    """A step: the levels in fen that it lies between, and whether it is a level that is reached or a step there."""

    step: str
    start: int
    end: int
    is_level: bool = False

    @property
    def amount(self) -> int:
        """What it adds (a level: what is reached)."""
        return self.end - self.start


@dataclass(frozen=True)
class BarPlace:
    """Where a bar lies on its track, in percent from the left; nothing has no width."""

    left: float
    width: float
    ends_at: float


def chain_bars(amounts: Sequence[tuple[str, int]]) -> list[BridgeBar]:
    """The first and the last amount are levels, those between step from one to the other."""
    bars: list[BridgeBar] = []
    level = 0
    for at, (step, amount) in enumerate(amounts):
        is_level = at in (0, len(amounts) - 1)
        start = 0 if is_level else level
        bars.append(BridgeBar(step, start, start + amount, is_level))
        level = start + amount
    return bars


def place_bars(bars: Sequence[BridgeBar]) -> list[BarPlace]:
    """The places of all bars on tracks of one scale that begins at nothing, or below where a level does."""
    reached = [0, *(edge for bar in bars for edge in (bar.start, bar.end))]
    low, high = min(reached), max(reached)
    span = (high - low) or 1

    def place(fen: int) -> float:
        return 100 * (fen - low) / span

    return [
        BarPlace(
            left=place(min(bar.start, bar.end)),
            width=max(abs(bar.amount) * 100 / span, THINNEST) if bar.amount else 0.0,
            ends_at=place(bar.end),
        )
        for bar in bars
    ]
