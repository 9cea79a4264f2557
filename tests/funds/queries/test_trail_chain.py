"""The last verification is remembered, and is not repeated at once."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from funds.book import Book
from funds.queries.trail_chain import FRESH, check_chain, last_check
from tests.builders import party, record
from tests.dashboard.serving import Clock
from tests.engines import Databases
from tests.trail_city import build_trail_city


@pytest.fixture
def clock() -> Clock:
    """A clock that goes when it is told to."""
    return Clock()


@pytest.fixture
def book(databases: Databases, clock: Clock, tmp_path: Path) -> Iterator[Book]:
    """A book with an anchor file, on each engine in turn."""
    opened = Book(databases.copy_of("trail city", build_trail_city), anchors=tmp_path, clock=clock)
    yield opened
    opened.close()


def test_a_sound_book_is_found_sound_up_to_its_head(book: Book) -> None:
    assert last_check(book) is None
    check = check_chain(book, count(0, 2).__next__)
    assert (check.head, check.problems, check.seconds) == (book.head(), (), 2)
    assert not check.is_anchored
    assert last_check(book) is check


def test_the_anchor_is_compared_where_there_is_one(book: Book) -> None:
    record(book, party("NEW", "新机构"))
    assert check_chain(book, count().__next__).is_anchored


def test_the_same_answer_serves_those_who_ask_at_once(book: Book, clock: Clock) -> None:
    first = check_chain(book, count().__next__)
    assert check_chain(book, count().__next__) is first
    clock.advance(seconds=FRESH.total_seconds())
    assert check_chain(book, count().__next__) is not first


def test_a_change_since_then_is_verified_anew(book: Book) -> None:
    first = check_chain(book, count().__next__)
    record(book, party("NEW", "新机构"))
    second = check_chain(book, count().__next__)
    assert second.head.version == first.head.version + 1
