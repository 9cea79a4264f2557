"""A connection that the server ended while it rested is noticed before anything is asked of it."""

import select
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, event, text

from funds.book import Book, liveness
from tests.builders import prepared_book
from tests.engines import PostgresDatabases

END_OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def shared(postgres: PostgresDatabases) -> Iterator[Book]:
    """A book on the shared engine, with a connection at rest."""
    with prepared_book(postgres, "founded") as book:
        book.head()
        yield book


def end_connections(book: Book, postgres: PostgresDatabases) -> None:
    own = create_engine(postgres.as_superuser(book.url.render_as_string(hide_password=False)))
    with own.connect() as connection:
        connection.execute(END_OTHERS)
    own.dispose()


def test_the_next_look_takes_another_connection(shared: Book, postgres: PostgresDatabases) -> None:
    before = shared.head()
    end_connections(shared, postgres)
    assert shared.head() == before


def test_one_that_rested_long_is_asked_first(
    shared: Book, postgres: PostgresDatabases, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shared.head()
    monkeypatch.setattr(liveness, "IDLE", -1.0)
    assert shared.head() == before
    # Nobody says that this one has ended: as behind a wall that forgets what rests too long.
    monkeypatch.setattr(select, "poll", _Silence)
    end_connections(shared, postgres)
    assert shared.head() == before


def test_one_that_is_fit_is_used_again(shared: Book) -> None:
    opened = []
    event.listen(shared.engine, "connect", lambda *_given: opened.append(1))
    for _ in range(3):
        shared.head()
    assert opened == []


def test_what_is_asked_often_stays_prepared_from_look_to_look(shared: Book) -> None:
    for _ in range(8):
        shared.head()
    with shared.look() as look:
        kept = look.connection.execute(text("SELECT statement FROM pg_prepared_statements")).scalars().all()
    assert any("FROM seal" in statement for statement in kept)


class _Silence:
    """Sees nothing."""

    def register(self, *_given: object) -> None:
        """Whatever it is."""

    def poll(self, _timeout: int) -> list[object]:
        """Nothing."""
        return []
