"""A million lines in memory: how soon they are there, what they weigh, how they are summed, and how they follow."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from sqlalchemy import Connection, extract, func, select

from benchmarks.books import large_city, placed_city
from benchmarks.race import ROUNDS, Row, compare, run_race
from funds.book import LOCAL, Book, Look, visible
from funds.drafts import FeeDraft
from funds.kinds import FeeKind
from funds.models import Entry
from funds.queries.columns import EntryColumns
from funds.queries.keeping import load_once
from funds.queries.memory.flow_sums import FlowSums, sum_rows
from funds.recording import record_fees
from tests.engines import ENGINES

GROWTH_AT = (31_000, 100_000, 300_000, 1_000_000)
NEW_LINES = 100
MOST_MB, MOST_EXPONENT = 100.0, 1.05
NEW_MS, ANEW_MS, SEEN_MS = 5.0, 100.0, 1_000.0
LEAST_RATIO = 40.0
PAID_ON = date(2026, 10, 12)
FUND = "F01"


@dataclass(frozen=True)
class Scale:
    """Which book, on which engines, and the sizes at which growth is looked at."""

    book: Callable[[], Path] = large_city
    engines: tuple[str, ...] = ENGINES
    at: tuple[int, ...] = GROWTH_AT


def rows(scale: Scale | None = None) -> Iterator[Row]:
    """All rows of this job."""
    scale = scale or Scale()
    original = scale.book()
    for engine in scale.engines:
        with placed_city(engine, original) as (url, _served), Book(url) as book:
            yield from _rows_of(book, url, engine, scale)


def _rows_of(book: Book, url: str, engine: str, scale: Scale) -> Iterator[Row]:
    begun = time.perf_counter()
    lines = _entries(book)
    count, filled = len(lines), time.perf_counter() - begun
    name = f"{count:,} lines on {engine}"
    yield Row(f"{name}: columns filled", f"{filled:.1f} s", "", None, "", None)
    yield from _compare_sums(book, lines, name)
    yield from _grow(lines, scale.at, name)
    with _other_process(url) as other:
        yield _weigh(other.weight, count, name)
        yield from _follow(book, other, name)


def _entries(book: Book) -> EntryColumns:
    """The kept columns of the ledger, brought up to the head."""
    with book.look() as look:
        return load_once(book, look, book.today())[1].entries


def _compare_sums(book: Book, lines: EntryColumns, name: str) -> Iterator[Row]:
    """Sums by fund, counterparty, kind and quarter: from columns, and by the database, the same to the fen."""
    with book.look() as look:
        query = _group_by(look)
        theirs, ours = _add_up(look.connection, query), sum_rows(lines.source())
        agrees = theirs == (len(ours.amounts), int(ours.amounts.sum()), int(ours.lines.sum()))
        yield Row(f"{name}: sums", "equal" if agrees else "differ", "SQL GROUP BY", None, "equal", agrees)
        times = run_race(
            {"ours": lambda: sum_rows(lines.source()), "peer": lambda: look.connection.execute(query).all()}
        )
    ours_ms, peer_ms = times["ours"] * 1e3, times["peer"] * 1e3
    job = f"{name}: summed by fund, counterparty, kind and quarter"
    yield compare(job, f"{ours_ms:.0f} ms", f"{peer_ms:,.0f} ms SQL GROUP BY", peer_ms / ours_ms, LEAST_RATIO)
    spent = median(_spend(lambda: sum_rows(lines.source())) for _ in range(ROUNDS))
    told = f"{ours_ms:.0f} ms on the clock"
    yield Row(f"{name}: re-aggregated whole", _cpu(spent), told, None, f"≤ {ANEW_MS:g} ms", spent <= ANEW_MS)


def _spend(way: Callable[[], object]) -> float:
    """Milliseconds of the processor: what it takes where nobody else wants it."""
    begun = time.process_time()
    way()
    return (time.process_time() - begun) * 1e3


def _cpu(spent: float) -> str:
    return f"{spent:.1f} ms of the processor"


def _group_by(look: Look) -> Any:
    row = Entry
    quarter = extract("year", row.moved_on) * 4 + (extract("month", row.moved_on) - 1) // 3
    keys = (row.fund_id, row.counterparty_id, row.kind, row.is_inside_commitment, quarter)
    return (
        select(*keys, func.sum(row.amount_fen), func.count())
        .where(visible(row, look.version))
        .group_by(*keys)
    )


def _add_up(connection: Connection, query: Any) -> tuple[int, int, int]:
    """Accounts, fen and lines of what the database grouped."""
    found = connection.execute(query).all()
    return len({row[:4] for row in found}), sum(int(row[5]) for row in found), sum(row[6] for row in found)


def _grow(lines: EntryColumns, at: tuple[int, ...], name: str) -> Iterator[Row]:
    """How the time of summing grows with the lines."""
    counts = [count for count in at if count <= len(lines)]
    parts = {str(count): lines.take(np.arange(count)) for count in counts}
    times = run_race({label: _summing(part) for label, part in parts.items()})
    exponent = float(np.polyfit(np.log(counts), np.log(list(times.values())), 1)[0])
    job = f"{name}: growth of summing, {counts[0]:,} to {counts[-1]:,} lines"
    yield Row(job, f"exponent {exponent:.2f}", "", None, f"≤ {MOST_EXPONENT:g}", exponent <= MOST_EXPONENT)


def _summing(part: EntryColumns) -> Callable[[], FlowSums]:
    return lambda: sum_rows(part.source())


def _follow(book: Book, other: Other, name: str) -> Iterator[Row]:
    """New lines: how soon they are in this process's columns and sums, and how soon in another's."""
    here, busy, there = [], [], []
    for turn in range(ROUNDS):
        _record(book, turn)
        written, head = time.time(), book.head()
        begun, spent = time.perf_counter(), time.process_time()
        lines = _entries(book)
        sums = lines.source().sums()  # type: ignore[attr-defined]  # the kept ledger's own
        here.append((time.perf_counter() - begun) * 1e3)
        busy.append((time.process_time() - spent) * 1e3)
        if int(sums.lines.sum()) != len(lines):
            raise RuntimeError("the sums do not hold every line")
        there.append((other.await_version(head.version) - written) * 1e3)
    ours, peer, told = median(busy), max(there), f"{median(here):.1f} ms on the clock"
    job = f"{name}: {NEW_LINES} new lines in columns and sums"
    yield Row(job, _cpu(ours), told, None, f"≤ {NEW_MS:g} ms", ours <= NEW_MS)
    yield _compare_kept_sums(book, median(here), name)
    job = f"{name}: new lines in another process"
    yield Row(
        job, f"{peer:.0f} ms", f"the slowest of {len(there)}", None, f"≤ {SEEN_MS:,.0f} ms", peer <= SEEN_MS
    )


def _compare_kept_sums(book: Book, kept_ms: float, name: str) -> Row:
    """The sums as readings get them, brought up to date after new lines, against the database's of the same lines."""
    with book.look() as look:
        query, spent = _group_by(look), []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            look.connection.execute(query).all()
            spent.append((time.perf_counter() - begun) * 1e3)
    job = f"{name}: kept sums brought up to date after {NEW_LINES} new lines"
    told = f"{median(spent):,.0f} ms SQL GROUP BY"
    return compare(job, f"{kept_ms:.1f} ms", told, median(spent) / kept_ms, LEAST_RATIO)


