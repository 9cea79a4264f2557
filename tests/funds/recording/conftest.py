"""A fresh book for every test, on each engine in turn."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from tests.builders import founded_book, invested_city, prepared_book
from tests.engines import Databases


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """A founded book with nothing in it but the person `local`."""
    with founded_book(databases) as book:
        yield book


@pytest.fixture
def invested(databases: Databases) -> Iterator[Book]:
    """A book with the invested city in it."""
    with prepared_book(databases, "invested", invested_city) as book:
        yield book
