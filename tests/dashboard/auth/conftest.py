"""Fixtures for who may come in: a book with people, on each engine in turn."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from tests.dashboard.serving import Clock, build_demo, build_own
from tests.engines import Databases


@pytest.fixture
def clock() -> Clock:
    """The clock that the books of this test go by."""
    return Clock()


@pytest.fixture
def book(databases: Databases, clock: Clock) -> Iterator[Book]:
    """A book of one's own with people and passwords."""
    opened = Book(databases.copy_of("served own", build_own), clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def demo(databases: Databases, clock: Clock) -> Iterator[Book]:
    """A demo book with its three identities."""
    opened = Book(databases.copy_of("served demo", build_demo), clock=clock)
    yield opened
    opened.close()
