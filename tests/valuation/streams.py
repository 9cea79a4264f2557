"""Random and awkward streams of flows for the tests of rates."""

import math
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from valuation.flows import YEAR


@dataclass(frozen=True)
class Layout:
    """Many streams end to end."""

    starts: NDArray[np.int64]
    days: NDArray[np.int64]
    amounts: NDArray[np.float64]

    def one(self, i: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Days and amounts of one stream."""
        rows = slice(self.starts[i], self.starts[i + 1])
        return self.days[rows], self.amounts[rows]


def lay_end_to_end(streams: list[tuple[list[int], list[float]]]) -> Layout:
    """A layout of the given streams."""
    sizes = [len(days) for days, _ in streams]
    return Layout(
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        np.array([day for days, _ in streams for day in days], dtype=np.int64),
        np.array([amount for _, amounts in streams for amount in amounts], dtype=np.float64),
    )


AWKWARD: list[tuple[list[int], list[float]]] = [
    ([], []),
    ([0], [-1000.0]),
    ([0, 400], [-1000.0, 0.0]),
    ([0, 0], [2500.0, -2500.0]),
    ([0, 400], [-1000.0, -5.0]),
    ([0, 400], [1000.0, 5.0]),
    ([0, 400], [0.0, 0.0]),
    ([0, 365], [-1000.0, math.nan]),
    ([0, 365], [-1000.0, math.inf]),
    ([0, 365, 730], [-1000.0, 2300.0, -1320.0]),
    ([0, 365, 730], [-1000.0, 2200.0, -1210.0]),
    ([0, 365, 730], [100.0, -200.0, 150.0]),
    ([0, 365], [-1.0, 10001.0]),
    ([0, 365], [-1.0, 10002.0]),
    ([0, 365], [-1e6, 1.0]),
    ([0, 365], [-1e6, 1.01]),
    ([0, 11], [-18480.0, 13120.0]),
    ([0, 0, 365], [-1000.0, 400.0, 660.0]),
    ([365, 0, 365], [1000.0, -1000.0, 100.0]),
    ([0, 365_000], [-1.0, 1e-300]),
    ([0, 100, 200], [-1e-5, -1e17, 1.1e17]),
    ([0, 365, 400, 400], [-100.0, 110.0, 5.0, -5.0]),
]


def draw_streams(count: int, seed: int) -> Layout:
    """Streams of a fund's kind, of no kind at all, and the awkward ones, shuffled together."""
    random = np.random.default_rng(seed)
    streams = list(AWKWARD)
    while len(streams) < count:
        size = int(random.integers(2, 60))
        days = np.sort(random.integers(0, int(random.choice([40, 400, 4000, 9000])), size))
        amounts = np.round(random.lognormal(12, 1.5, size))
        kind = len(streams) % 4
        if kind == 0:
            signs = np.where(np.arange(size) < size * random.uniform(0.1, 0.9), -1, 1)
        elif kind == 1:
            signs = np.where(random.random(size) < np.linspace(0.05, 0.95, size), 1, -1)
        else:
            signs = random.choice([-1, 1], size)
        if kind == 3:
            order = random.permutation(size)
            days, amounts, signs = days[order], amounts[order], signs[order]
        streams.append((days.tolist(), (amounts * signs).tolist()))
    random.shuffle(streams)
    return lay_end_to_end(streams)


def is_zero(rate: float, days: NDArray[np.int64], amounts: NDArray[np.float64]) -> bool:
    """Whether |XNPV| ≤ 1e-9·Σ|CF·(1 + r)^−t|, reckoned apart from the code under test."""
    force, years = math.log1p(rate), (days - days.min()) / YEAR
    anchor = years.max() if force < 0 else 0.0
    worth = [a * math.exp(-force * (t - anchor)) for a, t in zip(amounts, years, strict=True)]
    return abs(math.fsum(worth)) <= 1e-9 * math.fsum(map(abs, worth))


_amount = st.integers(-(10**13), 10**13)
flows = st.lists(st.tuples(st.integers(0, 12_000), _amount), min_size=2, max_size=12)
"""Any flows in whole fen within 33 years."""
one_change = st.tuples(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 10**13)), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(3001, 9000), st.integers(1, 10**13)), min_size=1, max_size=8),
)
"""Money out, and later money in."""
