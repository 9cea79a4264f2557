"""Streams of flows like those of funds, for the benchmarks of rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

FEWEST, MOST = 8, 80


@dataclass(frozen=True)
class Sample:
    """Streams of 8 to 80 flows in yuan, as arrays and as the lists that peers take."""

    starts: NDArray[np.int64]
    days: NDArray[np.int64]
    amounts: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def lists(self, count: int) -> list[tuple[list[date], list[float]]]:
        """The first streams as dates and amounts."""
        found = []
        for i in range(min(count, len(self))):
            rows = slice(self.starts[i], self.starts[i + 1])
            dates = [date.fromordinal(day) for day in (self.days[rows] + _EPOCH).tolist()]
            found.append((dates, self.amounts[rows].tolist()))
        return found


_EPOCH = date(1970, 1, 1).toordinal()


def draw_sample(count: int, recycling: float, awkward: float, seed: int = 1) -> Sample:
    """`count` streams: calls and then distributions; in the share `recycling` the two overlap.

    The share `awkward` has no rate or several: one sign only, or signs at random.
    """
    random = np.random.default_rng(seed)
    sizes = random.integers(FEWEST, MOST + 1, count)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    stream = np.repeat(np.arange(count), sizes)
    place = (np.arange(starts[-1]) - starts[:-1][stream] + 0.5) / sizes[stream]
    gaps = random.integers(5, 120, starts[-1])
    gaps[starts[:-1]] = 0
    passed = np.cumsum(gaps)
    days = passed - passed[starts[:-1]][stream] + random.integers(13_000, 18_000, count)[stream]
    paid = place < random.uniform(0.3, 0.7, count)[stream]
    mixed = (random.random(count) < recycling)[stream]
    paid[mixed] = random.random(int(mixed.sum())) > 1 / (1 + np.exp(-8 * (place[mixed] - 0.5)))
    paid[starts[:-1]], paid[starts[1:] - 1] = True, False
    kind = np.where(random.random(count) < awkward, random.integers(1, 3, count), 0)[stream]
    paid = np.where(kind == 1, True, np.where(kind == 2, random.random(len(stream)) < 0.5, paid))
    sizes_of_flows = random.lognormal(13.0, 1.0, starts[-1])
    out = np.add.reduceat(np.where(paid, sizes_of_flows, 0.0), starts[:-1])
    back = np.add.reduceat(np.where(paid, 0.0, sizes_of_flows), starts[:-1])
    multiple = random.lognormal(0.3, 0.5, count) * out / np.maximum(back, 1.0)
    amounts = np.where(paid, -sizes_of_flows, sizes_of_flows * multiple[stream])
    return Sample(starts, days.astype(np.int64), np.round(amounts, 2))
