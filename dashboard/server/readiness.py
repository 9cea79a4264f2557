"""Whether this process can serve now: for a watchman who needs a yes or a no, and is told no more than that."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from time import monotonic

from flask import Flask, Response, jsonify
from sqlalchemy.exc import DBAPIError

import migrations
from dashboard.server.gate import READY
from funds.book import Anchor, Book
from funds.errors import LedgerError
from funds.queries.keeping import is_warm

PATH = "/ready"
# A stranger may ask as often as he likes; the book is looked at this often.
LOOK_EVERY = 1.0  # seconds


def add_readiness(server: Flask, book: Book) -> None:
    """Answer 200 when a request would be served well, else 503 with the reason's code."""
    answer = _kept_for_a_while(lambda: find_obstacle(book))

    def ready() -> Response:
        reason = answer()
        response = jsonify({"ready": True} if reason is None else {"ready": False, "reason": reason})
        if reason is not None:
            response.status_code = 503
            response.headers["Retry-After"] = "5"
        return response

    server.add_url_rule(PATH, READY, ready, methods=["GET"])


def find_obstacle(book: Book) -> str | None:
    """The first thing that keeps the book from being served well, as a code; None where there is nothing."""
    anchor = book.anchor
    try:
        if migrations.current_revision(book.engine) != migrations.head_revision():
            return "schema_behind"
        # The anchor first: a change made between the two is in the book, and need not be in the anchor yet.
        known = newest_anchored(anchor)
        head = book.head()
    except (DBAPIError, LedgerError):
        return "book_unreadable"
    except OSError:
        return "anchor_unreadable"
    if anchor is not None and not is_writable(anchor):
        return "anchor_unwritable"
    if known > head.version:
        return "anchor_ahead"
    return None if is_warm(book) else "columns_empty"


def newest_anchored(anchor: Anchor | None) -> int:
    """The newest version that the anchor remembers, from its last lines alone; 0 without any."""
    if anchor is None or not anchor.path.exists():
        return 0
    with anchor.path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 4096))
        lines = file.read().splitlines()
    versions = [line.partition(b" ")[0] for line in lines[1 if size > 4096 else 0 :]]
    return max((int(version) for version in versions if version.isdigit()), default=0)


def is_writable(anchor: Anchor) -> bool:
    """Whether the next head can be remembered."""
    path: Path = anchor.path
    while not path.exists() and path != path.parent:
        path = path.parent
    return os.access(path, os.W_OK)


def _kept_for_a_while(ask: Callable[[], str | None]) -> Callable[[], str | None]:
    lock = Lock()
    kept: list[tuple[float, str | None]] = []

    def answer() -> str | None:
        with lock:
            if not kept or monotonic() - kept[0][0] > LOOK_EVERY:
                kept[:] = [(monotonic(), ask())]
            return kept[0][1]

    return answer
