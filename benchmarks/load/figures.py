"""What the load came to: how long answers took, what went wrong and why, what processes weigh, what the book holds."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.load.visits import Done, Visit
from benchmarks.race import Row

READ_P95, WRITE_P95, ALL_P99 = 500.0, 400.0, 1_500.0
MOST_MEMORY = 1 << 30
GROWTH = 1.10
"""Memory is flat when the last quarter of the time weighs no more than this times the second one."""
AFTERMATH = 1.0
"""Seconds after the kill in which a request may still meet the connection of the dead."""


@dataclass(frozen=True)
class Session:
    """One run: who did what, when it began, when a worker died, and what the book says of it."""

    title: str
    visits: Sequence[Visit]
    seconds: float
    killed_at: float | None
    weights: Sequence[tuple[float, dict[int, int]]]
    shares: Sequence[int]
    new_revisions: int
    is_sound: bool
    incidents: int
    client_cpu: float
    server_cpu: float

    @property
    def done(self) -> list[Done]:
        """Everything that was done, in the order of its beginning."""
        return sorted((one for visit in self.visits for one in visit.done), key=lambda one: one.begun)

    def was_in_flight(self, one: Done) -> bool:
        """Whether the kill can have cut it: under way then, or sent on a connection whose end was not told yet."""
        return (
            self.killed_at is not None
            and one.begun <= self.killed_at + AFTERMATH <= one.begun + one.taken + 60
        )


def tell(session: Session) -> Iterator[Row]:
    """The rows of one run."""
    done, title = session.done, session.title
    answered = [one for one in done if not one.outcome.startswith("cut")]
    reads = [one.taken * 1e3 for one in answered if not one.act.is_write]
    writes = [one.taken * 1e3 for one in answered if one.act.is_write]
    rate = f"{len(done) / session.seconds:.1f} a second"
    yield Row(f"{title}: requests", f"{len(done):,}", f"{rate}, {len(writes):,} writes", None, "", None)
    yield _percentile(f"{title}: read p95", reads, 95, READ_P95)
    yield _percentile(f"{title}: write p95", writes, 95, WRITE_P95)
    yield _percentile(f"{title}: all p99", reads + writes, 99, ALL_P99)
    yield from _tell_faults(session, done)
    yield from _tell_book(session, done)
    yield from _tell_memory(session)
    yield _tell_arrival(session)
    busy = f"servers {session.server_cpu:.0f} s, client {session.client_cpu:.0f} s"
    yield Row(f"{title}: processor", busy, f"in {session.seconds:.0f} s on the clock", None, "", None)


def _percentile(job: str, times: Sequence[float], share: int, most: float) -> Row:
    if not times:
        return Row(job, "—", "nothing was answered", None, f"≤ {most:,.0f} ms", False)
    reached, middle = percentile(times, share), statistics.median(times)
    return Row(job, f"{reached:,.0f} ms", f"p50 {middle:,.0f} ms", None, f"≤ {most:,.0f} ms", reached <= most)


def percentile(times: Sequence[float], share: int) -> float:
    """So many of a hundred take no longer."""
    ordered = sorted(times)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def _tell_faults(session: Session, done: Sequence[Done]) -> Iterator[Row]:
    wrong = [one for one in done if one.outcome != "ok"]
    explained = [one for one in wrong if one.outcome.startswith("cut") and session.was_in_flight(one)]
    others = Counter(one.outcome for one in wrong if one not in explained)
    kinds = ", ".join(f"{count} × {kind}" for kind, count in others.most_common()) or "none"
    bad = sum(count for kind, count in others.items() if kind.startswith(("5", "cut", "no page")))
    name = f"{session.title}: unexplained failures"
    yield Row(
        name, f"{bad}", f"others: {kinds}; {session.incidents} incidents in the log", None, "0", bad == 0
    )
    if session.killed_at is not None:
        yield Row(
            f"{session.title}: cut by the kill of a worker", f"{len(explained)}", "", None, "in flight", True
        )


def _tell_book(session: Session, done: Sequence[Done]) -> Iterator[Row]:
    acknowledged = sum(one.is_new for one in done)
    unknown = sum(
        one.act.is_write and one.outcome.startswith("cut") and not one.act.is_safe_twice for one in done
    )
    kept = acknowledged <= session.new_revisions <= acknowledged + unknown
    peer = f"{session.new_revisions:,} revisions" + (f", {unknown} unheard" if unknown else "")
    yield Row(f"{session.title}: writes acknowledged", f"{acknowledged:,}", peer, None, "equal", kept)
    sound = "sound" if session.is_sound else "not sound"
    yield Row(f"{session.title}: verify --all afterwards", sound, "", None, "sound", session.is_sound)


def _tell_memory(session: Session) -> Iterator[Row]:
    if len(session.weights) < 8:
        return
    # The processes that lived all the time: one that was killed and one that took its place prove nothing.
    lasting = set.intersection(*(set(sizes) for _when, sizes in session.weights))
    heavy = max(lasting, key=lambda pid: session.weights[-1][1][pid])
    course = [sizes[heavy] for _when, sizes in session.weights]
    quarter = len(course) // 4
    early, late = statistics.median(course[quarter : 2 * quarter]), statistics.median(course[-quarter:])
    most, apart = max(session.shares), max(sum(sizes.values()) for _when, sizes in session.weights)
    yield Row(
        f"{session.title}: memory of a worker, late ÷ early",
        f"{late / 1e6:.0f} MB",
        f"{early / 1e6:.0f} MB",
        late / early,
        f"≤ {GROWTH:g} ×",
        late <= GROWTH * early,
    )
    shape = (
        f"{len(session.weights[-1][1])} processes, a shared page counted once; in each: {apart / 1e6:.0f} MB"
    )
    yield Row(
        f"{session.title}: memory of all",
        f"{most / 1e6:.0f} MB",
        shape,
        None,
        "≤ 1,074 MB",
        most <= MOST_MEMORY,
    )


def _tell_arrival(session: Session) -> Row:
    waits = [taken * 1e3 for visit in session.visits for taken in visit.arrival]
    away = sum(visit.turned_away for visit in session.visits)
    told = f"{len(session.visits)} in, {away} times asked to wait"
    return Row(f"{session.title}: sign-in p95", f"{percentile(waits, 95):,.0f} ms", told, None, "", None)
