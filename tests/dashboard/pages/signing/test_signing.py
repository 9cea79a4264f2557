"""The paper of a quarter: frozen by one, signed by another, and the same bytes whatever is recorded later."""

import json
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from dashboard.pages.context import BadAddress
from dashboard.pages.signing import freezing
from dashboard.pages.signing.freezing import freeze_paper, is_same_again, work_out
from dashboard.pages.signing.leverage_paper import make_draft
from dashboard.pages.signing.paper_quarters import list_quarters
from dashboard.reports.as_pdf import NoPrinter, write_pdf
from dashboard.reports.paper import Paper
from dashboard.reports.paper_sheets import write_paper_workbook
from funds.book import Book
from funds.errors import NotAllowed
from funds.models import Document
from funds.queries.signed_papers import PaperOnFile, read_papers
from funds.recording import prepare_papers, sign_papers
from tests.builders import day, fee, record
from tests.dashboard.pages.signing.visits import (
    ANALYST,
    AUDITOR,
    MANAGER,
    QUARTER,
    SIGNATORY,
    audited_book,
    context_of,
    lines_of,
    sent_page,
    table_at,
)
from tests.dashboard.pages.trail_visits import visit_of
from tests.engines import Databases, SqliteDatabases

HERE = f"/signing?quarter={QUARTER}"


PRINTED = b"%PDF-1.7 printed %%EOF"


@pytest.fixture
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting pages takes a second or more; what is on them is one test's matter."""
    monkeypatch.setattr(freezing, "write_pdf", lambda _paper: PRINTED)


@pytest.fixture
def book(sqlite: SqliteDatabases, unprinted: None) -> Iterator[Book]:
    with audited_book(sqlite) as made:
        yield made
    sqlite.drop_made()


@pytest.fixture
def either(databases: Databases, unprinted: None) -> Iterator[Book]:
    with audited_book(databases) as made:
        yield made


def freeze(book: Book, login: str = ANALYST, reason: str = "") -> PaperOnFile:
    """Prepare the paper of the quarter as the page does."""
    draft = freeze_paper(context_of(book, login, HERE), QUARTER, reason)
    with book.change(login, "signing.why_prepare", "prepare") as change:
        prepare_papers(change, [draft])
    return newest(book)


def sign(book: Book, paper: PaperOnFile) -> None:
    with book.change(SIGNATORY, "signing.why_sign", "sign") as change:
        sign_papers(change, [paper.id])


def newest(book: Book) -> PaperOnFile:
    with book.look() as look:
        return read_papers(look.connection, look.version)[0]


def content(book: Book, paper: PaperOnFile, form: str) -> bytes:
    stored = paper.file(form)
    assert stored is not None
    with book.look() as look:
        query = select(Document.content).where(Document.id == stored.document_id)
        found = bytes(look.connection.execute(query).scalar_one())
    assert sha256(found).hexdigest() == stored.sha256
    return found


