"""Whatever is changed behind the program's back, in any table of the book, is found and named."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Table, create_engine
from sqlalchemy.exc import DataError, IntegrityError

from funds.book import Anchor, Book
from funds.book.seal import FIRST, chain_hash, read_leaves, read_revision
from funds.book.verify import verify_chain
from funds.models import Seal, SealLeaf, book_tables, row_tables
from tests.engines import PostgresDatabases, SqliteDatabases
from tests.funds.book.backdoors import Backdoor, open_postgres, open_sqlite
from tests.funds.book.sample_book import write_anchor
from tests.funds.book.tampers import Tamper, Vandal, Way, table_of

SEED = 4754
ON_SQLITE, ON_POSTGRESQL = 200, 50
WAYS = [Way.VALUE] * 6 + [Way.DELETE, Way.INSERT, Way.SWAP]


@pytest.fixture(scope="module")
def sqlite_door(sqlite: SqliteDatabases) -> Backdoor:
    return open_sqlite(sqlite)


@pytest.fixture(scope="module")
def postgres_door(postgres: PostgresDatabases) -> Backdoor:
    return open_postgres(postgres)


@pytest.fixture
def door(request: pytest.FixtureRequest, engine: str) -> Backdoor:
    found: Backdoor = request.getfixturevalue(f"{engine}_door")
    return found


def anchor_of(door: Backdoor, folder: Path) -> Anchor:
    """The anchor of the sound book."""
    book = Book(door.sound_url)
    try:
        return write_anchor(book, folder / "anchor")
    finally:
        book.close()


both = pytest.mark.parametrize("engine", ["sqlite", "postgres"])


def plan(count: int, chance: Random, ways: list[Way]) -> Iterable[tuple[Table, Way]]:
    """A value of every table first, then any table in any way."""
    tables = book_tables()
    yield from ((table, Way.VALUE) for table in tables[:count])
    yield from ((chance.choice(tables), chance.choice(ways)) for _ in range(count - len(tables)))


def commit_tampers(door: Backdoor, anchor: Anchor, count: int, ways: list[Way]) -> list[str]:
    """What was not found, or not under its name, among `count` tampers."""
    chance = Random(SEED)
    engine = create_engine(door.sound_url)
    missed: list[str] = []
    with engine.connect() as sound:
        vandal = Vandal(sound, chance)
        for table, way in plan(count, chance, ways):
            tamper, wheres = commit_one(door, vandal, table, way, anchor)
            if wheres != tamper.names:
                missed.append(f"{tamper.label}: {sorted(tamper.names)} found as {sorted(wheres)}")
    engine.dispose()
    return missed


def commit_one(
    door: Backdoor, vandal: Vandal, table: Table, way: Way, anchor: Anchor
) -> tuple[Tamper, set[str]]:
    """The first tamper that no unique index and no CHECK stops, and what is found after it."""
    for _ in range(50):
        tamper = vandal.draw(table, way)
        with suppress(IntegrityError, DataError), door.broken(tamper, table.name) as connection:
            return tamper, {problem.where for problem in verify_chain(connection, anchor)}
    raise AssertionError(f"no {way} of {table.name} is possible")


def test_200_random_changes_of_a_file_are_found_and_named(
    sqlite_door: Backdoor, sqlite: SqliteDatabases, tmp_path: Path
) -> None:
    anchor = anchor_of(sqlite_door, tmp_path)
    assert commit_tampers(sqlite_door, anchor, ON_SQLITE, [*WAYS, Way.STORAGE]) == []


def test_50_random_changes_by_a_superuser_are_found_and_named(
    postgres_door: Backdoor, tmp_path: Path
) -> None:
    assert commit_tampers(postgres_door, anchor_of(postgres_door, tmp_path), ON_POSTGRESQL, WAYS) == []
