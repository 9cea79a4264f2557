"""A founded book for every test, on each engine in turn, and a way to it that does not go through the program."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine

from funds.book import Book
from tests.builders import founded_book
from tests.engines import Databases


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """A founded book with nothing in it but the person `local`."""
    with founded_book(databases) as book:
        yield book


@pytest.fixture
def foreign(book: Book) -> Iterator[Engine]:
    """The same database as any other client of it would open it, who knows how to ask for all of the book."""
    is_sqlite = book.url.get_backend_name() == "sqlite"
    asking = {} if is_sqlite else {"options": "-c app.reach=whole -c app.writes=yes"}
    engine = create_engine(book.url, connect_args=asking)
    yield engine
    engine.dispose()
