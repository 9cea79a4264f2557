"""Whatever is changed behind the program's back, in any table of the book, is found and named."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, Table, create_engine, delete, func, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError

from funds.book import Anchor, Book, Head
from funds.book.seal import chain_hash, read_leaves, read_revision
from funds.book.verify import verify_chain
from funds.models import PartyFact, Revision, Seal, SealLeaf, book_tables, row_tables
from tests.builders import open_book, party, record
from tests.engines import ENGINES, PostgresDatabases, SqliteDatabases
from tests.faults.kinds import Kind, fault
from tests.funds.book.backdoors import Backdoor, open_postgres, open_sqlite
from tests.funds.book.sample_book import LATER, write_anchor
from tests.funds.book.tampers import Tamper, Vandal, Way

SEED = 4754
LAST = 8  # the sample book's version
ON_SQLITE, ON_POSTGRESQL = (40, 200), (10, 50)
WAYS = [Way.VALUE] * 6 + [Way.DELETE, Way.INSERT, Way.SWAP]


@pytest.fixture(scope="module")
def sqlite_door(sqlite: SqliteDatabases) -> Iterator[Backdoor]:
    door = open_sqlite(sqlite)
    yield door
    door.close()


@pytest.fixture(scope="module")
def postgres_door(postgres: PostgresDatabases) -> Iterator[Backdoor]:
    door = open_postgres(postgres)
    yield door
    door.close()


@pytest.fixture(params=ENGINES)
def door(request: pytest.FixtureRequest) -> Backdoor:
    """A way into a sample book, on each engine in turn."""
    name = "sqlite_door" if request.param == "sqlite" else "postgres_door"
    found: Backdoor = request.getfixturevalue(name)
    return found


def anchor_of(door: Backdoor, folder: Path) -> Anchor:
    """The anchor of the sound book."""
    book = Book(door.sound_url)
    try:
        return write_anchor(book, folder / "anchor")
    finally:
        book.close()


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


@fault("F10", Kind.VALUE_CHANGED, Kind.ROW_REMOVED, Kind.ROW_SLIPPED_IN, Kind.ROWS_SWAPPED)
def test_random_changes_of_a_file_are_found_and_named(
    sqlite_door: Backdoor, tmp_path: Path, counts: Callable[[int, int], int]
) -> None:
    anchor = anchor_of(sqlite_door, tmp_path)
    assert commit_tampers(sqlite_door, anchor, counts(*ON_SQLITE), [*WAYS, Way.STORAGE]) == []


@fault("F10", Kind.VALUE_CHANGED, Kind.ROW_REMOVED, Kind.ROW_SLIPPED_IN, Kind.ROWS_SWAPPED)
def test_random_changes_by_a_superuser_are_found_and_named(
    postgres_door: Backdoor, tmp_path: Path, counts: Callable[[int, int], int]
) -> None:
    anchor = anchor_of(postgres_door, tmp_path)
    assert commit_tampers(postgres_door, anchor, counts(*ON_POSTGRESQL), WAYS) == []


def cut_tail(connection: Connection) -> None:
    """Take away the last revision with all its rows and seals, as if it had never been."""
    last = connection.execute(select(func.max(Revision.id))).scalar_one()
    for table in reversed(row_tables()):
        connection.execute(delete(table).where(table.c.revision_id == last))
    for model in (Seal, SealLeaf):
        connection.execute(delete(model).where(model.revision_id == last))
    connection.execute(delete(Revision).where(Revision.id == last))


def rebuild_chain(connection: Connection) -> None:
    """Change a row and seal everything after it anew, as the program would have."""
    row = connection.execute(select(PartyFact.id, PartyFact.revision_id).limit(1)).one()
    connection.execute(update(PartyFact).where(PartyFact.id == row.id).values(name="示例别名"))
    seals = connection.execute(select(Seal.revision_id, Seal.previous_hash).order_by(Seal.revision_id)).all()
    previous = next(seal.previous_hash for seal in seals if seal.revision_id == row.revision_id)
    for revision_id in [seal.revision_id for seal in seals if seal.revision_id >= row.revision_id]:
        kept = {table.name: read_leaves(connection, table, revision_id) for table in row_tables()}
        leaves = {name: content for name, content in kept.items() if content}
        connection.execute(delete(SealLeaf).where(SealLeaf.revision_id == revision_id))
        connection.execute(delete(Seal).where(Seal.revision_id == revision_id))
        rows = [{"revision_id": revision_id, "table_name": name, "leaves": leaves[name]} for name in leaves]
        connection.execute(insert(SealLeaf), rows)
        digest = chain_hash(previous, read_revision(connection, revision_id), leaves)
        seal = {"revision_id": revision_id, "previous_hash": previous, "hash": digest}
        connection.execute(insert(Seal), [seal])
        previous = digest


@fault("F10", Kind.TAIL_CUT)
def test_a_cut_tail_is_found_through_the_anchor_only(door: Backdoor, tmp_path: Path) -> None:
    anchor = anchor_of(door, tmp_path)
    with door.broken(cut_tail) as connection:
        assert verify_chain(connection) == []
        [problem] = verify_chain(connection, anchor)
    assert (problem.code, problem.where) == ("verify.tail_cut", f"seal#{LAST}")


@fault("F10", Kind.CHAIN_REBUILT)
def test_a_rebuilt_chain_is_found_through_the_anchor_only(door: Backdoor, tmp_path: Path) -> None:
    anchor = anchor_of(door, tmp_path)
    with door.broken(rebuild_chain) as connection:
        assert verify_chain(connection) == []
        [problem] = verify_chain(connection, anchor)
    assert (problem.code, problem.where) == ("verify.anchor_differs", "seal#3")


def test_without_an_anchor_a_change_of_the_last_link_is_still_found(door: Backdoor) -> None:
    for deed in (
        update(Revision).where(Revision.id == LAST).values(reason="别的"),
        update(Seal).where(Seal.revision_id == LAST).values(hash="0" * 64),
    ):
        with door.broken(Tamper("last", frozenset(), (deed,))) as connection:
            [problem] = verify_chain(connection)
        assert (problem.code, problem.where) == ("verify.revision_or_seal_changed", f"revision#{LAST}")


def test_a_line_of_the_anchor_that_is_none_is_named(door: Backdoor, tmp_path: Path) -> None:
    anchor = anchor_of(door, tmp_path)
    anchor.path.write_text(f"garbage\n{anchor.path.read_text()}")
    with door.broken(lambda _: None) as connection:
        [problem] = verify_chain(connection, anchor)
    assert (problem.code, problem.where) == ("verify.anchor_unreadable", "anchor#1")


def test_the_anchor_may_be_ahead_of_the_snapshot_that_is_verified(
    sqlite_door: Backdoor, tmp_path: Path
) -> None:
    anchor = anchor_of(sqlite_door, tmp_path)
    with sqlite_door.broken(lambda _: None) as connection:
        book = open_book(sqlite_door.url, LATER)
        record(book, party("LATE"))
        head: Head = book.head()
        book.close()
        anchor.append(head)
        assert verify_chain(connection, anchor) == []
