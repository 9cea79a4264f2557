"""A job is drawn with what is done of it and for how long, and says so where nobody takes jobs."""

import json
from collections.abc import Iterator

import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard.jobs.claims import take_job
from dashboard.jobs.job import StoredJob
from dashboard.jobs.presence import note_worker
from dashboard.jobs.runners import name_runner
from dashboard.jobs.store import find_last
from dashboard.jobs.task import Task
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.job_progress import draw_progress, word_job
from funds.book import Book
from tests.builders import founded_book
from tests.dashboard.jobs.people import KIND, ask_for, number_of
from tests.dashboard.pages.trail_visits import visit_of
from tests.dashboard.serving import Clock
from tests.engines import SqliteDatabases


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(sqlite: SqliteDatabases, clock: Clock) -> Iterator[Book]:
    with founded_book(sqlite) as made:
        made.clock = clock
        yield made


def context(book: Book, language: str = "zh") -> PageContext:
    return read_context(visit_of(book, "local", language), "", None, "/")


def last(book: Book) -> StoredJob:
    job = find_last(book, number_of(book), KIND)
    assert job is not None
    return job


def test_what_waits_says_so_and_whether_anybody_will_come(book: Book, clock: Clock) -> None:
    ask_for(book)
    assert word_job(context(book), last(book)) == "排队中，前面的作业完成就开始。"
    clock.advance(seconds=90)
    assert "没有正在运行的作业进程" in word_job(context(book), last(book))
    note_worker(book, name_runner())
    assert word_job(context(book), last(book)) == "排队中，前面的作业完成就开始。"


def test_what_goes_on_says_what_is_done_of_it_and_for_how_long(book: Book, clock: Clock) -> None:
    ask_for(book)
    job = take_job(book, name_runner())
    assert job is not None
    assert word_job(context(book), job) == "刚开始 · 已用 0 秒"
    task = Task(book, job)
    task.tick("check:投资", 50, 200)
    clock.advance(seconds=75)
    assert word_job(context(book), last(book)) == "正在核对：投资 · 50 / 200 · 已用 1 分 15 秒"
    assert word_job(context(book, "en"), last(book)) == "checking: 投资 · 50 of 200 · for 1 min 15 s"
    drawn = json.dumps(draw_progress(context(book), last(book), "核对"), cls=PlotlyJSONEncoder)
    assert '"value": 25' in drawn
    task.tick("check:check", 200, 200)
    assert word_job(context(book), last(book)).startswith("正在核对：各表合在一起")
    assert '"animated": true' in json.dumps(draw_progress(context(book), None, "核对"), cls=PlotlyJSONEncoder)
