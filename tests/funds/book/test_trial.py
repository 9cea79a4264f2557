"""What is tried out on a book keeps no writer of a file waiting, and leaves nothing behind."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from funds.book import Book
from funds.book.trial import PREFIX, open_trial
from funds.models import Party
from tests.builders import founded_book, party, record
from tests.engines import Databases, SqliteDatabases


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    with founded_book(databases) as made:
        record(made, party("LP1"))
        yield made


def count(book: Book) -> int:
    with book.look() as look:
        return int(look.connection.execute(select(func.count()).select_from(Party)).scalar_one())


def test_what_is_tried_is_tried_on_the_book_as_it_stands_and_changes_nothing(book: Book) -> None:
    before, rows = book.head(), count(book)
    with open_trial(book) as trial:
        assert (trial.head(), trial.now()) == (before, book.now())
        with trial.change("local", "try", dry_run=True) as change:
            change.add(Party, [{"code": "LP2"}])
    assert (book.head(), count(book)) == (before, rows)


def test_others_write_meanwhile_and_the_copy_has_no_name(sqlite: SqliteDatabases) -> None:
    with founded_book(sqlite) as book:
        folder = Path(str(book.url.database)).parent
        with open_trial(book) as trial, trial.change("local", "try", dry_run=True) as change:
            change.add(Party, [{"code": "LP1"}])
            (left,) = folder.glob(f"{PREFIX}*")
            assert [part.name for part in left.iterdir() if part.stat().st_size] == []
            record(book, party("LP2"))  # would wait for ever if the trial held the book
        assert list(folder.glob(f"{PREFIX}*")) == []
        assert count(book) == 1, "the one that was recorded, and not the one that was tried"
    sqlite.drop_made()


def test_without_room_for_a_copy_the_book_itself_is_tried(
    sqlite: SqliteDatabases, monkeypatch: pytest.MonkeyPatch
) -> None:
    with founded_book(sqlite) as book:
        monkeypatch.setattr("funds.book.trial.shutil.disk_usage", lambda _folder: _Usage())
        with open_trial(book) as trial:
            assert trial is book
    sqlite.drop_made()


class _Usage:
    free = 0


def test_what_a_killed_process_left_is_swept_away(sqlite: SqliteDatabases) -> None:
    with founded_book(sqlite) as book:
        folder = Path(str(book.url.database)).parent
        old, new = folder / f"{PREFIX}old", folder / f"{PREFIX}new"
        for left, age in ((old, 48), (new, 1)):
            left.mkdir()
            at = book.clock().timestamp() - age * 3600
            os.utime(left, (at, at))
        with open_trial(book):
            assert (old.exists(), new.exists()) == (False, True)
    sqlite.drop_made()
