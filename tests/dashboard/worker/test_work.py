"""What a worker does with a job whatever comes of it: by its owner's rights of the day, told beside it, never silent."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from dashboard.auth.identity import Identity
from dashboard.jobs.claims import GIVEN_UP, MOST_ATTEMPTS
from dashboard.jobs.job import CHECK_IMPORT, WRITE_IMPORT, JobState, StoredJob
from dashboard.jobs.store import find_last
from dashboard.jobs.task import End, Task
from dashboard.pages.imports.draft_jobs import ask_to_record
from dashboard.pages.imports.draft_store import State, keep_file
from dashboard.pages.imports.draft_view import word_state
from dashboard.worker import work
from dashboard.worker.kinds import Kind
from dashboard.worker.work import work_all, work_once
from funds.book import Book
from funds.errors import Conflict, RulesBroken
from funds.intake.choices import Choice
from funds.problems import fatal
from tests.builders import founded_book, prepared_book
from tests.dashboard.jobs.people import KIND, ask_for, number_of, withdraw_roles
from tests.dashboard.pages.imports.desk import Hand
from tests.dashboard.pages.imports.ledger import tiny_book, write_tiny
from tests.dashboard.serving import retire_person
from tests.engines import SqliteDatabases

Do = Callable[[Task, Identity], Any]


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with founded_book(sqlite) as made:
        yield made


def done_by(book: Book, monkeypatch: pytest.MonkeyPatch, do: Do) -> tuple[StoredJob, list[End]]:
    """What becomes of a job that is done like this, and what its subject hears of its end."""
    ends = list[End]()
    kind = Kind(do, lambda _connection, _job, end: ends.append(end))
    monkeypatch.setattr(work, "KINDS", {KIND: kind})
    ask_for(book)
    assert work_all(book) >= 1
    job = find_last(book, number_of(book), KIND)
    assert job is not None
    return job, ends


def fail(error: Exception) -> Do:
    def do(_task: Task, _owner: Identity) -> None:
        raise error

    return do


def test_a_job_is_done_for_its_owner(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def do(task: Task, owner: Identity) -> None:
        seen.append((owner.login, task.job.subject, dict(task.job.given)))

    job, ends = done_by(book, monkeypatch, do)
    assert (job.state, ends, seen) == (JobState.DONE, [], [("local", "1", {"why": "x"})])
    assert not work_once(book)


@pytest.mark.parametrize(
    ("error", "notice", "params"),
    [
        (Conflict("imports.not_ready", number=1), "imports.not_ready", {"number": "1"}),
        (RulesBroken([fatal("a.b", "x:y", number="2")]), "a.b", {"where": "x:y", "number": "2"}),
    ],
    ids=["refused", "rules"],
)
def test_what_is_refused_is_told(
    book: Book, monkeypatch: pytest.MonkeyPatch, error: Exception, notice: str, params: dict[str, str]
) -> None:
    job, ends = done_by(book, monkeypatch, fail(error))
    assert (job.state, job.notice, dict(job.params), job.attempts) == (JobState.FAILED, notice, params, 1)
    assert [(end.notice, dict(end.params)) for end in ends] == [(notice, params)]


def test_a_fault_of_ours_is_told_by_its_number(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    job, _ = done_by(book, monkeypatch, fail(MemoryError()))
    assert (job.state, job.notice, len(job.params["incident"])) == (JobState.FAILED, "jobs.incident", 8)


def test_a_database_that_goes_away_is_no_fault_of_the_job(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def do(_task: Task, _owner: Identity) -> None:
        tries.append(1)
        if len(tries) < MOST_ATTEMPTS:
            raise OperationalError("", {}, ConnectionError())

    assert done_by(book, monkeypatch, do)[0].state is JobState.DONE
    gone, ends = done_by(book, monkeypatch, fail(OperationalError("", {}, ConnectionError())))
    assert (gone.state, gone.attempts, [end.notice for end in ends]) == (JobState.FAILED, 3, [GIVEN_UP])


def test_a_worker_that_is_to_end_leaves_the_job_to_the_next(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "KINDS", {KIND: Kind(lambda task, _owner: task.tick("first"))})
    ask_for(book)
    assert work_once(book, lambda: True)
    job = find_last(book, number_of(book), KIND)
    assert job is not None
    assert (job.state, job.attempts) == (JobState.WAITING, 0)


def test_a_kind_that_nobody_knows_is_told(book: Book) -> None:
    ask_for(book)
    work_all(book)
    job = find_last(book, number_of(book), KIND)
    assert job is not None
    assert (job.state, job.notice) == (JobState.FAILED, "jobs.unknown_kind")


def test_whoever_is_active_no_more_has_nothing_done(sqlite: SqliteDatabases) -> None:
    with prepared_book(sqlite, "small book of imports", tiny_book) as book:
        hand = Hand(book, "local")
        draft = keep_file(book, hand.person, "a.xlsx", write_tiny())
        found, desk = hand.person, hand.desk(draft)
        retire_person(book, "local")
        work_all(book)
        job = find_last(book, found, CHECK_IMPORT)
        assert job is not None
        assert (job.state, job.notice) == (JobState.FAILED, "jobs.owner_gone")
        assert "已停用" in desk.say(job.notice)


def test_a_right_that_is_gone_by_then_records_nothing(sqlite: SqliteDatabases) -> None:
    with prepared_book(sqlite, "small book of imports", tiny_book) as book:
        hand = Hand(book, "local")
        draft = hand.hand_in(write_tiny())
        hand.decide(draft, Choice.SKIP)
        ask_to_record(book, hand.person, hand.find(draft))
        withdraw_roles(book)
        before = book.head()
        hand.work()
        assert (hand.find(draft).state, book.head()) == (State.FAILED, before)
        job = find_last(book, hand.person, WRITE_IMPORT)
        assert job is not None
        assert job.notice.startswith("permission.")
        assert hand.desk(draft).say(job.notice, **job.params) in word_state(hand.desk(draft))
