"""The made-up city goes through the same doors as anybody's workbook."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from dashboard.help import load_definition_drafts
from dashboard.sample import make_city, write_city
from funds.drafts import Draft, Place
from funds.intake import read_workbook
from funds.policy import load_crosswalk, load_industries, load_national_industries, load_policies
from funds.problems import only_fatal
from tests.builders import build_book, open_book, problems_of, record
from tests.engines import Databases

LATER = datetime(2026, 10, 1, 4, 0, tzinfo=UTC)


def code_book() -> list[Draft]:
    return [
        *load_policies(),
        *load_industries(),
        *load_crosswalk(),
        *load_national_industries(),
        *load_definition_drafts(),
    ]


def test_the_workbook_reads_back_as_the_drafts_that_were_written(tmp_path: Path) -> None:
    path = tmp_path / "示例市.xlsx"
    write_city(path)
    reading = read_workbook(path)
    assert only_fatal(reading.problems) == []
    read = {
        sheet.draft_type: [replace(draft, place=Place()) for draft in sheet.drafts]
        for sheet in reading.sheets
    }
    assert read == make_city()


def test_the_book_takes_the_code_book_and_the_whole_city_without_a_word(databases: Databases) -> None:
    url = databases.copy_of("founded for the sample", build_book)
    book = open_book(url, LATER)
    try:
        record(book, *code_book())
        assert problems_of(book, *(draft for rows in make_city().values() for draft in rows)) == []
    finally:
        book.close()


def test_recording_the_code_book_again_adds_nothing(databases: Databases) -> None:
    book = open_book(databases.copy_of("founded for the sample", build_book), LATER)
    try:
        record(book, *code_book())
        again = record(book, *code_book())
        assert {name: result.new for name, result in again.items()} == dict.fromkeys(again, 0)
    finally:
        book.close()
