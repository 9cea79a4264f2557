"""T25 for jobs: a worker killed at any moment leaves nothing half done; the next one does it, and nothing twice."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from sqlalchemy import func, select

from dashboard.jobs.claims import MOST_ATTEMPTS
from dashboard.jobs.job import JobState, StoredJob
from dashboard.jobs.store import find_last
from dashboard.pages.imports import workshop
from dashboard.pages.imports.draft_jobs import ask_to_record
from dashboard.pages.imports.draft_store import JOBS, State, keep_file
from dashboard.pages.imports.draft_view import word_state
from dashboard.pages.signing import freezing, paper_job
from dashboard.pages.signing.paper_job import ask_for_paper, find_job
from dashboard.worker.work import work_all
from funds.book import Book
from funds.intake import batch
from funds.intake.choices import Choice
from funds.models import Entry, ImportBatch
from funds.queries.invariants import check_invariants
from funds.queries.signed_papers import read_papers
from tests.builders import prepared_book, rows_of
from tests.dashboard.pages.imports.desk import Hand
from tests.dashboard.pages.imports.ledger import tiny_book, write_tiny
from tests.dashboard.pages.signing.visits import ANALYST, QUARTER, audited_book
from tests.dashboard.pages.trail_visits import visit_of
from tests.dashboard.worker.killing import kill_at, pause_after, pause_at_stage
from tests.engines import ENGINES, Databases, SqliteDatabases
from tests.faults.kinds import Kind, fault

Prepare = Callable[[pytest.MonkeyPatch, Callable[[], None]], None]


def at(stage: str) -> Prepare:
    """When a stage has been told of."""
    return lambda monkeypatch, reach: pause_at_stage(monkeypatch, stage, reach)


def after(owner: object, name: str) -> Prepare:
    """When a function has been called."""
    return lambda monkeypatch, reach: pause_after(monkeypatch, owner, name, reach)


IN_CHANGE, COMMITTED = after(batch, "_keep_document"), after(workshop, "import_workbook")


@pytest.fixture
def either(databases: Databases) -> Iterator[Hand]:
    """On each engine in turn: where a change and its job end in one transaction."""
    with prepared_book(databases, "small book of imports", tiny_book) as made:
        yield Hand(made, "local")


@pytest.fixture
def hand(sqlite: SqliteDatabases) -> Iterator[Hand]:
    with prepared_book(sqlite, "small book of imports", tiny_book) as made:
        yield Hand(made, "local")


@pytest.fixture
def audited(sqlite: SqliteDatabases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.setattr(freezing, "write_pdf", lambda _paper: b"%PDF-1.7 printed %%EOF")
    with audited_book(sqlite) as made:
        yield made


def count(book: Book) -> tuple[int, int, int]:
    """Version, lines and batches; what stands is sound."""
    with book.look() as look:
        assert check_invariants(look.connection, look.version) == []
        batches = look.connection.execute(select(func.count()).select_from(ImportBatch)).scalar_one()
    return book.head().version, len(rows_of(book, Entry)), batches


def job_of(hand: Hand, draft: int) -> StoredJob:
    job = find_last(hand.book, hand.person, *JOBS, subject=draft)
    assert job is not None
    return job


@fault("F2", Kind.WORKER_KILLED)
@pytest.mark.parametrize(
    "moment",
    [pytest.param(at(workshop.READ), marks=pytest.mark.full), at(workshop.CHECK)],
    ids=["reading", "checking"],
)
def test_a_check_whose_worker_is_killed_is_done_by_the_next_one(hand: Hand, moment: Prepare) -> None:
    before = count(hand.book)
    draft = keep_file(hand.book, hand.person, "a.xlsx", write_tiny())
    kill_at(hand.book, moment)
    assert hand.find(draft).state in (State.READING, State.CHECKING), "it goes on, as far as anybody can see"
    hand.work()
    assert (hand.find(draft).state, job_of(hand, draft).attempts) == (State.CHECKED, 2)
    assert count(hand.book) == before


@fault("F2", Kind.WORKER_KILLED)
@pytest.mark.parametrize(
    ("databases", "moment", "attempts"),
    [
        pytest.param("sqlite", at(workshop.READ), 2, marks=pytest.mark.full),
        pytest.param("postgresql", at(workshop.READ), 2, marks=pytest.mark.full),
        ("sqlite", IN_CHANGE, 2),
        pytest.param("postgresql", IN_CHANGE, 2, marks=pytest.mark.full),
        pytest.param("sqlite", COMMITTED, 1, marks=pytest.mark.full),
        ("postgresql", COMMITTED, 1),
    ],
    ids=[f"{moment} {engine}" for moment in ("reading", "in the change", "committed") for engine in ENGINES],
    indirect=["databases"],
)
def test_a_recording_whose_worker_is_killed_is_one_batch(
    either: Hand, moment: Prepare, attempts: int
) -> None:
    hand = either
    draft = hand.hand_in(write_tiny())
    hand.decide(draft, Choice.BOTH)  # recorded twice it would add lines twice
    version, lines, batches = count(hand.book)
    ask_to_record(hand.book, hand.person, hand.find(draft))
    kill_at(hand.book, moment)
    is_in = moment is COMMITTED
    assert count(hand.book) == ((version + 1, lines + 2, batches + 1) if is_in else (version, lines, batches))
    hand.work()
    done, job = hand.find(draft), job_of(hand, draft)
    assert (done.state, done.version, job.version) == (State.DONE, version + 1, version + 1)
    assert (job.state, job.attempts) == (JobState.DONE, attempts)
    assert count(hand.book) == (version + 1, lines + 2, batches + 1)
    assert f"版本 {version + 1}" in word_state(hand.desk(draft))


@pytest.mark.full
@fault("F2", Kind.WORKER_KILLED)
def test_a_job_that_kills_its_worker_each_time_is_given_up_and_told(hand: Hand) -> None:
    draft = keep_file(hand.book, hand.person, "a.xlsx", write_tiny())
    for _ in range(MOST_ATTEMPTS):
        kill_at(hand.book, at(workshop.READ))
    hand.work()
    assert (hand.find(draft).state, job_of(hand, draft).state) == (State.FAILED, JobState.FAILED)
    assert "三次中断" in word_state(hand.desk(draft))
    assert hand.look_again(draft) is State.CHECKED


@fault("F2", Kind.WORKER_KILLED)
@pytest.mark.parametrize(
    ("moment", "attempts"),
    [
        pytest.param(at("workbook"), 2, marks=pytest.mark.full),
        pytest.param(after(paper_job, "freeze_paper"), 2, marks=pytest.mark.full),
        (after(paper_job, "prepare_papers"), 2),
    ],
    ids=["making it", "made", "in the change"],
)
def test_a_paper_whose_worker_is_killed_is_made_once(audited: Book, moment: Prepare, attempts: int) -> None:
    visit = partial(visit_of, audited, ANALYST)
    ask_for_paper(visit(), QUARTER, "")
    before = audited.head()
    kill_at(audited, moment)
    assert audited.head() == before
    work_all(audited)
    job = find_job(visit())
    assert job is not None
    assert (job.state, job.attempts, job.version) == (JobState.DONE, attempts, before.version + 1)
    with audited.look() as look:
        papers = read_papers(look.connection, look.version)
    assert [one.prepared.version for one in papers] == [before.version + 1]
