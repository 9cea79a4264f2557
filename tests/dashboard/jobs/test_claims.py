"""Each job is taken by one worker, taken again where its worker is gone, given up in the end, and its owner's alone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Connection, func, select, update

from dashboard.jobs.claims import GIVEN_UP, MOST_ATTEMPTS, has_work, take_back_lost, take_job
from dashboard.jobs.job import JobState, StoredJob
from dashboard.jobs.presence import SILENCE, drop_worker, list_workers, note_worker
from dashboard.jobs.runners import name_runner
from dashboard.jobs.store import call_off, find_last, find_under_way, forget_ended
from dashboard.jobs.task import End, HandedBack, Lost, Stopped, Task
from funds.book import Book
from funds.book.app_role import admit_role
from funds.errors import Conflict
from funds.models import Job
from tests.builders import founded_book, person, record
from tests.dashboard.jobs.people import KIND, ask_for, number_of
from tests.dashboard.serving import Clock, build_own
from tests.engines import APP_ROLE, Databases, PostgresDatabases

ELSEWHERE = "elsewhere:pid/1.1"
GONE = f"{name_runner().rpartition('/')[0]}/999999999.5"
WORKERS, JOBS = 4, 24
KEPT_DAYS = 7


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    with founded_book(databases) as made:
        record(made, person("someone"))
        made.clock = Clock()
        yield made


def take(book: Book, runner: str | None = None) -> StoredJob:
    job = take_job(book, runner or name_runner())
    assert job is not None
    return job


def last(book: Book) -> StoredJob:
    job = find_last(book, number_of(book), KIND)
    assert job is not None
    return job


def take_back(book: Book) -> list[tuple[int, End]]:
    ended = list[tuple[int, End]]()

    def note(_connection: Connection, job: StoredJob, end: End) -> None:
        ended.append((job.id, end))

    take_back_lost(book, note)
    return ended


def test_several_workers_at_once_take_every_job_once(book: Book) -> None:
    asked = [ask_for(book, number) for number in range(JOBS)]

    def work(_place: int) -> list[int]:
        taken = []
        while (job := take_job(book, name_runner())) is not None:
            taken.append(job.id)
            with book.keep() as connection:
                Task(book, job).seal(connection)
        return taken

    with ThreadPoolExecutor(WORKERS) as pool:
        taken = [one for each in pool.map(work, range(WORKERS)) for one in each]
    assert sorted(taken) == asked
    assert not has_work(book)


def test_a_job_whose_worker_is_gone_is_taken_again_and_given_up_in_the_end(book: Book) -> None:
    number = ask_for(book)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert has_work(book)
        assert take(book, GONE).attempts == attempt
        assert take_job(book, name_runner()) is None, "it is another's until that is known to be gone"
        ended = take_back(book)
    assert ended == [(number, End(JobState.FAILED, GIVEN_UP))]
    assert (last(book).state, last(book).notice) == (JobState.FAILED, GIVEN_UP)
    assert not has_work(book)


def test_a_worker_of_another_machine_is_given_up_after_its_silence(book: Book) -> None:
    ask_for(book)
    slow = Task(book, take(book, ELSEWHERE))
    clock = book.clock
    assert isinstance(clock, Clock)
    clock.now += SILENCE - timedelta(seconds=1)
    assert not has_work(book)
    slow.beat()
    clock.now += SILENCE
    assert not has_work(book)
    clock.now += timedelta(seconds=1)
    assert take_back(book) == []
    taken = take(book)
    assert taken.attempts == 2
    # The one that was given up for lost comes back, and finishes nothing.
    with pytest.raises(Lost):
        slow.tick("late")
    with pytest.raises(Lost), book.keep() as connection:
        slow.seal(connection)
    slow.beat()
    assert last(book).claim == taken.claim


def test_what_is_called_off_stops_at_the_next_step_and_not_in_what_cannot_be_half_done(book: Book) -> None:
    ask_for(book)
    with book.keep() as connection:
        assert call_off(connection, last(book), book.now())
    assert (last(book).state, has_work(book)) == (JobState.CANCELLED, False)

    ask_for(book)
    task = Task(book, take(book))
    task.tick("first", 1, 3)
    assert (last(book).stage, last(book).done, last(book).total) == ("first", 1, 3)
    with book.keep() as connection:
        assert not call_off(connection, last(book), book.now())
    task.tick("first", 2, 3)  # too soon after the last to be told
    with pytest.raises(Stopped):
        task.tick("second")
    with pytest.raises(Stopped):
        task.begin_final()
    with pytest.raises(Stopped), book.keep() as connection:
        task.seal(connection)

    ask_for(book)
    final = Task(book, take(book))
    final.begin_final(3)
    with pytest.raises(Conflict), book.keep() as connection:
        call_off(connection, last(book), book.now())
    with book.keep() as connection:
        final.seal(connection, version=7)
    assert (last(book).state, last(book).version) == (JobState.DONE, 7)


def test_what_was_called_off_and_lost_its_worker_is_not_begun_again(book: Book) -> None:
    number = ask_for(book)
    take(book, GONE)
    with book.keep() as connection:
        call_off(connection, last(book), book.now())
    ((ended, end),) = take_back(book)
    assert (ended, end.state) == (number, JobState.CANCELLED)
    assert not has_work(book)


def test_a_worker_that_is_to_end_hands_its_job_back(book: Book) -> None:
    ask_for(book)
    task = Task(book, take(book), lambda: True)
    with pytest.raises(HandedBack):
        task.tick("first")


def test_a_job_is_nobody_elses_and_is_forgotten(book: Book) -> None:
    ask_for(book)
    own, other = number_of(book), number_of(book, "someone")
    assert find_last(book, other, KIND) is None
    with book.look() as look:
        assert find_under_way(look.connection, own, KIND).keys() == {"1"}
        assert find_under_way(look.connection, other, KIND) == {}
    task, clock = Task(book, take(book)), book.clock
    assert isinstance(clock, Clock)
    clock.advance(days=KEPT_DAYS + 1)
    assert forget_ended(book, KEPT_DAYS, 1) == 0, "it has not ended"
    with book.keep() as connection:
        task.seal(connection)
    assert (forget_ended(book, KEPT_DAYS, 1), last(book).state) == (0, JobState.DONE)
    clock.advance(days=KEPT_DAYS + 1)
    before = book.head()
    assert forget_ended(book, KEPT_DAYS, 1) == 1
    assert book.head() == before, "no part of the book"


def test_whoever_takes_jobs_is_listed_while_alive(book: Book) -> None:
    own, clock = name_runner(), book.clock
    assert isinstance(clock, Clock)
    assert list_workers(book) == ()
    for runner in (GONE, ELSEWHERE, own, own):
        note_worker(book, runner)
    assert {one.runner for one in list_workers(book)} == {ELSEWHERE, own}
    clock.advance(seconds=SILENCE.total_seconds() + 1)
    assert [one.is_alive for one in list_workers(book) if one.runner == ELSEWHERE] == [False]
    drop_worker(book, own)
    assert [one.runner for one in list_workers(book)] == [ELSEWHERE]


def test_the_role_that_owns_nothing_takes_and_ends_jobs(postgres: PostgresDatabases) -> None:
    url = postgres.copy_of("own", build_own)
    with Book(url) as owned:
        admit_role(owned.engine, APP_ROLE)
    with Book(postgres.as_app(url)) as book:
        ask_for(book)
        note_worker(book, name_runner())
        with book.keep() as connection:
            Task(book, take(book)).seal(connection)
        assert last(book).state is JobState.DONE
        with book.keep() as connection:
            connection.execute(update(Job).values(ended_at="2000-01-01T00:00:00.000000Z"))
        assert forget_ended(book, KEPT_DAYS, 1) == 1
        with book.look() as look:
            assert look.connection.execute(select(func.count()).select_from(Job)).scalar_one() == 0
    postgres.drop_made()
