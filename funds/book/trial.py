"""A book to try something out on while others go on writing: on SQLite a copy without a name, on PostgreSQL the book itself."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from funds.book.book import Book

PREFIX = ".trial-"
OLD_SECONDS = 24 * 3600


@contextmanager
def open_trial(book: Book) -> Iterator[Book]:
    """The book as it stands, where whatever is tried keeps no writer of an SQLite file waiting.

    Where the disk has no room for a copy it is the book itself too.
    """
    if book.url.get_backend_name() != "sqlite":
        yield book
        return
    original = Path(str(book.url.database)).absolute()
    if shutil.disk_usage(original.parent).free < 2 * original.stat().st_size:
        yield book
        return
    _sweep(original.parent, book.clock().timestamp())
    with TemporaryDirectory(prefix=PREFIX, dir=original.parent) as folder:
        path = Path(folder) / "book.sqlite3"
        _copy(original, path)
        with Book(str(path), clock=book.clock) as trial:
            trial.head()
            # Once it is open it needs no name, and a copy without one is gone with its process.
            for part in Path(folder).glob("book.sqlite3*"):
                part.unlink()
            yield trial


def _copy(original: Path, path: Path) -> None:
    """Everything that is in the file and its log, as of one moment."""
    with (
        closing(sqlite3.connect(f"file:{original}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(path)) as target,
    ):
        target.execute("PRAGMA synchronous=OFF")
        source.backup(target)


def _sweep(folder: Path, now: float) -> None:
    """Take away what a process left that was killed before its copy lost its name."""
    for left in folder.glob(f"{PREFIX}*"):
        if now - left.stat().st_mtime > OLD_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