def _record(book: Book, turn: int) -> None:
    fees = [
        FeeDraft(
            fund=FUND,
            kind=FeeKind.OTHER_INCOME,
            amount_fen=100 + number,
            paid_on=PAID_ON + timedelta(days=turn),
            business_no=f"bench-{turn}-{number}",
        )
        for number in range(NEW_LINES)
    ]
    with book.change(LOCAL, "bench") as change:
        record_fees(change, fees)


@dataclass
class Other:
    """Another process on the same book: what its columns weigh, and which version it has seen when."""

    process: subprocess.Popen[str]
    weight: int

    def await_version(self, version: int) -> float:
        """When it had the lines of a version in its columns, by the clock of the machine."""
        while True:
            seen, when = self.hear()
            if seen >= version:
                return when

    def hear(self) -> tuple[int, float]:
        """The next thing that it says."""
        lines = self.process.stdout
        if lines is None or not (line := lines.readline()):
            raise RuntimeError("the other process ended")
        said = json.loads(line)
        return int(said[0]), float(said[1])


@contextmanager
def _other_process(url: str) -> Iterator[Other]:
    command = [sys.executable, "-m", "benchmarks.onlooker", url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as process:
        try:
            other = Other(process, 0)
            _version, weight = other.hear()
            other.weight = int(weight)
            yield other
        finally:
            process.kill()


def _weigh(weight: int, count: int, name: str) -> Row:
    each = weight / 1e6 / (count / 1e6)
    goal = f"≤ {MOST_MB:g} MB per 1e6"
    return Row(
        f"{name}: memory of a process's columns", f"{weight / 1e6:.0f} MB", "", None, goal, each <= MOST_MB
    )
