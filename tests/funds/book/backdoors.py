"""Ways into a book behind the program's back, each change undone afterwards."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, create_engine, event, make_url

from funds.book import Book
from tests.engines import PostgresDatabases, SqliteDatabases
from tests.funds.book.sample_book import build_sample

Deed = Callable[[Connection], None]


class Backdoor(Protocol):
    """A sample book of one engine that somebody with every right on the database can reach."""

    url: str
    sound_url: str

    def broken(self, deed: Deed, *tables: str) -> Any:
        """A context with a connection that sees the book after the deed (to these tables, else to any)."""

    def close(self) -> None:
        """Let go of every connection, the book sound again."""


@dataclass
class SqliteBackdoor:
    """Any SQLite client with the file: guards taken off and put on again, foreign keys and checks off."""

    url: str

    def __post_init__(self) -> None:
        self.file = Path(str(make_url(self.url).database))
        self.original = self.file.with_suffix(".original")
        shutil.copy(self.file, self.original)
        self.sound_url = f"sqlite:///{self.original}"

    def close(self) -> None:
        self._undo()

    @contextmanager
    def broken(self, deed: Deed, *tables: str) -> Iterator[Connection]:
        self._undo()
        engine = create_engine(self.url)
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA ignore_check_constraints=ON"))
        try:
            with engine.begin() as connection:
                guards = [
                    (name, sql)
                    for name, table, sql in connection.exec_driver_sql(
                        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
                    )
                    if table in tables or not tables
                ]
                for name, _ in guards:
                    connection.exec_driver_sql(f"DROP TRIGGER {name}")
                deed(connection)
                for _, sql in guards:
                    connection.exec_driver_sql(sql)
        finally:
            engine.dispose()
        book = Book(self.url)
        try:
            with book.look() as look:
                yield look.connection
        finally:
            book.close()

    def _undo(self) -> None:
        for ending in ("-wal", "-shm"):
            Path(f"{self.file}{ending}").unlink(missing_ok=True)
        shutil.copy(self.original, self.file)


@dataclass
class PostgresBackdoor:
    """The server's superuser, for whom no trigger and no foreign key fires; rolled back afterwards."""

    url: str

    def __post_init__(self) -> None:
        self.engine = create_engine(self.url)
        self.sound_url = self.url

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def broken(self, deed: Deed, *tables: str) -> Iterator[Connection]:
        with self.engine.connect() as connection, connection.begin() as transaction:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            deed(connection)
            yield connection
            transaction.rollback()


def open_sqlite(databases: SqliteDatabases) -> SqliteBackdoor:
    """A way into a sample book on SQLite."""
    return SqliteBackdoor(databases.copy_of("sample city", build_sample))


def open_postgres(databases: PostgresDatabases) -> PostgresBackdoor:
    """A way into a sample book on PostgreSQL."""
    return PostgresBackdoor(databases.as_superuser(databases.copy_of("sample city", build_sample)))
