"""A job in the hands of its worker: it says how far it is, hears that it is to stop, and ends together with what it did."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select, update

from dashboard.jobs.job import FINAL, JobState, StoredJob
from funds.book import Book
from funds.models import Job

TELL_EVERY = 0.5  # seconds between two notes of how far it is


class Stopped(Exception):
    """The owner wants no more of it."""


class HandedBack(Exception):
    """The worker is to end: the job waits for the next one."""


class Lost(Exception):
    """Another worker has taken the job over: this one was given up for lost, and leaves nothing behind."""


def _is_never_ending() -> bool:
    return False


@dataclass(frozen=True)
class End:
    """How a job ended other than by doing what was asked, in words."""

    state: JobState
    notice: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Task:
    """One attempt at a job; `is_ending` says that the process is to go."""

    book: Book
    job: StoredJob
    is_ending: Callable[[], bool] = _is_never_ending
    is_sealed: bool = False
    _stage: str = ""
    _told: float = field(default=0.0)

    def tick(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Say how far it is, now and then; this is where it stops when it is to."""
        if stage == self._stage and time.monotonic() - self._told < TELL_EVERY:
            return
        if self.is_ending():
            raise HandedBack
        now = self.book.now()
        told = {"stage": stage, "done": done, "total": total, "heartbeat_at": now}
        with self.book.keep() as connection:
            if not self._update(connection, **told):
                self._give_way(connection)
        self._stage, self._told = stage, time.monotonic()

    def begin_final(self, total: int = 0) -> None:
        """Last call: after this nobody stops it any more."""
        self.tick(FINAL, 0, total)

    def tick_within(self, stage: str, done: int, total: int) -> None:
        """The same from within a change of the book, where its engine lets anybody write beside one."""
        if self.book.url.get_backend_name() != "sqlite":
            self.tick(stage, done, total)

    def seal(self, connection: Connection, **values: object) -> None:
        """End the job in the very transaction that holds what it did: both are there, or neither."""
        ended = {"state": JobState.DONE.value, "ended_at": self.book.now(), **values}
        if not self._update(connection, **ended):
            self._give_way(connection)
        self.is_sealed = True

    def beat(self) -> None:
        """Say that it is still at work."""
        with self.book.keep() as connection:
            held = update(Job).where(Job.id == self.job.id, Job.claim == self.job.claim)
            connection.execute(held.values(heartbeat_at=self.book.now()))

    def _update(self, connection: Connection, **values: object) -> bool:
        held = update(Job).where(
            Job.id == self.job.id,
            Job.claim == self.job.claim,
            Job.state == JobState.RUNNING.value,
            Job.cancel_asked.is_(False),
        )
        return connection.execute(held.values(values)).rowcount == 1

    def _give_way(self, connection: Connection) -> None:
        """Nothing was changed: because it was called off, or because it is another's."""
        mine = select(Job.id).where(Job.id == self.job.id, Job.claim == self.job.claim, Job.cancel_asked)
        raise Stopped if connection.execute(mine).first() is not None else Lost
