"""A quarter of the made-up city from its first deal to its signed paper, and the same bytes after years of changes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from dashboard.cli import opening
from dashboard.pages.quarters.restatement_card import make_restatements_table
from dashboard.pages.signing import freezing
from funds.book import Book
from funds.errors import PeriodClosed
from funds.models import Mark, Period, Restatement
from funds.queries.signed_papers import FORMS, PaperOnFile
from tests.builders import fee, record, rows_of
from tests.dashboard.cli.terminal import run
from tests.dashboard.later_revisions import ACTS, record_later
from tests.dashboard.quarter_city import (
    CLOSING,
    END,
    FIRM,
    FUND,
    QUARTER,
    QuarterCity,
    build_quarter_city,
)
from tests.dashboard.serving import Clock, Served, serve
from tests.engines import Databases
from tests.funds.recording.proposal_city import id_of

QUESTIONS = (("city",), ("fund", "--fund", FUND), ("leverage", "--city"))
REVISIONS = (50, 500)
PRINTED = b"%PDF-1.7 printed %%EOF"
YEARS = 3 * 365


@dataclass(frozen=True)
class Signed:
    """What was put away when the quarter was signed: the version, its reports, and the paper's files."""

    version: int
    reports: list[bytes]
    paper: PaperOnFile
    files: dict[str, bytes]


@pytest.fixture
def city(databases: Databases, full: bool, monkeypatch: pytest.MonkeyPatch) -> Iterator[QuarterCity]:
    """The city in October, on each engine in turn, as its people come to close the fourth quarter."""
    url = databases.copy_of("city of a quarter", build_quarter_city)
    if not full:
        # Setting the pages takes longer than all the rest; what is on them is another test's matter.
        monkeypatch.setattr(freezing, "write_pdf", lambda _paper: PRINTED)
    clock = Clock(CLOSING)
    monkeypatch.setattr(opening, "Book", partial(Book, clock=clock))
    with Book(url, clock=clock) as book:
        yield QuarterCity(book, clock)


@pytest.fixture
def served(city: QuarterCity, tmp_path: Path) -> Iterator[Served]:
    """The same book behind a server."""
    made = serve(address(city), tmp_path)
    yield made
    made.book.close()


def report(city: QuarterCity, *words: str, known: int | None = None) -> bytes:
    """What the command answers for the quarter's last day."""
    then = () if known is None else ("--as-known", known)
    found = run("report", *words, "--as-of", END, "--format", "json", "--book", address(city), *then)
    assert found.code == 0, found.err
    return found.out


def address(city: QuarterCity) -> str:
    """Where the book is, as one types it."""
    return city.book.url.render_as_string(hide_password=False)


def reports(city: QuarterCity, known: int) -> list[bytes]:
    """City, fund and leverage as known at a version."""
    return [report(city, *words, known=known) for words in QUESTIONS]


def take_files(served: Served, paper: PaperOnFile) -> dict[str, bytes]:
    """The files of a paper as the auditor gets them from the server today."""
    client, found = served.signed_in("auditor"), {}
    for kept in paper.files:
        answer = client.get(f"/document?id={kept.document_id}")
        assert (answer.status_code, answer.headers["X-Content-SHA256"]) == (200, kept.sha256)
        assert sha256(answer.data).hexdigest() == kept.sha256
        found[kept.form] = answer.data
    return found


def words_in(workbook: bytes) -> str:
    with ZipFile(BytesIO(workbook)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


def close_the_quarter(city: QuarterCity) -> None:
    """Logged, marked, reviewed by another, filed and locked by two."""
    city.log_the_quarter()
    city.mark_the_holdings()
    city.report_the_value()
    city.count_with_the_mother()
    city.lock()


def check_what_two_people_did(city: QuarterCity) -> None:
    """Who brought a value did not approve it, who proposed the lock did not lock, and nothing else comes in."""
    book = city.book
    marks = [row for row in rows_of(book, Mark) if row["valued_on"] == END]
    assert {row["approved_by_id"] for row in marks} == {id_of(book, "reviewer")}
    assert len(marks) == len(city.end_of("manager").by_company) > 4
    state = city.quarters("analyst").state
    locked = {one.fund.code: one.lock for one in state.funds if one.lock is not None}
    assert locked.keys() == {FUND}
    assert {row["proposer_id"] for row in rows_of(book, Period)} == {id_of(book, "analyst")}
    assert {lock.approver_id for lock in locked.values()} == {id_of(book, "signatory")}
    assert all(one.is_green for one in state.funds if one.lock is not None)
    with pytest.raises(PeriodClosed):
        record(book, fee(FUND, 3, "2026-12-20"), person="manager")


def check_the_note(city: QuarterCity) -> None:
    """The late payment stands in the note with who, why, and what it did to the fund's figures."""
    table = make_restatements_table(city.page("analyst", "/quarters"))
    (row,) = table.rows
    told = {column.key: cell.text for column, cell in zip(table.columns, row, strict=True)}
    assert told["who"] == "用户manager提请，用户signatory批准"
    assert (told["why"], told["paid_in"], told["invested"]) == ("凭证迟到", "+3.00", "0.00")
    assert [one["quarter"] for one in rows_of(city.book, Restatement)] == [QUARTER]


def sign_and_put_away(city: QuarterCity, served: Served) -> Signed:
    paper = city.sign()
    served.clock.now = city.clock.now
    return Signed(city.version, reports(city, city.version), paper, take_files(served, paper))


def check_the_paper(city: QuarterCity, signed: Signed) -> None:
    """Two different hands, the note of the late entry, and the figures of the report."""
    paper = signed.paper
    assert (paper.prepared.person_id, paper.signed and paper.signed.person_id) == (
        id_of(city.book, "analyst"),
        id_of(city.book, "signatory"),
    )
    assert signed.files.keys() == set(FORMS)
    assert "凭证迟到" in words_in(signed.files["xlsx"])
    told = json.loads(signed.reports[1])
    assert (told["report"], told["version"]) == ("fund", signed.version)
    assert any(row.get("company") == FIRM for row in told["rows"])


@pytest.mark.parametrize(
    "databases", ["sqlite", pytest.param("postgresql", marks=pytest.mark.full)], indirect=True
)
def test_a_signed_quarter_is_the_same_byte_for_byte_after_years_of_revisions(
    city: QuarterCity, served: Served, counts: Callable[[int, int], int]
) -> None:
    close_the_quarter(city)
    check_what_two_people_did(city)
    city.enter_late("3", "凭证迟到")
    check_the_note(city)
    signed = sign_and_put_away(city, served)
    check_the_paper(city, signed)

    city.clock.advance(days=YEARS)
    served.clock.advance(days=YEARS)
    record_later(city, counts(*REVISIONS))

    assert city.version >= signed.version + counts(*REVISIONS)
    assert reports(city, signed.version) == signed.reports
    assert report(city, *QUESTIONS[1]) != signed.reports[1], "nothing had changed"
    assert report(city, *QUESTIONS[2], known=signed.paper.known_version) == signed.files["json"]
    assert take_files(served, signed.paper) == signed.files
    assert city.papers() == [signed.paper]
    assert run("verify", "--book", address(city)).code == 0


def test_the_small_run_records_every_kind_of_later_revision() -> None:
    assert len(ACTS) < REVISIONS[0]
