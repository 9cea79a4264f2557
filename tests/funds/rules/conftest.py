"""One founded book per engine, which the tests of rules only try changes on."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from tests.builders import build_book, open_book
from tests.engines import ENGINES, Databases, SqliteDatabases


@pytest.fixture(scope="module", params=ENGINES)
def book(request: pytest.FixtureRequest) -> Iterator[Book]:
    """A founded book with nothing in it; whoever writes to it spoils it for the others."""
    databases: Databases = request.getfixturevalue("sqlite" if request.param == "sqlite" else "postgres")
    book = open_book(databases.copy_of("founded", build_book))
    yield book
    book.close()


@pytest.fixture(scope="module")
def sqlite_book(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The same on the one engine that is quick."""
    book = open_book(sqlite.copy_of("founded", build_book))
    yield book
    book.close()
