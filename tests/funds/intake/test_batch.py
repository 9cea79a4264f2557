"""A workbook comes into the book whole and once, or not at all."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

import migrations
from funds.book import Book, found_book
from funds.drafts import CommitmentDraft, ContributionDraft, FundDraft, InvestmentDraft, PartyDraft
from funds.errors import NotAllowed, RulesBroken
from funds.intake import (
    ImportResult,
    WorkbookReading,
    import_workbook,
    read_content,
    read_workbook,
    write_workbook,
)
from funds.kinds import BookKind, CommitmentChange, VehicleType
from funds.models import Document, Entry, ImportBatch, PartyFact, Revision
from funds.problems import Problem, Severity
from tests.engines import Databases
from tests.funds.intake.faulty import FAULTS, make_faulty_workbook
from tests.funds.intake.workbooks import PARTY, codes, make_workbook, put_parts, read_part

DAY = date(2021, 3, 1)
MILLION = 100_000_000  # fen


def _found(url: str) -> None:
    book = Book(url)
    migrations.upgrade(book.engine)
    found_book(book, BookKind.OWN, "示例市")
    book.engine.dispose()


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    book = Book(databases.copy_of("intake", _found))
    yield book
    book.engine.dispose()


@pytest.fixture
def reading(tmp_path: Path) -> WorkbookReading:
    drafts: dict[Any, Any] = {
        PartyDraft: [PartyDraft(code="LP1", name="市财政局"), PartyDraft(code="LP2", name="某某保险")],
        FundDraft: [FundDraft(code="F1", name="基金", vehicle_type=VehicleType.SUB_FUND, established=DAY)],
        CommitmentDraft: [
            CommitmentDraft(
                fund="F1", investor=investor, amount_fen=MILLION, kind=CommitmentChange.NEW, signed_on=DAY
            )
            for investor in ("LP1", "LP2")
        ],
        ContributionDraft: [
            ContributionDraft(fund="F1", investor="LP1", amount_fen=MILLION // 2, received_on=DAY)
        ],
    }
    write_workbook(tmp_path / "一.xlsx", drafts, "示例市", "某某公司", date(2025, 12, 31))
    return read_workbook(tmp_path / "一.xlsx")


def _count(book: Book, model: Any) -> int:
    with book.look() as look:
        return int(look.connection.execute(select(func.count()).select_from(model)).scalar_one())


def _fatal(problems: tuple[Problem, ...] | list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.FATAL]


def _sheets(result: ImportResult) -> dict[str, tuple[int, int, int]]:
    return {sheet.title: (sheet.read, sheet.new, sheet.same) for sheet in result.sheets}


def test_all_rows_come_in_as_one_revision(book: Book, reading: WorkbookReading) -> None:
    result = import_workbook(book, "local", reading)
    assert result.version == 2
    assert not result.already
    assert _sheets(result) == {"机构": (2, 2, 0), "基金": (1, 1, 0), "认缴": (2, 2, 0), "实缴": (1, 1, 0)}
    assert {sheet.title: sheet.total_fen for sheet in result.sheets}["认缴"] == 2 * MILLION
    with book.look() as look:
        rows = select(PartyFact.name, PartyFact.origin).order_by(PartyFact.id)
        found = [tuple(row) for row in look.connection.execute(rows)]
    assert found[:2] == [("市财政局", "机构!2"), ("某某保险", "机构!3")]


def test_the_file_is_kept_with_what_came_of_it(book: Book, reading: WorkbookReading) -> None:
    import_workbook(book, "local", reading)
    with book.look() as look:
        document = look.connection.execute(select(Document)).one()
        batch = look.connection.execute(select(ImportBatch)).one()
    assert (document.sha256, document.name, document.size) == (reading.sha256, "一.xlsx", reading.size)
    assert bytes(document.content) == reading.content
    assert (batch.document_id, batch.rows_read, batch.rows_new) == (document.id, 6, 6)
    assert batch.total_fen == 2 * MILLION + MILLION // 2


def test_the_same_workbook_again_adds_nothing_and_says_so(book: Book, reading: WorkbookReading) -> None:
    import_workbook(book, "local", reading)
    again = import_workbook(book, "local", reading)
    assert again.already
    assert again.version is None
    assert again.new == 0
    assert _sheets(again) == {"机构": (2, 0, 2), "基金": (1, 0, 1), "认缴": (2, 0, 2), "实缴": (1, 0, 1)}
    assert (_count(book, Revision), _count(book, Document), _count(book, ImportBatch)) == (2, 1, 1)


def test_the_same_rows_in_a_file_of_other_bytes_add_nothing(book: Book, reading: WorkbookReading) -> None:
    import_workbook(book, "local", reading)
    saved_anew = put_parts(
        reading.content, {"docProps/app.xml": read_part(reading.content, "docProps/app.xml")}
    )
    other = read_content("二.xlsx", saved_anew)
    assert other.sha256 != reading.sha256
    assert import_workbook(book, "local", other).already
    assert _count(book, Revision) == 2


def test_the_same_file_with_rows_missing_from_the_book_keeps_one_document(
    book: Book, reading: WorkbookReading
) -> None:
    other = read_content("二.xlsx", make_workbook({"机构": [PARTY, ["LP3", "某某国资"]]}))
    import_workbook(book, "local", reading)
    other = replace(other, sha256=reading.sha256)
    assert import_workbook(book, "local", other).version == 3
    assert (_count(book, Document), _count(book, ImportBatch)) == (1, 2)


def test_a_rehearsal_tells_the_outcome_and_leaves_nothing(book: Book, reading: WorkbookReading) -> None:
    result = import_workbook(book, "local", reading, dry_run=True)
    assert result.version is None
    assert not result.already
    assert result.new == 6
    assert (_count(book, Revision), _count(book, Document), _count(book, PartyFact)) == (1, 0, 0)
    assert import_workbook(book, "local", reading).new == 6


def test_progress_is_told_sheet_by_sheet(book: Book, reading: WorkbookReading) -> None:
    told: list[tuple[str, int, int]] = []
    import_workbook(book, "local", reading, progress=lambda *step: told.append(step))
    steps = [("机构", 0, 6), ("基金", 2, 6), ("认缴", 3, 6), ("实缴", 5, 6), ("check", 6, 6)]
    assert list(dict.fromkeys(told)) == steps
    assert len(told) > len(steps), "also while a sheet is being recorded, for whoever wants to stop"


def test_twenty_five_faults_are_twenty_five_problems_each_with_its_cell(book: Book) -> None:
    reading = read_content("faulty.xlsx", make_faulty_workbook())
    with pytest.raises(RulesBroken) as caught:
        import_workbook(book, "local", reading)
    found = sorted((problem.where, problem.code) for problem in _fatal(caught.value.problems))
    assert found == sorted(FAULTS.items())
    assert len(found) == 25
    assert (_count(book, Revision), _count(book, Entry), _count(book, Document)) == (1, 0, 0)


def test_a_rehearsal_of_a_faulty_workbook_returns_its_problems(book: Book) -> None:
    reading = read_content("faulty.xlsx", make_faulty_workbook())
    result = import_workbook(book, "local", reading, dry_run=True)
    assert sorted((problem.where, problem.code) for problem in _fatal(result.problems)) == sorted(
        FAULTS.items()
    )
    assert not result.already
    assert result.version is None


def test_a_file_that_could_not_be_read_is_refused_with_its_reason(book: Book) -> None:
    with pytest.raises(RulesBroken) as caught:
        import_workbook(book, "local", read_content("a.xlsx", b"x"))
    assert codes(caught.value.problems) == [("import.text_file", "")]
    assert _count(book, Revision) == 1


def test_warnings_come_in_with_the_rows(book: Book) -> None:
    content = make_workbook({"机构": [PARTY, ["LP1", "甲"], ["LP1", "甲"]]})
    result = import_workbook(book, "local", read_content("a.xlsx", content))
    assert result.version == 2
    assert codes(result.problems) == [("import.repeated_row", "机构!A3")]
    assert _sheets(result) == {"机构": (2, 1, 1)}


def test_a_stranger_to_the_book_is_refused(book: Book, reading: WorkbookReading) -> None:
    with pytest.raises(NotAllowed):
        import_workbook(book, "nobody", reading)


def test_a_code_of_the_book_may_be_referred_to(book: Book, reading: WorkbookReading, tmp_path: Path) -> None:
    import_workbook(book, "local", reading)
    more: dict[Any, Any] = {
        ContributionDraft: [ContributionDraft(fund="F1", investor="LP2", amount_fen=100, received_on=DAY)]
    }
    write_workbook(tmp_path / "二.xlsx", more, "示例市", "某某公司", DAY)
    assert import_workbook(book, "local", read_workbook(tmp_path / "二.xlsx")).new == 1


def test_a_code_that_nobody_knows_is_a_problem(book: Book, tmp_path: Path) -> None:
    drafts: dict[Any, Any] = {
        InvestmentDraft: [InvestmentDraft(fund="F9", company="C9", amount_fen=100, paid_on=DAY)]
    }
    write_workbook(tmp_path / "二.xlsx", drafts, "示例市", "某某公司", DAY)
    with pytest.raises(RulesBroken) as caught:
        import_workbook(book, "local", read_workbook(tmp_path / "二.xlsx"))
    assert ("code.unknown", "投资!B2") in codes(caught.value.problems)
