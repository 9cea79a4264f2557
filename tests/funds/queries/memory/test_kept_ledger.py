"""What a process keeps is what it would read anew: at every version and day, after every change, in every thread."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random

import pytest
from sqlalchemy import Connection

from funds.book import Book, Look
from funds.book.seal import read_head
from funds.queries.loading_columns import Ledger
from funds.queries.memory import kept_table, raw_rows
from funds.queries.memory.kept_ledger import KeptLedger
from tests.builders import PERSON, fee, index_level, open_book, prepared_book, record, record_in, whole_city
from tests.engines import Databases
from tests.funds.queries.memory.shaken_books import assert_same, days_to_ask, shake
from tests.funds.queries.plain_ledger import load_ledger

LATE = date(2100, 1, 1)


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """A city with rows in every table."""
    with prepared_book(databases, "kept-columns", whole_city) as made:
        yield made


def read(kept: KeptLedger, look: Look, as_of: date = LATE) -> Ledger:
    return kept.read(look.connection, read_head(look.connection), look.version, as_of)[0]


@pytest.mark.parametrize("seed", [0, 3])
def test_every_version_and_day_is_as_if_read_anew(
    book: Book, seed: int, counts: Callable[[int, int], int]
) -> None:
    random, followed = Random(seed), KeptLedger()
    for _ in range(counts(5, 60)):
        shake(book, random)
        if random.random() < 0.7:
            with book.look() as look:
                read(followed, look)
    last = book.head().version
    for version in range(max(1, last - counts(5, 60)), last + 1):
        with book.look(version) as look:
            for on in days_to_ask(random):
                anew = load_ledger(look.connection, on, version)
                assert_same(read(followed, look, on), anew)
                assert_same(read(KeptLedger(), look, on), anew)


def test_an_entry_of_another_process_is_there_at_the_next_look(book: Book) -> None:
    mine = KeptLedger()
    with book.look() as look:
        before = len(read(mine, look).entries)
    with open_book(book.url.render_as_string(hide_password=False)) as other:
        record(other, fee("F1", 5, "2021-01-01"))
    with book.look() as look:
        assert len(read(mine, look).entries) == before + 1


def test_threads_that_follow_at_once_neither_double_nor_lose_rows(book: Book) -> None:
    kept, random = KeptLedger(), Random(5)
    versions = []
    for _ in range(4):
        shake(book, random)
        versions.append(book.head().version)

    def ask(version: int) -> Ledger:
        with book.look(version) as look:
            return read(kept, look)

    with ThreadPoolExecutor(8) as pool:
        asked = [version for version in versions for _ in range(6)]
        found = list(pool.map(ask, asked))
    for version, ledger in zip(asked, found, strict=True):
        with book.look(version) as look:
            assert_same(ledger, load_ledger(look.connection, LATE, version))


def test_what_fails_half_way_is_read_from_the_beginning(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, random = KeptLedger(), Random(7)
    with book.look() as look:
        read(kept, look)
    for _ in range(3):
        shake(book, random)

    def fail(*_given: object) -> Iterator[object]:
        raise ConnectionError

    calls = []

    def stop_at_second(connection: Connection, statement: str, width: int) -> Iterator[object]:
        calls.append(statement)
        return fail() if len(calls) == 2 else original(connection, statement, width)

    original = raw_rows.read_numbers
    monkeypatch.setattr(kept_table, "read_numbers", stop_at_second)
    with book.look() as look, pytest.raises(ConnectionError):
        read(kept, look)
    monkeypatch.setattr(kept_table, "read_numbers", original)
    with book.look() as look:
        assert_same(read(kept, look), load_ledger(look.connection, LATE, look.version))


def test_an_older_copy_put_in_the_books_place_is_noticed(book: Book, databases: Databases) -> None:
    kept = KeptLedger()
    record(book, fee("F1", 5, "2021-01-01"))
    with book.look() as look:
        longer = len(read(kept, look).entries)
    with prepared_book(databases, "kept-columns", whole_city) as copy:
        record(copy, fee("F1", 6, "2021-01-01"), fee("F1", 7, "2021-02-01"))
        with copy.look() as look:
            found = read(kept, look)
            assert_same(found, load_ledger(look.connection, LATE, look.version))
    assert len(found.entries) == longer + 1


def test_an_older_copy_that_went_on_differently_is_noticed_too(book: Book, databases: Databases) -> None:
    kept = KeptLedger()
    record(book, fee("F1", 5, "2021-01-01"))
    with book.look() as look:
        read(kept, look)
    with prepared_book(databases, "kept-columns", whole_city) as copy:
        record(copy, fee("F1", 6, "2021-01-01"))
        record(copy, fee("F1", 7, "2021-02-01"))
        with copy.look() as look:
            assert_same(read(kept, look), load_ledger(look.connection, LATE, look.version))


def test_the_same_rows_are_the_same_object(book: Book) -> None:
    kept = KeptLedger()
    with book.look() as look:
        first = read(kept, look, date(2099, 1, 1))
        assert read(kept, look, LATE) is first
        assert read(kept, look, date(2021, 1, 1)) is not first


def test_a_rows_reading_of_an_earlier_moment_stays_what_it_was(book: Book) -> None:
    kept = KeptLedger()
    with book.look() as look:
        early = read(kept, look)
        wanted = load_ledger(look.connection, LATE, look.version)
    random = Random(11)
    for _ in range(3):
        shake(book, random)
        with book.look() as look:
            read(kept, look)

    assert_same(early, wanted)  # read only now


def test_what_a_change_has_written_so_far_is_in_a_ledger_of_its_own(book: Book) -> None:
    with book.change(PERSON, "unfinished", dry_run=True) as change:
        record_in(change, fee("F1", 3, "2021-01-01"), index_level("OTHER", "2021-01-31", 100))
        found = KeptLedger().read_unsealed(change.connection, change.version, LATE)
        assert_same(found, load_ledger(change.connection, LATE, change.version))
