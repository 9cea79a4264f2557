"""The worker process: it does what comes, outlives a killed child, ends when told to, and is followed by another."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.jobs.job import JobState
from dashboard.jobs.presence import list_workers
from dashboard.jobs.store import find_last
from dashboard.settings import Settings
from dashboard.worker import keeper
from dashboard.worker.attendance import attending
from dashboard.worker.keeper import Keeper
from funds.book import Book
from tests.builders import founded_book
from tests.dashboard.jobs.people import KIND, ask_for, number_of
from tests.dashboard.serving import build_own
from tests.engines import Databases, SqliteDatabases

PATIENCE = 60.0


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    with founded_book(databases) as made:
        yield made


def wait_for(condition: Callable[[], bool]) -> None:
    """Until something is so."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "it never came about"
        time.sleep(0.05)


@contextmanager
def running_keeper(book: Book, is_alone: Callable[[], bool] = lambda: False) -> Iterator[int]:
    """A worker of the book in a process of its own; its number."""
    url, clock = book.url.render_as_string(hide_password=False), book.clock
    book.close()  # no connection is shared with a child
    child = os.fork()
    if child == 0:
        try:
            signal.alarm(int(PATIENCE))
            keeper.LOOK_EVERY = 0.05
            Keeper(lambda: Book(url, clock=clock), is_alone).keep_working()
            os._exit(0)
        finally:
            os._exit(1)
    try:
        yield child
    finally:
        os.kill(child, signal.SIGTERM)
        assert os.waitpid(child, 0)[1] == 0, "it ends in good order"


def ended(book: Book) -> list[str]:
    job = find_last(book, number_of(book), KIND)
    return [] if job is None or job.is_under_way else [job.state.value, job.notice]


def test_jobs_are_done_as_they_come_until_the_worker_is_told_to_end(book: Book) -> None:
    with running_keeper(book):
        for _ in range(2):
            ask_for(book)
            wait_for(lambda: ended(book) != [])
            assert ended(book) == [JobState.FAILED.value, "jobs.unknown_kind"]
        assert [one.is_alive for one in list_workers(book)] == [True]
    assert list_workers(book) == ()
    number = ask_for(book)
    assert (number, ended(book)) == (3, [])


def test_a_worker_ends_by_itself_when_whoever_started_it_is_gone(book: Book) -> None:
    with running_keeper(book, lambda: True) as child:
        wait_for(lambda: os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None)


@pytest.mark.full
def test_a_worker_beside_a_server_that_is_killed_is_followed_by_another(
    sqlite: SqliteDatabases, tmp_path: Path
) -> None:
    url = sqlite.copy_of("own", build_own)
    settings = Settings(book=url, anchors=tmp_path / "anchors", state=tmp_path / "state")
    with Book(url) as book:
        with attending(replace(settings)):
            for killed in range(2):
                wait_for(lambda: any(one.is_alive for one in list_workers(book)))
                ask_for(book)
                wait_for(lambda: ended(book) != [])
                (alive,) = [one for one in list_workers(book) if one.is_alive]
                if not killed:
                    os.kill(int(alive.runner.rpartition("/")[2].partition(".")[0]), signal.SIGKILL)
                    wait_for(lambda: not any(one.is_alive for one in list_workers(book)))
        assert list_workers(book) == ()
    sqlite.drop_made()