def words_in(workbook: bytes) -> str:
    with ZipFile(BytesIO(workbook)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


def test_a_signed_paper_is_the_same_after_later_revisions_and_so_are_its_figures(either: Book) -> None:
    paper = freeze(either)
    sign(either, paper)
    frozen = {form: content(either, paper, form) for form in ("json", "xlsx", "pdf")}
    for amount in range(1, 6):
        record(either, fee("F1", amount, "2025-12-01"))
    assert {form: content(either, newest(either), form) for form in frozen} == frozen
    again = work_out(visit_of(either, AUDITOR), QUARTER, paper.known_version)
    assert again == frozen["json"], "whoever asks, and whenever"
    assert is_same_again(visit_of(either, SIGNATORY), paper)
    told = json.loads(again)
    assert (told["report"], told["scope"], told["version"]) == ("leverage", "city", paper.known_version)


def test_the_paper_holds_every_definition_inputs_bridge_and_natures(book: Book) -> None:
    paper = freeze(book)
    text = words_in(content(book, paper, "xlsx"))
    codes = [f"LV{number:02d}" for number in range(1, 14) if number not in (2, 10, 11)]
    assert [code for code in (*codes, "LV02") if code not in text] == []
    for words in ("营业执照", "民营甲公司", "申报到审定", "锁定", paper.known_hash):
        assert words in text, words


def test_the_printed_paper_names_version_and_hash_on_every_page(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freezing, "write_pdf", write_pdf)
    paper = freeze(book)
    pages = [page.extract_text() for page in PdfReader(BytesIO(content(book, paper, "pdf"))).pages]
    assert len(pages) > 3
    assert all(paper.known_hash[:12] in page for page in pages)
    assert any("经办人" in page for page in pages)


def test_a_draft_is_what_would_be_frozen_and_says_that_it_is_a_draft(book: Book) -> None:
    draft = make_draft(context_of(book, ANALYST, HERE))
    text = words_in(write_paper_workbook(draft))
    assert "草稿" in text
    assert write_paper_workbook(draft) == write_paper_workbook(make_draft(context_of(book, ANALYST, HERE)))
    english = make_draft(context_of(book, ANALYST, HERE, "en"))
    assert english.title == "Social capital leveraged, 2025-Q4"


def test_without_the_printer_the_paper_has_no_pdf_and_the_page_says_so(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_paper: Paper) -> bytes:
        raise NoPrinter("report.no_pdf")

    monkeypatch.setattr(freezing, "write_pdf", refuse)
    assert [one.form for one in freeze(book).files] == ["json", "xlsx"]
    (line,) = lines_of(table_at(book, ANALYST, HERE, "papers"))
    assert (line["pdf"], line["xlsx"]) == ("—", "下载")


def test_the_page_tells_where_each_paper_stands_and_whose_turn_it_is(book: Book) -> None:
    assert "还没有签批生效" in sent_page(book, ANALYST, HERE)
    paper = freeze(book)
    assert "signing-sign" not in sent_page(book, ANALYST, HERE), "not one's own"
    assert f"签批 {QUARTER} 第 {paper.id} 号" in sent_page(book, SIGNATORY, HERE)
    assert "signing-sign" not in sent_page(book, AUDITOR, HERE)
    sign(book, paper)
    second = freeze(book, ANALYST, "补录一笔出资")
    lines = lines_of(table_at(book, AUDITOR, HERE, "papers"))
    assert [line["state"] for line in lines] == ["待签批", "生效"]
    sign(book, second)
    lines = lines_of(table_at(book, AUDITOR, HERE, "papers"))
    assert [(line["state"], line["reason"]) for line in lines] == [("生效", "补录一笔出资"), ("已被替换", "")]
    past = sent_page(book, SIGNATORY, f"{HERE}&as_known={second.known_version}")
    assert "过去的版本" in past
    assert "待签批" not in past.split("papers")[0]


def test_the_page_works_a_frozen_paper_out_again(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = freeze(book)
    assert "逐字节相同" in sent_page(book, AUDITOR, f"{HERE}&check={paper.id}")
    monkeypatch.setattr(freezing, "work_out", lambda *_asked: b"other")
    assert "与冻结的不同" in sent_page(book, AUDITOR, f"{HERE}&check={paper.id}")
    with pytest.raises(BadAddress):
        sent_page(book, AUDITOR, f"{HERE}&check=99")


def test_papers_are_for_those_who_inspect_the_whole_city(book: Book) -> None:
    for page in ("/signing", "/inspection"):
        with pytest.raises(NotAllowed):
            sent_page(book, MANAGER, page)
    with pytest.raises(NotAllowed):
        make_draft(context_of(book, MANAGER, HERE))


def test_the_auditor_comes_in_by_a_page_of_what_there_is(book: Book) -> None:
    sign(book, freeze(book))
    page = sent_page(book, AUDITOR, "/inspection")
    for words in ("签批材料（1 份）", "审计抽样（0 次）", "导出变更记录", "您只能查看"):
        assert words in page, words
    assert "您只能查看" not in sent_page(book, SIGNATORY, "/inspection")
    assert "签批材料（0 份）" in sent_page(book, AUDITOR, "/inspection?as_known=2")
    for name in ("papers", "samples"):
        assert len(table_at(book, AUDITOR, "/inspection", name).columns) > 5


@pytest.mark.parametrize("text", ["2025", "2025-Q5", "0001-Q1", "9999-Q4", "x"])
def test_an_odd_quarter_is_told(book: Book, text: str) -> None:
    with pytest.raises(BadAddress):
        sent_page(book, ANALYST, f"/signing?quarter={text}")


def test_quarters_that_are_over_are_offered() -> None:
    assert list_quarters(day("2026-01-01"), 2) == ["2025-Q4", "2025-Q3"]
    assert list_quarters(day("2026-06-30"), 2) == ["2026-Q1", "2025-Q4"]
