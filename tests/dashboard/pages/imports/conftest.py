"""The made-up city with its three people, for whoever imports into it."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from tests.browser.city import NOW, build_city
from tests.builders import prepared_book
from tests.dashboard.pages.imports.desk import Hand
from tests.dashboard.pages.imports.ledger import tiny_book
from tests.dashboard.serving import Clock
from tests.engines import SqliteDatabases


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def book(sqlite: SqliteDatabases, clock: Clock) -> Iterator[Book]:
    with Book(sqlite.copy_of("made-up city", build_city), clock=clock) as made:
        yield made
    sqlite.drop_made()


@pytest.fixture
def manager(book: Book) -> Hand:
    return Hand(book)


@pytest.fixture
def small(sqlite: SqliteDatabases) -> Iterator[Hand]:
    """Whoever keeps a small book, where most of the work is quick."""
    with prepared_book(sqlite, "small book of imports", tiny_book) as made:
        yield Hand(made, "local")
