"""The book written out and imported again is the same book; nobody gets more than they may read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.sample.recording import plan_batches, record_city
from dashboard.sample.sizes import CORE
from funds.book import LOCAL, Book
from funds.drafts import CommitmentDraft, CompanyDraft, Draft, FundDraft, MarkDraft, PartyDraft
from funds.intake import import_workbook, read_workbook, write_workbook
from funds.models.row_security import WHOLE
from funds.permissions import Readable
from funds.queries.codes import known_funds, known_parks
from funds.queries.transcripts import Extent, find_extent, transcribe
from tests.builders import record_in
from tests.dashboard.sample.test_recording import found
from tests.engines import Databases, SqliteDatabases

EVERYTHING = Readable(is_city=True, park_ids=frozenset(), fund_ids=frozenset())


def build(url: str, folder: Path) -> None:
    found(url)
    with Book(url) as book:
        record_city(book, LOCAL, CORE, plan_batches(CORE), folder, lambda *_: None)


@pytest.fixture
def book(databases: Databases, tmp_path: Path) -> Iterator[Book]:
    with Book(databases.copy_of("core city", lambda url: build(url, tmp_path))) as book:
        yield book


@pytest.fixture
def core(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[Book]:
    with Book(sqlite.copy_of("core city", lambda url: build(url, tmp_path))) as book:
        yield book
    sqlite.drop_made()


def write_out(book: Book, extent: Extent) -> dict[type[Draft], list[Draft]]:
    with book.look(sight=WHOLE) as look:
        return {
            kind: list(found) for kind, found in transcribe(look.connection, look.version, extent).items()
        }


def take_in(book: Book, drafts: dict[type[Draft], list[Draft]], folder: Path) -> tuple[bool, list[str], int]:
    """Whether importing it changes nothing, what it is told, and how many rows it has."""
    path = folder / "out.xlsx"
    write_workbook(path, drafts, "示例市", LOCAL, date(2026, 9, 30))
    reading = read_workbook(path)
    result = import_workbook(book, LOCAL, reading)
    codes = [problem.code for problem in result.problems if problem.code != "import.keyless"]
    return result.already, codes, reading.rows_read


def extent_of(book: Book, fund: str | None = None, park: str | None = None) -> Extent:
    with book.look() as look:
        funds = known_funds(look.connection, look.version, [fund] if fund else [])
        parks = known_parks(look.connection, look.version, [park] if park else [])
        return find_extent(
            look.connection,
            look.version,
            EVERYTHING,
            funds[fund].id if fund else None,
            parks[park].id if park else None,
        )


def test_the_whole_book_comes_in_again_without_a_change(book: Book, tmp_path: Path) -> None:
    drafts = write_out(book, extent_of(book))
    version = book.head().version
    is_same, told, rows = take_in(book, drafts, tmp_path)
    assert (is_same, told) == (True, [])
    assert rows == sum(map(len, drafts.values())) > 500
    assert book.head().version == version


@pytest.mark.parametrize("extent", [("F03", None), ("F01", None), (None, "P01"), (None, "P02")])
def test_a_fund_or_a_park_comes_in_again_without_a_change(
    core: Book, tmp_path: Path, extent: tuple[str | None, str | None]
) -> None:
    drafts = write_out(core, extent_of(core, *extent))
    is_same, told, rows = take_in(core, drafts, tmp_path)
    assert (is_same, told) == (True, [])
    assert rows > 0


def test_a_fund_written_out_makes_an_empty_book_hold_it(
    core: Book, sqlite: SqliteDatabases, tmp_path: Path
) -> None:
    drafts = write_out(core, extent_of(core, "F03"))
    assert {getattr(draft, "code") for draft in drafts[FundDraft]} == {"F03"}  # noqa: B009
    others = {getattr(draft, "fund") for draft in drafts[CommitmentDraft]}  # noqa: B009
    assert others == {"F03"}


def test_whoever_reads_one_fund_is_given_no_row_of_another(core: Book) -> None:
    with core.look() as look:
        known = known_funds(look.connection, look.version, ["F03", "F04"])
        mine = Readable(is_city=False, park_ids=frozenset(), fund_ids=frozenset({known["F03"].id}))
        whole = find_extent(look.connection, look.version, mine)
        other = find_extent(look.connection, look.version, mine, fund=known["F04"].id)
    drafts = write_out(core, whole)
    for kind in (CommitmentDraft, MarkDraft, FundDraft):
        for draft in drafts.get(kind, []):
            assert getattr(draft, "fund", getattr(draft, "code", "")) == "F03"
    assert whole.funds == frozenset({known["F03"].id})
    assert other.funds == frozenset()
    assert CommitmentDraft not in write_out(core, other)


def test_what_holds_from_a_day_on_comes_in_again_without_a_change(core: Book, tmp_path: Path) -> None:
    first = write_out(core, extent_of(core))
    day = date(2026, 3, 1)
    fund, company = first[FundDraft][0], first[CompanyDraft][0]
    party = next(one for one in first[PartyDraft] if isinstance(one, PartyDraft) and one.manager_registration)
    assert isinstance(fund, FundDraft)
    assert isinstance(company, CompanyDraft)
    with core.change(LOCAL, "from a day on") as change:
        record_in(
            change,
            replace(fund, name="示例改名后的基金", from_date=day),
            replace(party, name="示例改名后的机构", from_date=day),
            replace(company, produces_in="示例新址", from_date=day),
        )
    drafts = write_out(core, extent_of(core))
    assert len(drafts[FundDraft]) == len(first[FundDraft]) + 1
    is_same, told, _ = take_in(core, drafts, tmp_path)
    assert (is_same, told) == (True, [])
