"""One writer at a time: a file lock before SQLite's own, a transaction lock on PostgreSQL."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL

ADVISORY_KEY = 4_754_2017


@contextmanager
def hold_file_lock(url: URL) -> Iterator[None]:
    """Wait for the book's file lock; the kernel wakes waiters in order, which SQLite alone does not."""
    if url.get_backend_name() != "sqlite":
        yield
        return
    with Path(f"{url.database}.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def take_transaction_lock(connection: Connection) -> None:
    """The first statement of a change on PostgreSQL; SQLite holds its lock since BEGIN IMMEDIATE."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_KEY})
