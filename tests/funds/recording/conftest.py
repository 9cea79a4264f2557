"""A fresh book for every test, on each engine in turn."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from tests.builders import founded_book, invested_city, prepared_book
from tests.engines import Databases, SqliteDatabases


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """A founded book with nothing in it but the person `local`."""
    with founded_book(databases) as book:
        yield book


@pytest.fixture
def quick(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The invested city on the engine that is quick, for long lists of cases."""
    with prepared_book(sqlite, "invested", invested_city) as book:
        yield book
    sqlite.drop_made()


@pytest.fixture
def invested(databases: Databases) -> Iterator[Book]:
    """A book with the invested city in it."""
    with prepared_book(databases, "invested", invested_city) as book:
        yield book
