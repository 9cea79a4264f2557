"""Where people's jobs are asked for, looked at, called off and forgotten; each is its owner's alone."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, delete, insert, select, update

from dashboard.auth.sessions import shift_time
from dashboard.jobs.job import COLUMNS, FINAL, UNDER_WAY, JobState, StoredJob, read_job
from dashboard.jobs.made_papers import forget_made
from funds.book import OPEN, Book
from funds.errors import Conflict
from funds.models import Job


def ask(
    connection: Connection,
    now: str,
    person_id: int,
    kind: str,
    subject: object,
    given: Mapping[str, str] | None = None,
) -> int:
    """Ask for some work, in the very step that makes its subject wait for it."""
    row = {
        "kind": kind,
        "person_id": person_id,
        "subject": str(subject),
        "given": orjson.dumps(dict(given)).decode() if given else None,
        "state": JobState.WAITING.value,
        "done": 0,
        "total": 0,
        "attempts": 0,
        "cancel_asked": False,
        "requested_at": now,
    }
    return int(connection.execute(insert(Job).values(row).returning(Job.id)).scalar_one())


def find_last(book: Book, person_id: int, *kinds: str, subject: object | None = None) -> StoredJob | None:
    """The newest of somebody's own jobs of some kinds; of another person's nothing is known."""
    query = select(*COLUMNS).where(Job.person_id == person_id, Job.kind.in_(kinds))
    if subject is not None:
        query = query.where(Job.subject == str(subject))
    with book.look(sight=OPEN) as look:
        row = look.connection.execute(query.order_by(Job.id.desc()).limit(1)).first()
    return None if row is None else read_job(row)


def find_own(book: Book, person_id: int, kind: str, job_id: int) -> StoredJob | None:
    """One of somebody's own jobs of a kind by its number; of another person's nothing is known."""
    query = select(*COLUMNS).where(Job.id == job_id, Job.person_id == person_id, Job.kind == kind)
    with book.look(sight=OPEN) as look:
        row = look.connection.execute(query).first()
    return None if row is None else read_job(row)


def find_under_way(connection: Connection, person_id: int, *kinds: str) -> Mapping[str, StoredJob]:
    """Somebody's own jobs that have not ended, by what they are about."""
    query = select(*COLUMNS).where(
        Job.person_id == person_id, Job.kind.in_(kinds), Job.state.in_([one.value for one in UNDER_WAY])
    )
    return {row.subject: read_job(row) for row in connection.execute(query.order_by(Job.id))}


def call_off(connection: Connection, job: StoredJob, now: str) -> bool:
    """Do without a job: gone at once where it only waits (True), else its worker stops at its next step.

    Refused once it has come to what cannot be half done.
    """
    waiting = update(Job).where(Job.id == job.id, Job.state == JobState.WAITING.value)
    gone: dict[str, Any] = {"state": JobState.CANCELLED.value, "ended_at": now}
    if connection.execute(waiting.values(gone)).rowcount == 1:
        return True
    running = update(Job).where(
        Job.id == job.id, Job.state == JobState.RUNNING.value, Job.stage.is_distinct_from(FINAL)
    )
    if connection.execute(running.values(cancel_asked=True)).rowcount != 1:
        raise Conflict("jobs.not_stoppable")
    return False


def forget_ended(book: Book, days: int, paper_days: int) -> int:
    """Throw away what ended so many days ago, the files that jobs made among it; how many jobs that was."""
    now = book.now()
    oldest = shift_time(now, -timedelta(days=days))
    with book.keep() as connection:
        forget_made(connection, now, min(days, paper_days))
        return connection.execute(delete(Job).where(Job.ended_at < oldest)).rowcount
