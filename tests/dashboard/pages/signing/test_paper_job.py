"""A paper is asked for, shown while it is made, and told of when it is there; whoever asked may do without it."""

from collections.abc import Iterator

import pytest

from dashboard.pages.signing import freezing, paper_job
from dashboard.pages.signing.paper_job import ask_for_paper, find_job
from dashboard.pages.signing.paper_progress import call_off_paper, is_made, tell_end
from dashboard.reports.paper import Paper
from dashboard.worker.work import work_all
from funds.book import Book
from funds.errors import Conflict, NotAllowed, RulesBroken
from funds.recording import sign_papers
from tests.dashboard.jobs.people import withdraw_roles
from tests.dashboard.pages.drawn import text_of
from tests.dashboard.pages.signing.visits import (
    ANALYST,
    AUDITOR,
    QUARTER,
    SIGNATORY,
    as_sent,
    audited_book,
    context_of,
    lines_of,
    sent_page,
    table_at,
)
from tests.dashboard.pages.trail_visits import visit_of
from tests.engines import SqliteDatabases

HERE = f"/signing?quarter={QUARTER}"


@pytest.fixture
def book(sqlite: SqliteDatabases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.setattr(freezing, "write_pdf", lambda _paper: b"%PDF-1.7 printed %%EOF")
    with audited_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def ask(book: Book, reason: str = "", login: str = ANALYST) -> None:
    ask_for_paper(visit_of(book, login), QUARTER, reason)


def told(book: Book, login: str = ANALYST, language: str = "zh") -> str:
    return text_of(as_sent(tell_end(context_of(book, login, HERE, language))))


def test_a_paper_is_shown_while_it_is_made_and_told_of_when_it_is_there(book: Book) -> None:
    assert not is_made(visit_of(book, ANALYST))
    before = book.head()
    ask(book)
    assert is_made(visit_of(book, ANALYST))
    shown = sent_page(book, ANALYST, HERE)
    for words in (
        "正在准备2025年四季度的材料",
        "排队中",
        "signing-call-off",
        '"disabled": false',
    ):
        assert words in shown, words
    assert "Preparing the paper of" in sent_page(book, ANALYST, HERE, "en")
    with pytest.raises(Conflict):
        ask(book)
    other = sent_page(book, SIGNATORY, HERE)
    assert "正在准备" not in other, "it is nobody else's"
    assert not is_made(visit_of(book, SIGNATORY))
    assert book.head() == before, "nothing is recorded before it is made"

    work_all(book)
    assert not is_made(visit_of(book, ANALYST))
    (line,) = lines_of(table_at(book, ANALYST, HERE, "papers"))
    assert (line["number"], line["state"]) == ("1", "待签批")
    assert "第 1 号" in told(book)
    assert "signing." not in told(book, language="en")
    assert tell_end(context_of(book, SIGNATORY, HERE)) is not None


def test_what_the_verb_refuses_is_told_before_anything_is_made(book: Book) -> None:
    with pytest.raises(NotAllowed):
        ask(book, login=AUDITOR)
    with pytest.raises(RulesBroken):
        ask_for_paper(visit_of(book, ANALYST), "2026-Q2", "")
    ask(book)
    work_all(book)
    with book.change(SIGNATORY, "signing.why_sign", "sign") as change:
        sign_papers(change, [1])
    with pytest.raises(RulesBroken):
        ask(book)
    ask(book, "补录一笔出资")
    work_all(book)
    assert [one["reason"] for one in lines_of(table_at(book, ANALYST, HERE, "papers"))] == [
        "补录一笔出资",
        "",
    ]


def test_a_paper_is_called_off_before_and_while_it_is_made(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Conflict):
        call_off_paper(context_of(book, ANALYST, HERE))
    before = book.head()
    ask(book)
    assert call_off_paper(context_of(book, ANALYST, HERE)).startswith("已取消")
    work_all(book)
    assert ("已取消" in told(book), book.head()) == (True, before)

    def stop(paper: Paper) -> bytes:
        assert call_off_paper(context_of(book, ANALYST, HERE)) == "正在停下"
        assert '"disabled": true' in sent_page(book, ANALYST, HERE)
        return b"x"

    ask(book)
    monkeypatch.setattr(freezing, "write_paper_workbook", stop)
    work_all(book)
    assert ("已取消" in told(book), book.head()) == (True, before)


def test_a_paper_that_is_not_made_says_why(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        raise Conflict("jobs.not_stoppable")

    ask(book)
    monkeypatch.setattr(paper_job, "freeze_paper", refuse)
    work_all(book)
    assert "没有做成" in told(book)
    assert "不能取消" in told(book)
    job = find_job(visit_of(book, ANALYST))
    assert job is not None
    assert job.notice == "jobs.not_stoppable"


def test_somebody_whose_right_is_gone_gets_no_paper(book: Book) -> None:
    ask(book)
    withdraw_roles(book, ANALYST)
    before = book.head()
    work_all(book)
    job = find_job(visit_of(book, ANALYST))
    assert job is not None
    assert (job.state.value, job.notice.partition(".")[0], book.head()) == ("failed", "permission", before)
