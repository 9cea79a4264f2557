"""Waits for jobs and has each done by a child process of its own, within limits; a child that dies takes nothing with it."""

import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from sqlalchemy.exc import DBAPIError

from dashboard.incidents import record_incident
from dashboard.jobs.claims import has_work
from dashboard.jobs.presence import drop_worker, note_worker
from dashboard.jobs.retention import forget_past
from dashboard.jobs.runners import name_runner
from dashboard.worker.work import PLACE, work_once
from funds.book import Book

LOOK_EVERY = 0.5  # seconds between two looks for work
SAY_EVERY = 15.0  # and between two notes that somebody is there
FORGET_EVERY = 3600.0
PATIENCE = 20.0  # for the child, once the worker is to end; what it is killed in is done again
AFTER_FAULT = 3.0
MOST_MEMORY = 6 * 2**30
MOST_SECONDS = 3600  # of the processor


@dataclass
class Keeper:
    """One worker; `opened` opens the book, `is_alone` says that whoever started the worker is gone."""

    opened: Callable[[], Book]
    is_alone: Callable[[], bool]
    is_ending: bool = False
    _child: int = 0
    _done: dict[str, float] = field(default_factory=dict)

    def keep_working(self) -> None:
        """Until it is told to end, or whoever started it is gone."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._hear)
        runner = name_runner()
        with self.opened() as book:
            while not self.is_ending and not self.is_alone():
                try:
                    self._look_round(book, runner)
                except DBAPIError as error:
                    # A database that restarts comes back; until then there is nothing to do.
                    record_incident(error, PLACE)
                    time.sleep(AFTER_FAULT)
            with suppress(DBAPIError):
                drop_worker(book, runner)

    def _look_round(self, book: Book, runner: str) -> None:
        if self._is_time("say", SAY_EVERY):
            note_worker(book, runner)
        if self._is_time("forget", FORGET_EVERY):
            forget_past(book)
        if not has_work(book):
            time.sleep(LOOK_EVERY)
            return
        book.close()  # no connection may be shared with the child
        self._child = os.fork()
        if self._child == 0:
            self._do_one()
        self._wait(book, runner)

    def _do_one(self) -> None:
        """The child: one job, and out, whatever happens."""
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            with self.opened() as book:
                work_once(book, lambda: self.is_ending)
            status = 0
        except BaseException as error:
            if isinstance(error, Exception):
                record_incident(error, PLACE)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def _wait(self, book: Book, runner: str) -> None:
        """For the child, and on the way say that somebody is there."""
        told_at: float | None = None
        while os.waitpid(self._child, os.WNOHANG)[0] == 0:
            if (self.is_ending or self.is_alone()) and told_at is None:
                os.kill(self._child, signal.SIGTERM)
                told_at = time.monotonic()
            if told_at is not None and time.monotonic() - told_at > PATIENCE:
                os.kill(self._child, signal.SIGKILL)
                told_at = float("inf")
            # Beside a change of an SQLite file a note would wait for its end.
            if book.url.get_backend_name() != "sqlite" and self._is_time("say", SAY_EVERY):
                note_worker(book, runner)
            time.sleep(0.05)
        self._child = 0

    def _is_time(self, what: str, every: float) -> bool:
        """Whether something is due that happens now and then."""
        now = time.monotonic()
        if now - self._done.get(what, -every) < every:
            return False
        self._done[what] = now
        return True

    def _hear(self, _sign: int, _frame: FrameType | None) -> None:
        self.is_ending = True
