"""How the book's database is opened: one schema, two engines, the settings that each needs."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Delete, Engine, Insert, Update, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from funds.book.held import write_held_first
from funds.book.liveness import watch_connections
from funds.book.noting import note_statement
from funds.errors import BookUnusable, LedgerError
from funds.models import book_tables
from funds.models.row_security import announcement

BOOK_TABLES = frozenset(table.name for table in book_tables())
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA busy_timeout=10000",
)
# One for each thread of a server and some beside; the one used last is used first, so that the others may rest.
POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 20, "pool_use_lifo": True}
PREPARED = 400
"""Statements that a connection to PostgreSQL keeps prepared; planning one takes longer than carrying it out."""
# Dates must come out as ISO text for the seals, whatever the server's habits are.
POSTGRESQL_OPTIONS = "-c datestyle=ISO -c timezone=UTC -c lock_timeout=60s -c statement_timeout=300s"


def read_url(address: str) -> URL:
    """The engine's URL from a URL or from a plain path to an SQLite file."""
    if "://" not in address:
        return URL.create("sqlite", database=str(Path(address).expanduser()))
    url = make_url(address)
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise BookUnusable("book.engine_unknown", engine=url.get_backend_name())
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise BookUnusable("book.memory_only")
    return url


def open_engine(address: str) -> Engine:
    """An engine whose transactions begin when we say so and whose book tables only grow."""
    url = read_url(address)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"isolation_level": None, "timeout": 10}, **POOL)
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    else:
        try:
            engine = create_engine(url, connect_args={"options": POSTGRESQL_OPTIONS}, **POOL)
        except ModuleNotFoundError as missing:
            raise BookUnusable("book.driver_missing", driver=missing.name) from missing
        event.listen(engine, "connect", _set_driver)
        event.listen(engine, "begin", _begin_announced)
        watch_connections(engine)
    event.listen(engine, "before_execute", _refuse_overwriting)
    event.listen(engine, "before_cursor_execute", write_held_first)
    event.listen(engine, "before_cursor_execute", note_statement)
    return engine


def is_disk_full(fault: Exception) -> bool:
    """Whether the database had no room left for what was to be written; nothing of it was kept then."""
    said = str(fault.orig) if isinstance(fault, DBAPIError) else ""
    return "disk is full" in said or "No space left" in said


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _set_driver(connection: Any, _record: object) -> None:
    connection.prepared_max = PREPARED
    connection.autocommit = True  # the driver does not begin by itself: `_begin_announced` says all in one go


def _begin_announced(connection: Connection) -> None:
    """Each transaction says anew what it may see; one that nobody gave a sight sees nothing of the book.

    One that only reads sees all the while what stood at its beginning, as on SQLite.
    """
    options = connection.get_execution_options()
    sight, writes = options.get("sight"), bool(options.get("writing", False))
    if sight is None:
        connection.exec_driver_sql("BEGIN")
        return
    begin = "BEGIN" if writes else "BEGIN ISOLATION LEVEL REPEATABLE READ"
    connection.exec_driver_sql(f"{begin}; {announcement(sight, writes=writes)}")


def _refuse_overwriting(connection: Connection, clause: Any, *_rest: Any) -> None:
    if not isinstance(clause, Insert | Update | Delete):
        return
    table = getattr(clause.table, "name", "")
    if table not in BOOK_TABLES:
        return
    if not isinstance(clause, Insert):
        raise LedgerError("book.append_only", table=table)
    if not connection.get_execution_options().get("writing", False):
        raise LedgerError("book.outside_change", table=table)
