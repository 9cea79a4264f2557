"""Which processes take jobs, and whether any of them is alive; without one, jobs only wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from dashboard.jobs.runners import is_here, is_running
from funds.book import OPEN, Book, write_time
from funds.models import JobWorker

# A process of another machine is given up when it has not been heard of for so long.
SILENCE = timedelta(seconds=60)


@dataclass(frozen=True)
class Worker:
    """A process that takes jobs."""

    runner: str
    started_at: str
    seen_at: str
    is_alive: bool


def note_worker(book: Book, runner: str) -> None:
    """Say that a process takes jobs, and take those off the list that are no more."""
    now = book.now()
    with book.keep() as connection:
        seen = update(JobWorker).where(JobWorker.runner == runner).values(seen_at=now)
        if connection.execute(seen).rowcount == 0:
            connection.execute(insert(JobWorker).values(runner=runner, started_at=now, seen_at=now))
            gone = [
                row.runner
                for row in connection.execute(select(JobWorker.runner, JobWorker.seen_at))
                if not is_alive(row.runner, row.seen_at, now)
            ]
            connection.execute(delete(JobWorker).where(JobWorker.runner.in_(gone)))


def drop_worker(book: Book, runner: str) -> None:
    """Say that a process takes no more jobs."""
    with book.keep() as connection:
        connection.execute(delete(JobWorker).where(JobWorker.runner == runner))


def list_workers(book: Book) -> tuple[Worker, ...]:
    """The processes that said they take jobs."""
    now = book.now()
    with book.look(sight=OPEN) as look:
        found = look.connection.execute(
            select(JobWorker.runner, JobWorker.started_at, JobWorker.seen_at).order_by(JobWorker.started_at)
        )
        return tuple(Worker(*row, is_alive(row.runner, row.seen_at, now)) for row in found)


def is_alive(runner: str | None, seen_at: str | None, now: str) -> bool:
    """Whether a process is still at work: seen by itself where it runs here, else by its having been heard of."""
    if is_here(runner):
        return is_running(runner)
    oldest = write_time(datetime.fromisoformat(now) - SILENCE)
    return seen_at is not None and seen_at >= oldest
