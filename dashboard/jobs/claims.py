"""Which worker takes which job: one each, also where several take at once; whose worker is gone is taken again."""

import secrets
from collections.abc import Callable, Iterable

from sqlalchemy import Connection, select, update

from dashboard.jobs.job import COLUMNS, JobState, StoredJob, read_job
from dashboard.jobs.presence import is_alive
from dashboard.jobs.task import End
from funds.book import OPEN, Book
from funds.models import Job

MOST_ATTEMPTS = 3
GIVEN_UP = "jobs.gave_up"


def has_work(book: Book) -> bool:
    """Whether a job waits, or lost its worker."""
    with book.look(sight=OPEN) as look:
        waiting = select(Job.id).where(Job.state == JobState.WAITING.value).limit(1)
        if look.connection.execute(waiting).first() is not None:
            return True
        return bool(_list_lost(look.connection, book.now()))


def take_job(book: Book, runner: str) -> StoredJob | None:
    """The next job, claimed for a process; None where nothing waits."""
    query = select(*COLUMNS).where(Job.state == JobState.WAITING.value).order_by(Job.id).limit(1)
    # On SQLite the whole step is one writer's; on PostgreSQL a row that another worker takes is passed over.
    with book.keep() as connection:
        row = connection.execute(query.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        now = book.now()
        claimed = {
            "state": JobState.RUNNING.value,
            "claim": secrets.token_hex(8),
            "runner": runner,
            "heartbeat_at": now,
            "started_at": row.started_at or now,
            "attempts": row.attempts + 1,
            "stage": None,
            "done": 0,
            "total": 0,
        }
        taken = update(Job).where(Job.id == row.id).values(claimed).returning(*COLUMNS)
        return read_job(connection.execute(taken).one())


def take_back_lost(book: Book, end_subject: Callable[[Connection, StoredJob, End], None]) -> None:
    """Let jobs whose worker is gone wait again; those that were called off or tried often enough end."""
    with book.look(sight=OPEN) as look:
        lost = _list_lost(look.connection, book.now())
    if not lost:
        return
    with book.keep() as connection:
        for job in lost:
            state = release(connection, job, book.now())
            if state in (JobState.FAILED, JobState.CANCELLED):
                end_subject(connection, job, End(state, GIVEN_UP))


def release(connection: Connection, job: StoredJob, now: str, *, counts: bool = True) -> JobState | None:
    """Let a job wait again, or end it: called off meanwhile, or tried often enough; None where it is another's."""
    values: dict[str, object] = {"state": JobState.WAITING.value, "claim": None, "runner": None}
    if job.cancel_asked:
        values |= {"state": JobState.CANCELLED.value, "ended_at": now}
    elif not counts:
        values["attempts"] = job.attempts - 1
    elif job.attempts >= MOST_ATTEMPTS:
        values |= {"state": JobState.FAILED.value, "ended_at": now, "notice": GIVEN_UP}
    held = update(Job).where(Job.id == job.id, Job.claim == job.claim, Job.state == JobState.RUNNING.value)
    changed = connection.execute(held.values(values)).rowcount
    return JobState(str(values["state"])) if changed else None


def _list_lost(connection: Connection, now: str) -> list[StoredJob]:
    running = connection.execute(select(*COLUMNS).where(Job.state == JobState.RUNNING.value))
    return [job for job in _read(running) if not is_alive(job.runner, job.heartbeat_at, now)]


def _read(rows: Iterable[object]) -> list[StoredJob]:
    return [read_job(row) for row in rows]
