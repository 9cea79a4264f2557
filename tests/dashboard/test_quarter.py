"""A quarter of the made-up city from its first deal to its signed paper, and the same bytes after years of changes."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from dashboard.sample.sizes import CORE, FULL, CitySize
from funds.book import Book
from funds.errors import PeriodClosed
from funds.models import Mark, Period, Restatement
from funds.queries.signed_papers import FORMS, PaperOnFile
from tests.builders import fee, record, rows_of
from tests.dashboard.cli.terminal import run
from tests.dashboard.later_revisions import ACTS, record_later
from tests.dashboard.quarter_city import (
    BEGAN,
    CLOSING,
    END,
    FIRM,
    FUND,
    MOTHER,
    PEOPLE,
    QUARTER,
    QuarterCity,
    build_quarter_city,
)
from tests.dashboard.serving import Clock, serve
from tests.engines import Databases
from tests.funds.recording.proposal_city import id_of

QUESTIONS = (("city",), ("fund", "--fund", FUND), ("leverage", "--city"))
REVISIONS = (50, 500)
PRINTED = b"%PDF-1.7 printed %%EOF"
YEARS = 3 * 365
SIZES = [CORE, pytest.param(FULL, marks=pytest.mark.full)]


@dataclass(frozen=True)
class Signed:
    """What was put away when the quarter was signed: the version, its reports, and the paper's files."""

    version: int
    reports: list[bytes]
    paper: PaperOnFile
    files: dict[str, bytes]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size.funds} funds")
def city(
    request: pytest.FixtureRequest, databases: Databases, full: bool, monkeypatch: pytest.MonkeyPatch
) -> Iterator[QuarterCity]:
    """The city in October, on each engine in turn, as its people come to close the fourth quarter."""
    size: CitySize = request.param
    name = f"city of a quarter {size.funds}"
    url = databases.copy_of(name, lambda made: build_quarter_city(made, size))
    if not full:
        # Setting the pages takes longer than all the rest; what is on them is another test's matter.
        monkeypatch.setattr(freezing, "write_pdf", lambda _paper: PRINTED)
    clock = Clock(CLOSING)
    monkeypatch.setattr(opening, "Book", partial(Book, clock=clock))
    with Book(url, clock=clock) as book:
        yield QuarterCity(book, clock)


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


@contextmanager
def served_files(city: QuarterCity, folder: Path) -> Iterator[Callable[[PaperOnFile], dict[str, bytes]]]:
    """The way on which the auditor takes a paper's files from the server."""
    served = serve(address(city), folder)
    served.clock.now = city.clock.now
    client = served.signed_in("auditor")

    def take(paper: PaperOnFile) -> dict[str, bytes]:
        found = {}
        for kept in paper.files:
            answer = client.get(f"/document?id={kept.document_id}")
            assert (answer.status_code, answer.headers["X-Content-SHA256"]) == (200, kept.sha256)
            assert sha256(answer.data).hexdigest() == kept.sha256
            found[kept.form] = answer.data
        return found

    yield take
    served.book.close()


def words_in(workbook: bytes) -> str:
    with ZipFile(BytesIO(workbook)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


def close_the_quarter(city: QuarterCity) -> None:
    """Logged, marked, reviewed by another, filed and locked by two."""
    city.log_the_quarter()
    city.mark_the_holdings()
    city.report("manager", FUND)
    city.count_with_the_mother()
    city.report("mother", MOTHER)
    city.lock()


def check_what_two_people_did(city: QuarterCity) -> None:
    """Who brought a value did not approve it, who proposed the lock did not lock, and nothing else comes in."""
    book = city.book
    marks = [row for row in rows_of(book, Mark) if row["valued_on"] == END]
    assert {row["approved_by_id"] for row in marks} == {id_of(book, "reviewer")}
    assert len(marks) == len(city.end_of("manager", FUND).by_company) > 4
    state = city.quarters("analyst").state
    locked = {one.fund.code: one.lock for one in state.funds if one.lock is not None}
    assert locked.keys() == {FUND, MOTHER}
    assert {row["proposer_id"] for row in rows_of(book, Period)} == {id_of(book, "analyst")}
    assert {lock.approver_id for lock in locked.values()} == {id_of(book, "signatory")}
    assert all(one.is_green for one in state.funds if one.lock is not None)
    with pytest.raises(PeriodClosed):
        record(book, fee(FUND, 3, "2026-12-20"), person="manager")


def check_the_note(city: QuarterCity) -> None:
    """The late fee stands in the note with who, why, and what it did to the value of the fund."""
    table = make_restatements_table(city.page("analyst", "/quarters"))
    (row,) = table.rows
    told = {column.key: cell.text for column, cell in zip(table.columns, row, strict=True)}
    assert told["who"] == "用户manager提请，用户signatory批准"
    assert (told["why"], told["nav"], told["paid_in"]) == ("凭证迟到", "-3.00", "0.00")
    assert [one["quarter"] for one in rows_of(city.book, Restatement)] == [QUARTER]


def sign_and_put_away(city: QuarterCity, folder: Path) -> Signed:
    paper = city.sign()
    with served_files(city, folder) as take:
        files = take(paper)
    return Signed(city.version, reports(city, city.version), paper, files)


def check_the_paper(city: QuarterCity, signed: Signed) -> None:
    """Two different hands, the note of the late entry, and the figures of the report."""
    paper = signed.paper
    assert (paper.prepared.person_id, paper.signed and paper.signed.person_id) == (
        id_of(city.book, "analyst"),
        id_of(city.book, "signatory"),
    )
    assert signed.files.keys() == set(FORMS)
    assert "凭证迟到" in words_in(signed.files["xlsx"])
    assert report(city, "leverage", "--city", known=paper.known_version) == signed.files["json"]
    told = json.loads(signed.reports[1])
    assert (told["report"], told["version"]) == ("fund", signed.version)
    assert any(row.get("company") == FIRM for row in told["rows"])


def test_a_signed_quarter_is_the_same_byte_for_byte_after_years_of_revisions(
    city: QuarterCity, counts: Callable[[int, int], int], tmp_path: Path
) -> None:
    close_the_quarter(city)
    check_what_two_people_did(city)
    city.enter_late("3", "凭证迟到")
    check_the_note(city)
    signed = sign_and_put_away(city, tmp_path)
    check_the_paper(city, signed)

    city.clock.advance(days=YEARS)
    record_later(city, counts(*REVISIONS))
    replaced = city.sign("年审调整")

    assert city.version >= signed.version + counts(*REVISIONS) > signed.version + len(ACTS)
    assert reports(city, signed.version) == signed.reports
    now = [report(city, *words) for words in QUESTIONS]
    assert all(one != other for one, other in zip(now, signed.reports, strict=True)), "nothing had changed"
    assert report(city, "leverage", "--city", known=signed.paper.known_version) == signed.files["json"]
    with served_files(city, tmp_path) as take:
        assert take(signed.paper) == signed.files
        assert take(replaced)["json"] != signed.files["json"]
    first, last = sorted(city.papers(), key=lambda paper: paper.id)
    assert (first.is_overtaken, last.supersedes_id, last.is_in_force) == (True, first.id, True)
    assert run("verify", "--book", address(city)).code == 0


def test_every_kind_of_later_revision_is_recorded_in_the_small_run_too() -> None:
    assert len(ACTS) < REVISIONS[0]
    assert PEOPLE.keys() >= {"analyst", "signatory", "auditor"}
    assert BEGAN < CLOSING
