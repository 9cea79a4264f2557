"""The books that jobs measure: made once in the user's cache folder, brought to the newest shape, and used again."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from platformdirs import user_cache_path

import migrations
from dashboard.cli.opening import shape_book
from dashboard.sample.recording import is_up_to_date
from dashboard.sample.sizes import FULL, MOST_FUNDS, MOST_LINES, CitySize, enlarge_city
from dashboard.settings import NAME, Settings
from funds.book import Book
from funds.book.backup import write_backup
from funds.book.restoring import fill_book, open_backup
from tests.engines import APP_ROLE, ENGINES, postgres_databases
from tests.memory import scratch_folder

FOLDER_VARIABLE = "FUNDTRACKER_BENCH_BOOKS"
"""Names the folder of the books where it is not to be the cache folder."""


def sample_city() -> Path:
    """The city of the demo as it is served to everybody: some thirty thousand rows."""
    return find_city(FULL)


def large_city() -> Path:
    """A million lines and more, 400 funds, 16 parks."""
    return find_city(enlarge_city(MOST_FUNDS, MOST_LINES))


def find_city(size: CitySize) -> Path:
    """The book of a city of a size; nobody writes to it but `copied_book`'s copies are free."""
    folder = book_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"city-{size.funds}-{size.lines}.sqlite3"
    settings = Settings(book=str(path), anchors=folder / "anchors", state=folder / "state")
    # What making it tells is no row of the table.
    with contextlib.redirect_stdout(sys.stderr):
        if not _is_current(path, size):
            from dashboard.cli.serving import make_demo  # brings in every page, which only a new city needs

            make_demo(settings, size)
    return path


def book_folder() -> Path:
    """Where the books are kept from run to run."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else user_cache_path(NAME, appauthor=False) / "bench"


@contextmanager
def copied_book(original: Path) -> Iterator[Path]:
    """A copy that may be written to, and goes at the end; in memory where there is room."""
    with scratch_folder("bench") as folder:
        copy = folder / original.name
        copy_book(original, copy)
        yield copy


def copy_book(original: Path, copy: Path) -> None:
    """A whole copy, whoever is reading the original."""
    with (
        closing(sqlite3.connect(f"file:{original}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)


def _is_current(path: Path, size: CitySize) -> bool:
    """Whether the book is there, of this edition; one of an earlier shape is brought to the newest."""
    if not path.exists():
        return False
    with Book(str(path)) as book:
        if migrations.current_revision(book.engine) != migrations.head_revision():
            migrations.upgrade(book.engine)
        return is_up_to_date(book, size)


def restore_city(original: Path, url: str, app_role: str | None = None) -> None:
    """The same book in an empty database of either engine, with its guards and its wall."""
    folder = book_folder()
    with tempfile.TemporaryDirectory(dir=folder) as place, Book(str(original)) as source, Book(url) as target:
        file = Path(place) / "city.backup"
        write_backup(source, file)
        with open_backup(file) as backup:
            migrations.upgrade(target.engine, backup.manifest.schema)
            fill_book(target, backup)
        shape_book(target, Settings(book=url, anchors=folder, state=folder, app_role=app_role))


@contextmanager
def placed_city(engine: str, original: Path) -> Iterator[tuple[str, str]]:
    """A copy of a city on an engine that goes at the end: its address for the owner, and for the program."""
    with placed_cities(engine, [original]) as places:
        yield places[0]


@contextmanager
def placed_cities(engine: str, originals: Sequence[Path]) -> Iterator[list[tuple[str, str]]]:
    """Copies of several, on one server where the engine is one."""
    with ExitStack() as stack:
        if engine == ENGINES[0]:
            copies = [str(stack.enter_context(copied_book(original))) for original in originals]
            yield [(copy, copy) for copy in copies]
            return
        databases = stack.enter_context(postgres_databases())
        places = [databases.empty() for _ in originals]
        for original, url in zip(originals, places, strict=True):
            restore_city(original, url, APP_ROLE)
        yield [(url, databases.as_app(url)) for url in places]
