"""What was read of a version is kept for whoever asks next, and a new version or another day is read anew."""

from collections.abc import Iterator
from datetime import date

import pytest

from funds.book import OPEN, Book
from funds.queries.keeping import load_once
from tests.builders import contribution, fund, paid_city, prepared_book, record
from tests.engines import Databases

DAY = date(2025, 12, 31)


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """The paid city."""
    with prepared_book(databases, "kept", paid_city) as made:
        yield made


def test_what_is_kept_is_handed_out_again(book: Book) -> None:
    with book.look() as look:
        first = load_once(book, look, DAY)
        again = load_once(book, look, DAY)

    assert again[0] is first[0]
    assert again[1] is first[1]


def test_nobody_with_a_narrower_sight_fills_what_is_everybodys(book: Book) -> None:
    with book.look(sight=OPEN) as look, pytest.raises(ValueError, match="whole book"):
        load_once(book, look, DAY)


def test_facts_stay_where_only_the_ledger_changed(book: Book) -> None:
    with book.look() as look:
        facts, ledger = load_once(book, look, DAY)
    record(book, contribution("F1", "LP2", 5, "2021-01-01"))
    with book.look() as look:
        same, longer = load_once(book, look, DAY)

    assert same is facts
    assert len(longer.entries) == len(ledger.entries) + 1


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


def test_what_is_shared_cannot_be_written(book: Book) -> None:
    with book.look() as look:
        _, ledger = load_once(book, look, DAY)
    with pytest.raises(ValueError, match="read-only"):
        ledger.entries.amount[0] = 1
