"""A book that cannot be used says why before anything is asked of it."""

from pathlib import Path

import pytest
from sqlalchemy import text

from funds.book import Book
from funds.errors import BookUnusable, SchemaBehind
from funds.models import book_tables
from tests.engines import Databases


def test_a_founded_book_is_ready(book: Book) -> None:
    book.check_ready()


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    book = Book(str(tmp_path / "none.sqlite3"))
    with pytest.raises(BookUnusable, match=r"book\.absent"):
        book.check_ready()
    assert list(tmp_path.iterdir()) == []
    book.close()


def test_an_empty_database_lacks_its_tables(databases: Databases) -> None:
    book = Book(databases.empty())
    with book.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    with pytest.raises(SchemaBehind, match=r"book\.tables_missing"):
        book.check_ready()
    book.close()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.sqlite3"
    path.write_text("这不是台账" * 200, encoding="utf-8")
    book = Book(str(path))
    with pytest.raises(BookUnusable, match=r"book\.unreachable"):
        book.check_ready()
    book.close()


def test_a_server_that_does_not_answer_is_named_without_the_password() -> None:
    book = Book("postgresql://who:geheim@127.0.0.1:1/nowhere")
    with pytest.raises(BookUnusable, match=r"book\.unreachable") as caught:
        book.check_ready()
    assert "127.0.0.1" in str(caught.value)
    assert "geheim" not in str(caught.value)
    book.close()


@pytest.mark.parametrize("table", ["entry", "revision", "seal_leaf"])
def test_a_missing_guard_is_named(book: Book, table: str) -> None:
    on = f" ON {table}" if book.url.get_backend_name() == "postgresql" else ""
    guard = f"guard_{table}_rows" if on else f"guard_{table}_replace"
    with book.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER {guard}{on}"))
    with pytest.raises(SchemaBehind, match=rf"book\.guards_missing.*{guard}"):
        book.check_ready()


def test_a_guard_that_no_longer_guards_is_named(book: Book) -> None:
    with book.engine.begin() as connection:
        if book.url.get_backend_name() == "postgresql":
            gutted = "CREATE OR REPLACE FUNCTION book_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
            connection.execute(text(gutted))
        else:
            connection.execute(text("DROP TRIGGER guard_entry_update"))
            connection.execute(
                text("CREATE TRIGGER guard_entry_update BEFORE UPDATE ON entry BEGIN SELECT 1; END")
            )
    with pytest.raises(SchemaBehind, match=r"book\.guards_missing.*(book_refuse|guard_entry_update)"):
        book.check_ready()


def test_a_missing_table_is_named(book: Book) -> None:
    with book.engine.begin() as connection:
        connection.execute(text("DROP TABLE index_level"))
    with pytest.raises(SchemaBehind, match="index_level"):
        book.check_ready()


def test_addresses_that_are_no_book_are_refused() -> None:
    for address in ("mysql://a/b", "sqlite://", "sqlite:///:memory:"):
        with pytest.raises(BookUnusable, match=r"book\.(engine_unknown|memory_only)"):
            Book(address)


def test_every_book_table_has_its_guards(book: Book) -> None:
    query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    if book.url.get_backend_name() == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with book.engine.connect() as connection:
        names = {row[0] for row in connection.execute(text(query))}
    for table in book_tables():
        assert any(name.startswith(f"guard_{table.name}_") for name in names), table.name
