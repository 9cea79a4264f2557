"""A race: ways of doing one job, timed in turns so that a busy machine slows all of them alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Way = Callable[[], object]
ROUNDS = 5


@dataclass(frozen=True)
class Row:
    """One line of the table. `ratio` is peer ÷ ours unless the goal says otherwise."""

    job: str
    ours: str
    peer: str
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None


def run_race(ways: Mapping[str, Way], rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds of each way over several rounds, after one round to warm up."""
    for way in ways.values():
        way()
    taken: dict[str, list[float]] = {name: [] for name in ways}
    collecting = gc.isenabled()
    gc.disable()
    try:
        for _ in range(max(rounds, ROUNDS)):
            for name, way in ways.items():
                begun = time.perf_counter()
                way()
                taken[name].append(time.perf_counter() - begun)
    finally:
        if collecting:
            gc.enable()
    return {name: statistics.median(times) for name, times in taken.items()}


def compare(job: str, ours: str, peer: str, ratio: float, least: float | None = None) -> Row:
    """A row whose goal is a least ratio, or none."""
    if least is None:
        return Row(job, ours, peer, ratio)
    return Row(job, ours, peer, ratio, f"≥ {least:g} ×", ratio >= least)
