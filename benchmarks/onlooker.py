"""A process that only follows a book: says what its columns weigh, and then each version once it has its lines."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from pathlib import Path

from funds.book import Book
from funds.queries.keeping import load_once
from funds.queries.memory.kept_ledger import KeptLedger

EVERY = 0.02


def main(url: str) -> None:
    """Follow the book at an address until killed."""
    with Book(url) as book:
        book.check_ready()
        weight = _weigh_columns(book)
        version = _see(book)
        _tell(version, weight)
        while True:
            seen = _see(book)
            if seen != version:
                version = seen
                _tell(version, time.time())
            time.sleep(EVERY)


def _weigh_columns(book: Book) -> int:
    """What memory grows by when the columns of the ledger are read."""
    kept = KeptLedger()
    with book.look() as look:
        before = _weight()
        ledger, _touched = kept.read(look.connection, look.head, look.version, book.today())
        len(ledger.entries)
    gc.collect()
    return _weight() - before


def _see(book: Book) -> int:
    """The version whose lines are now in the columns."""
    with book.look() as look:
        ledger = load_once(book, look, book.today())[1]
        len(ledger.entries)
        return look.version


def _weight() -> int:
    """What this process takes of memory, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _tell(version: int, said: float) -> None:
    print(json.dumps([version, said]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
