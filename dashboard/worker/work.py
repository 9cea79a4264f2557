"""Takes one job and does it, with the rights that its owner has by now; whatever happens is told beside it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import orjson
from sqlalchemy import Connection, update
from sqlalchemy.exc import DBAPIError

from dashboard.auth.identity import Identity, read_identity
from dashboard.incidents import record_incident
from dashboard.jobs.claims import GIVEN_UP, release, take_back_lost, take_job
from dashboard.jobs.job import JobState, StoredJob
from dashboard.jobs.runners import name_runner
from dashboard.jobs.task import End, HandedBack, Lost, Stopped, Task
from dashboard.worker.kinds import KINDS, Kind
from funds.book import OPEN, Book
from funds.errors import LedgerError, NotAllowed, RulesBroken
from funds.models import Job

PLACE = "job"
BEAT_SECONDS = 10.0


def never() -> bool:
    """For a process that nobody asks to end."""
    return False


def work_all(book: Book) -> int:
    """Do every job that waits; how many there were."""
    count = 0
    while work_once(book):
        count += 1
    return count


def work_once(book: Book, is_ending: Callable[[], bool] = never) -> bool:
    """Do the next job; False where none waits."""
    take_back_lost(book, end_subject)
    job = take_job(book, name_runner())
    if job is None:
        return False
    task = Task(book, job, is_ending)
    with _beating(task):
        _attempt(task)
    return True


def end_subject(connection: Connection, job: StoredJob, end: End) -> None:
    """Bring what a job was about in line with its end."""
    if job.kind in KINDS:
        KINDS[job.kind].end(connection, job, end)


def _attempt(task: Task) -> None:
    """Once through; a database that went away is no fault of the job's, which is then tried again."""
    try:
        _find_kind(task.job).do(task, _find_owner(task.book, task.job))
        if not task.is_sealed:
            with task.book.keep() as connection:
                task.seal(connection)
    except Stopped:
        _close(task, End(JobState.CANCELLED))
    except HandedBack:
        _put_back(task, counts=False)
    except Lost:
        return
    except RulesBroken as broken:
        first = broken.problems[0]
        _close(task, End(JobState.FAILED, first.code, {"where": first.where, **first.params}))
    except LedgerError as error:
        _close(task, End(JobState.FAILED, error.code, error.params))
    except DBAPIError as error:
        record_incident(error, PLACE)
        _put_back(task)
    except Exception as error:
        incident = record_incident(error, PLACE)
        _close(task, End(JobState.FAILED, "jobs.incident", {"incident": incident}))


def _find_kind(job: StoredJob) -> Kind:
    if job.kind not in KINDS:
        raise LedgerError("jobs.unknown_kind", kind=job.kind)
    return KINDS[job.kind]


def _find_owner(book: Book, job: StoredJob) -> Identity:
    """Whoever asked, as they stand today; one who is active no more has no rights to work by."""
    with book.look(sight=OPEN) as look:
        owner = read_identity(look, job.person_id, book.today())
    if owner is None:
        raise NotAllowed("jobs.owner_gone")
    return owner


def _close(task: Task, end: End) -> None:
    """Note how the job ended, and what that means for its subject; nothing where it is another's by now."""
    values = {
        "state": end.state.value,
        "ended_at": task.book.now(),
        "notice": end.notice or None,
        "params": orjson.dumps(dict(end.params)).decode(),
    }
    held = update(Job).where(
        Job.id == task.job.id, Job.claim == task.job.claim, Job.state == JobState.RUNNING.value
    )
    with task.book.keep() as connection:
        if connection.execute(held.values(values)).rowcount == 1:
            end_subject(connection, task.job, end)


def _put_back(task: Task, *, counts: bool = True) -> None:
    with task.book.keep() as connection:
        if release(connection, task.job, task.book.now(), counts=counts) is JobState.FAILED:
            end_subject(connection, task.job, End(JobState.FAILED, GIVEN_UP))


@contextmanager
def _beating(task: Task) -> Iterator[None]:
    """Say that the job is at work even while it has nothing to say, so that no other machine takes it over."""
    is_over = Event()

    def beat() -> None:
        while not is_over.wait(BEAT_SECONDS):
            try:
                task.beat()
            except DBAPIError as error:
                record_incident(error, PLACE)

    heart = Thread(target=beat, name="heart", daemon=True)
    heart.start()
    try:
        yield
    finally:
        is_over.set()
        heart.join()
