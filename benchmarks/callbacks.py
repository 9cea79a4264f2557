"""What every page's callback costs the server at a million lines, beside the ordinary sample city in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.books import large_city, sample_city
from benchmarks.callback_city import COMMISSION, MANAGER, PAGES, PARK, Ask, City, open_cities, open_city
from benchmarks.race import Row
from tests.engines import ENGINES

__all__ = ["COMMISSION", "MANAGER", "PAGES", "PARK", "Ask", "City", "open_city", "rows"]

LIGHT_MS, HEAVY_MS, MOST_TIMES = 10.0, 100.0, 2.0
WARM, LEAST_WARM, COLD = 20, 8, 2
# Seconds that asking again and again may take on one engine.
PATIENCE = 60.0
# Below this a ratio tells of the machine and not of the callback.
LEAST_MS = 2.0


@dataclass
class Timed:
    """Milliseconds on the server: of the clock, of the processor, and of the first after a new entry."""

    warm: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    cold_busy: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def median(self) -> float:
        """The middle of the warm ones."""
        return statistics.median(self.warm)

    @property
    def p95(self) -> float:
        """Nineteen of twenty are no slower."""
        return sorted(self.warm)[max(0, -(-len(self.warm) * 95 // 100) - 1)]


@dataclass(frozen=True)
class Measured:
    """One callback at the larger city and at the ordinary one."""

    asked: Ask
    small: Timed
    large: Timed

    @property
    def times(self) -> float:
        """How many times the ordinary city's the larger one's is."""
        return max(self.large.median, LEAST_MS) / max(self.small.median, LEAST_MS)

    @property
    def is_met(self) -> bool:
        """Light ones by the slowest but one of twenty, the heaviest by the middle one."""
        is_soon = self.large.median < HEAVY_MS if self.asked.is_heavy else self.large.p95 <= LIGHT_MS
        return is_soon and self.times <= MOST_TIMES


def rows(engines: Sequence[str] = ENGINES, books: Sequence[Path] | None = None) -> Iterator[Row]:
    """All rows of this job; `books` are the ordinary city and the larger one."""
    originals = books or (sample_city(), large_city())
    for engine in engines:
        with open_cities(engine, originals) as cities:
            found = measure(cities, cities[0].list_asks(PAGES))
        yield from (tell(engine, one) for one in found)
        yield from sum_up(engine, found)


def measure(cities: Sequence[City], asks: Sequence[Ask], patience: float = PATIENCE) -> list[Measured]:
    """Each callback at both cities in turns: once to try it out, twice after a new entry, in either order, then warm."""
    for asked in asks:
        for city in cities:
            city.try_out(asked)
    timed = {asked: [Timed() for _ in cities] for asked in asks}
    for turn in range(COLD):
        for city in cities:
            city.enter_line()
        for asked in asks if turn % 2 == 0 else reversed(asks):
            _ask_each(cities, asked, timed[asked], is_cold=True)
    begun = time.perf_counter()
    for turn in range(WARM):
        if turn >= LEAST_WARM and time.perf_counter() - begun > patience:
            break
        for asked in asks:
            _ask_each(cities, asked, timed[asked])
    return [Measured(asked, *timed[asked]) for asked in asks]


def _ask_each(cities: Sequence[City], asked: Ask, timed: Sequence[Timed], *, is_cold: bool = False) -> None:
    for city, one in zip(cities, timed, strict=True):
        taken, spent, one.size = city.ask(asked)
        clock, processor = (one.cold, one.cold_busy) if is_cold else (one.warm, one.busy)
        clock.append(taken)
        processor.append(spent)


def tell(engine: str, one: Measured) -> Row:
    """One line: the larger city as ours, the ordinary one as the peer."""
    goal = f"median < {HEAVY_MS:g} ms" if one.asked.is_heavy else f"p95 ≤ {LIGHT_MS:g} ms"
    return Row(
        f"callback on {engine}, {one.asked.who}: {one.asked.name}",
        _write(one.large),
        _write(one.small),
        one.times,
        f"{goal}, ≤ {MOST_TIMES:g} × sample city",
        one.is_met,
    )


def sum_up(engine: str, found: Sequence[Measured]) -> Iterator[Row]:
    """The slowest of the light ones, the slowest of the heaviest, and the one that grows most."""
    light = [one for one in found if not one.asked.is_heavy]
    heavy = [one for one in found if one.asked.is_heavy]
    if light:
        worst = max(light, key=lambda one: one.large.p95)
        job = f"callbacks on {engine}: the slowest of {len(light)} light ones, p95"
        yield _tell_worst(job, worst, worst.large.p95, f"≤ {LIGHT_MS:g} ms", worst.large.p95 <= LIGHT_MS)
    if heavy:
        worst = max(heavy, key=lambda one: one.large.median)
        job = f"callbacks on {engine}: the slowest of the {len(heavy)} heaviest, median"
        yield _tell_worst(job, worst, worst.large.median, f"< {HEAVY_MS:g} ms", worst.large.median < HEAVY_MS)
    worst = max(found, key=lambda one: one.times)
    yield Row(
        f"callbacks on {engine}: the most that one grows beside the sample city",
        f"{worst.times:.2f} ×",
        f"{worst.asked.who}: {worst.asked.name}",
        None,
        f"≤ {MOST_TIMES:g} ×",
        worst.times <= MOST_TIMES,
    )


def _tell_worst(job: str, worst: Measured, taken: float, goal: str, is_met: bool) -> Row:
    return Row(job, f"{taken:.1f} ms", f"{worst.asked.who}: {worst.asked.name}", None, goal, is_met)


def _write(timed: Timed) -> str:
    cold, cold_busy = max(timed.cold), max(timed.cold_busy)
    return (
        f"{timed.median:.1f} ms (p95 {timed.p95:.1f}, cpu {statistics.median(timed.busy):.1f}; "
        f"after an entry {cold:,.0f}, cpu {cold_busy:,.0f}; {timed.size / 1e3:,.0f} kB)"
    )
