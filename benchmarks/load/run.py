"""The job `load`: a served city, its people, the kill half-way, and what all of it came to."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.books import placed_city, sample_city
from benchmarks.load.crowd import make_crowd
from benchmarks.load.figures import Session, tell
from benchmarks.load.server import PROGRAM, Server, being_weighed, running_server
from benchmarks.load.visits import Visit
from benchmarks.race import Row
from funds.book import Book

ARRIVING = 4
"""So many sign in at once; more would be asked to wait."""
INCIDENT = re.compile(r"\bincident\b")


@dataclass(frozen=True)
class Load:
    """How many people for how many seconds before how many workers, on which engines."""

    people: int = 200
    seconds: float = 120.0
    workers: int = 2
    engines: tuple[str, ...] = ("postgresql", "sqlite")
    with_kill: bool = True


@dataclass(frozen=True)
class Place:
    """A book to be served: its address for whoever owns it, and for the server, which is told no more."""

    owner: str
    served: str


def rows(load: Load | None = None) -> Iterator[Row]:
    """All rows of this job."""
    load = load or Load()
    for engine in load.engines:
        with tempfile.TemporaryDirectory() as folder, placed_city(engine, sample_city()) as (owner, served):
            yield from tell(run_load(load, engine, Place(owner, served), Path(folder)))


def run_load(load: Load, engine: str, place: Place, folder: Path) -> Session:
    """One run on one engine."""
    with Book(place.owner, anchors=folder / "anchors") as book:
        people = make_crowd(book, load.people)
    with running_server(place.served, folder, load.workers) as server:
        visits = [Visit(person, server.port, seed) for seed, person in enumerate(people)]
        _arrive(visits)
        before = _head(place)
        own_cpu, begun = time.process_time(), time.monotonic()
        with being_weighed(server):
            _work(load, visits, server)
        seconds = time.monotonic() - begun
        own_cpu = time.process_time() - own_cpu
        after = _head(place)
    log = (folder / "server.log").read_text(errors="replace")
    _tell_oddities(visits, log)
    return Session(
        title=f"load on {engine}, {load.people} people, {load.seconds:.0f} s",
        visits=visits,
        seconds=seconds,
        killed_at=server.killed[0] if server.killed else None,
        weights=server.weights,
        shares=server.shares,
        new_revisions=after - before,
        is_sound=_verify(place, folder),
        incidents=len(INCIDENT.findall(log)),
        client_cpu=own_cpu,
        server_cpu=server.cpu_seconds(),
    )


def _arrive(visits: list[Visit]) -> None:
    """Everybody signs in, a few at a time; a person who cannot is the end of the run."""
    waiting, lock, faults = iter(visits), threading.Lock(), []

    def usher() -> None:
        while True:
            with lock:
                visit = next(waiting, None)
            if visit is None:
                return
            try:
                visit.arrive()
            except Exception as fault:
                faults.append(fault)
                return

    _run_together([threading.Thread(target=usher) for _ in range(ARRIVING)])
    if faults:
        raise faults[0]


def _work(load: Load, visits: list[Visit], server: Server) -> None:
    over = threading.Event()
    threads = [threading.Thread(target=visit.work, args=(over,), daemon=True) for visit in visits]
    for thread in threads:
        thread.start()
    half = load.seconds / 2
    time.sleep(half)
    if load.with_kill:
        server.kill_worker()
    time.sleep(half)
    over.set()
    for thread in threads:
        thread.join()


def _run_together(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _head(place: Place) -> int:
    with Book(place.owner) as book:
        return book.head().version


def _verify(place: Place, folder: Path) -> bool:
    """What `fundtracker verify --all` says once everybody has gone."""
    command = [*PROGRAM, "verify", "--all", "--book", place.owner]
    environment = {
        "PATH": "/usr/bin:/bin",
        "FUNDTRACKER_ANCHORS": str(folder / "anchors"),
        "HOME": str(folder),
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-2000:], file=sys.stderr)
    return done.returncode == 0


def _tell_oddities(visits: list[Visit], log: str) -> None:
    """What was answered otherwise than well, once for each kind, for whoever looks into it."""
    seen: set[tuple[str, str]] = set()
    for visit in visits:
        for one in visit.done:
            if one.outcome != "ok" and (one.act.name, one.outcome) not in seen:
                seen.add((one.act.name, one.outcome))
                print(
                    f"{one.act.name}: {one.outcome} {one.said.decode(errors='replace')[:300]}",
                    file=sys.stderr,
                )
    if INCIDENT.search(log):
        print(log[-3000:], file=sys.stderr)
