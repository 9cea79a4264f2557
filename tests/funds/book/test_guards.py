"""The database itself refuses to overwrite the book, whoever connects and however."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from funds.book import Book, install_guards, missing_guards
from funds.models import book_tables
from tests.builders import open_book
from tests.engines import Databases, PostgresDatabases
from tests.funds.book.sample_book import build_sample

TABLES = [table.name for table in book_tables()]


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """A book with one of everything."""
    book = open_book(databases.copy_of("sample book", build_sample))
    yield book
    book.close()


def refuses(connection: Connection, statement: str) -> bool:
    """Whether the database's own guard stops a statement."""
    try:
        with connection.begin():
            connection.execute(text(statement))
    except DBAPIError as fault:
        return "append_only" in str(fault.orig)
    return False


def contents(connection: Connection, table: str) -> list[tuple[object, ...]]:
    """Everything in a table."""
    with connection.begin():
        return sorted((tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}"))), key=repr)


def filled_tables(connection: Connection) -> list[str]:
    """Book tables that hold rows; documents come in with workbooks only."""
    return [table for table in TABLES if contents(connection, table)]


def test_update_and_delete_are_refused_in_every_table(book: Book, foreign: Engine) -> None:
    with foreign.connect() as connection:
        filled = filled_tables(connection)
        assert set(TABLES) - set(filled) <= {"document", "import_batch"}
        for table in filled:
            key = "revision_id" if table.startswith("seal") else "id"
            before = contents(connection, table)
            assert refuses(connection, f"UPDATE {table} SET {key} = {key}"), table
            assert refuses(connection, f"DELETE FROM {table}"), table
            assert contents(connection, table) == before


def test_replace_is_refused_with_recursive_triggers_off(book: Book, foreign: Engine) -> None:
    if book.url.get_backend_name() != "sqlite":
        pytest.skip("REPLACE is SQLite's")
    with foreign.connect() as connection:
        for table in filled_tables(connection):
            with connection.begin():
                connection.execute(text("PRAGMA recursive_triggers=OFF"))
                columns = ", ".join(row[1] for row in connection.execute(text(f"PRAGMA table_info({table})")))
            before = contents(connection, table)
            again = f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table} LIMIT 1"
            assert refuses(connection, again), table
            assert contents(connection, table) == before


def test_a_second_row_in_place_of_another_is_refused_by_any_unique_key(book: Book, foreign: Engine) -> None:
    if book.url.get_backend_name() != "sqlite":
        pytest.skip("REPLACE is SQLite's")
    with foreign.connect() as connection:
        statement = (
            "INSERT OR REPLACE INTO party (id, revision_id, code) SELECT 900, revision_id, code FROM party"
        )
        assert refuses(connection, f"{statement} LIMIT 1")


def test_an_upsert_is_refused(book: Book, foreign: Engine) -> None:
    with foreign.connect() as connection:
        upsert = (
            "INSERT INTO party (id, revision_id, code) SELECT id, revision_id, code FROM party WHERE id = 1 "
            "ON CONFLICT (id) DO UPDATE SET code = 'x'"
        )
        assert refuses(connection, upsert)


def test_truncate_is_refused_even_to_the_owner(book: Book, foreign: Engine) -> None:
    if book.url.get_backend_name() != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's")
    with foreign.connect() as connection:
        for table in TABLES:
            assert refuses(connection, f"TRUNCATE {table} CASCADE"), table


def test_guards_that_were_taken_off_are_missed_and_put_back(book: Book, foreign: Engine) -> None:
    on = " ON party" if book.url.get_backend_name() == "postgresql" else ""
    name = "guard_party_rows" if on else "guard_party_update"
    with foreign.begin() as connection:
        connection.execute(text(f"DROP TRIGGER {name}{on}"))
        assert missing_guards(connection) == [name]
        install_guards(connection)
        assert missing_guards(connection) == []


def test_a_guard_that_was_only_switched_off_is_missed(postgres: PostgresDatabases) -> None:
    book = open_book(postgres.copy_of("sample book", build_sample))
    with book.engine.begin() as connection:
        connection.execute(text("ALTER TABLE party DISABLE TRIGGER guard_party_rows"))
        assert missing_guards(connection) == ["guard_party_rows"]
    book.close()
    postgres.drop_made()
