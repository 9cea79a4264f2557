"""The files that jobs made for their owners: put away with the end of the job, given out, soon forgotten."""

from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select

from dashboard.auth.sessions import shift_time
from funds.book import OPEN, Book
from funds.models import Job, MadePaper


def put_away(connection: Connection, job_id: int, name: str, kind: str, content: bytes) -> None:
    """Keep the file of a job, in the very step that ends it."""
    connection.execute(insert(MadePaper).values(job_id=job_id, name=name, kind=kind, content=content))


def take_out(book: Book, job_id: int) -> tuple[str, str, bytes] | None:
    """Name, kind and bytes of the file of a job; None where it was forgotten."""
    query = select(MadePaper.name, MadePaper.kind, MadePaper.content).where(MadePaper.job_id == job_id)
    with book.look(sight=OPEN) as look:
        row = look.connection.execute(query).first()
    return None if row is None else (row.name, row.kind, row.content)


def forget_made(connection: Connection, now: str, days: int) -> None:
    """Throw away the files of jobs that ended so many days ago."""
    old = select(Job.id).where(Job.ended_at < shift_time(now, -timedelta(days=days)))
    connection.execute(delete(MadePaper).where(MadePaper.job_id.in_(old)))
