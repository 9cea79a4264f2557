"""A program that writes into a book and says each version once it is committed: `writer URL ANCHORS NAME COUNT THREADS`.

With a count of 0 it goes on until it is killed.
"""

import sys
from itertools import count
from pathlib import Path
from threading import Thread

from funds.book import Book
from funds.models import Party, PartyFact

FACTS = 3


def add_one(book: Book, code: str) -> int:
    """One revision of one party with three facts; its version, after the commit."""
    with book.change("local", code) as change:
        (party_id,) = change.add(Party, [{"code": code}])
        facts = [{"party_id": party_id, "name": f"{code}-{number}"} for number in range(FACTS)]
        change.add(PartyFact, facts)
    return change.version


def write(book: Book, name: str, times: int) -> None:
    """Add parties and acknowledge each."""
    for number in range(times) if times else count():
        version = add_one(book, f"{name}-{number}")
        sys.stdout.write(f"{version}\n")
        sys.stdout.flush()


def main(url: str, anchors: str, name: str, times: str, threads: str) -> None:
    """Write from as many threads as wanted."""
    book = Book(url, anchors=Path(anchors))
    workers = [
        Thread(target=write, args=(book, f"{name}.{number}", int(times))) for number in range(int(threads))
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    book.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
