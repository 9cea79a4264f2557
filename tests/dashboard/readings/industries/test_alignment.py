"""Alignment by count follows the policy row of the day, and says so where there is none."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.cli.opening import record_packs
from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.money.targets import read_family_target
from dashboard.sample import write_city
from funds.book import LOCAL, Book, found_book, visible
from funds.intake import import_workbook, read_workbook
from funds.kinds import BookKind
from funds.models import Policy
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY
from funds.recording.corrections import Correction, correct_rows
from migrations import upgrade

AS_OF = date(2026, 9, 30)


@pytest.fixture
def book(engine_url: str, tmp_path: Path) -> Iterator[Book]:
    with Book(engine_url) as book:
        upgrade(book.engine)
        found_book(book, BookKind.OWN, "示例市")
        record_packs(book)
        write_city(tmp_path / "city.xlsx")
        import_workbook(book, LOCAL, read_workbook(tmp_path / "city.xlsx"))
        yield book


def city(book: Book, as_of: date = AS_OF, as_known: int | None = None) -> LedgerSlice:
    return slice_ledger(book, LOCAL, CITY, as_of, as_known)


def test_the_count_follows_the_policy_row_and_older_versions_keep_theirs(book: Book) -> None:
    before = read_alignment(city(book))
    with book.change(LOCAL, "nothing reaches that") as change:
        query = select(Policy.id).where(Policy.code == "AL04.weight", visible(Policy, change.version))
        row = change.connection.execute(query).scalar_one()
        correct_rows(change, [Correction(Policy, row, {"value_e6": 1_000_001})])

    after = read_alignment(city(book))

    assert before.figure("AL04").numerator
    assert f"policy:{row}" in before.figure("AL04").entries
    assert after.figure("AL04").numerator == 0
    assert after.figure("AL04").denominator == before.figure("AL04").denominator
    assert read_alignment(city(book, as_known=before.version)) == before


def test_before_any_policy_row_there_is_a_reason_instead_of_a_count(book: Book) -> None:
    early = city(book, date(1999, 12, 31))

    assert read_alignment(early).figure("AL04").value is None
    assert read_alignment(early).figure("AL04").reason == "alignment.no_threshold"
    assert read_family_target(early) is None


def test_the_family_of_funds_has_the_target_of_the_draft(book: Book) -> None:
    target = read_family_target(city(book))

    assert target is not None
    assert target.amount == 1000 * 10_000_000_000
