"""What was read of a version is kept for whoever asks next, and a new version or another day is read anew."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from funds.book import Book
from funds.queries import keeping
from funds.queries.keeping import KEPT, load_once
from tests.builders import fund, paid_city, prepared_book, record
from tests.engines import Databases

DAY = date(2025, 12, 31)


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """The paid city."""
    with prepared_book(databases, "kept", paid_city) as made:
        yield made


def test_a_version_is_read_once_for_a_day(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    with book.look() as look:
        first = load_once(book, look, DAY)
        monkeypatch.setattr(keeping, "load_ledger", None)
        assert load_once(book, look, DAY) is first


def test_a_new_version_and_another_day_are_read_anew(book: Book) -> None:
    with book.look() as look:
        facts, ledger = load_once(book, look, DAY)
        earlier, fewer = load_once(book, look, date(2020, 2, 15))
    record(book, fund("F9"))
    with book.look() as look:
        newer, _ = load_once(book, look, DAY)

    assert len(ledger.entries) > len(fewer.entries) == 1
    assert earlier.as_of == date(2020, 2, 15)
    assert {one.code for one in newer.funds.values()} - {one.code for one in facts.funds.values()} == {"F9"}


def test_only_the_last_few_are_kept(book: Book) -> None:
    with book.look() as look:
        first = load_once(book, look, DAY)
        for back in range(1, KEPT + 1):
            load_once(book, look, DAY - timedelta(back))
        assert load_once(book, look, DAY) is not first


def test_what_is_shared_cannot_be_written(book: Book) -> None:
    with book.look() as look:
        _, ledger = load_once(book, look, DAY)
    with pytest.raises(ValueError, match="read-only"):
        ledger.entries.amount[0] = 1
