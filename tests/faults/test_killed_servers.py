"""A database server that is killed or restarted under writers: nothing acknowledged is lost, and it is soon back."""

import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from threading import Event

import pytest
from sqlalchemy.exc import DBAPIError

from funds.book import Book
from tests.faults.books import Ledger, build_paid, verify_all
from tests.faults.jobs import write_one
from tests.faults.kinds import Kind, fault
from tests.faults.nursery import Nursery
from tests.faults.servers import Breakable, breakable_server

LONGEST_RECOVERY, PATIENCE = 10.0, 60.0
WRITERS = 2
SESSIONS = (4, 50)
Tell = Callable[..., None]
Counts = Callable[[int, int], int]


@pytest.fixture(scope="module")
def breakable() -> Iterator[Breakable]:
    with breakable_server() as server:
        yield server


@fault("F3", Kind.DATABASE_KILLED)
def test_a_killed_server_loses_nothing_that_was_acknowledged(
    breakable: Breakable, tmp_path: Path, nursery: Nursery, dice: Random, counts: Counts, tell: Tell
) -> None:
    url, kills, recovery = breakable.databases.copy_of("paid", build_paid), counts(1, 20), 0.0
    ledger = Ledger(url)
    writers = [
        nursery.start("write", book=url, anchors=str(tmp_path), name=f"w{number}")
        for number in range(WRITERS)
    ]
    for number in range(kills):
        ledger.hear([writer.hear() for writer in writers])
        time.sleep(dice.uniform(0.1, 0.5))
        began = time.perf_counter()
        breakable.kill(with_children=number % 2 == 0)
        breakable.start()
        with Book(url) as book:
            write_one(book, "after", number)
        recovery = max(recovery, time.perf_counter() - began)
    for writer in writers:
        ledger.hear(writer.kill())
    assert verify_all(url, tmp_path) == []
    assert recovery <= LONGEST_RECOVERY
    tell(count=kills, kills=kills, acked=len(ledger.acked), recovery=recovery, **ledger.judge())


@pytest.mark.parametrize(
    "how",
    [
        pytest.param(signal.SIGINT, id="fast", marks=fault("F7", Kind.SERVER_RESTART)),
        pytest.param(
            signal.SIGQUIT, id="immediate", marks=[pytest.mark.full, fault("F7", Kind.SERVER_CRASH)]
        ),
    ],
)
def test_a_restart_costs_each_of_fifty_at_most_one_failure_and_nothing_acknowledged(
    breakable: Breakable, counts: Counts, tell: Tell, how: signal.Signals
) -> None:
    url, sessions = breakable.databases.copy_of("paid", build_paid), counts(*SESSIONS)
    done, ledger = Event(), Ledger(url)
    acked: list[str] = []
    with ThreadPoolExecutor(sessions) as pool:
        people = [pool.submit(work, url, number, acked, done) for number in range(sessions)]
        await_more(acked, sessions // 4)
        breakable.stop(how)
        recovery = breakable.start()
        await_more(acked, sessions // 4)
        done.set()
        failures = [person.result() for person in people]
    ledger.hear(acked)
    assert max(failures) <= 1
    assert verify_all(url) == []
    tell(
        line=f"{how.name}: a restart costs each session at most one failure and nothing acknowledged",
        count=sessions,
        acked=len(ledger.acked),
        recovery=recovery,
        note=f"{sum(failures)} failures seen",
        **ledger.judge(),
    )


def await_more(acked: list[str], wanted: int) -> None:
    """Wait until so many more changes were acknowledged."""
    limit, enough = time.monotonic() + PATIENCE, len(acked) + wanted
    while len(acked) < enough:
        assert time.monotonic() < limit, "nobody gets on"
        time.sleep(0.02)


def work(url: str, session: int, acked: list[str], done: Event) -> int:
    """Somebody who looks, writes and thinks, and tries once more what failed; how often something failed."""
    failures = number = 0
    with Book(url) as book:
        while not done.is_set():
            try:
                with book.look():
                    pass
                version, reason = write_one(book, f"s{session}", number)
            except DBAPIError:
                failures += 1
                done.wait(1)
                continue
            acked.append(f"{version} {reason}")
            number += 1
            done.wait(1)
    return failures
