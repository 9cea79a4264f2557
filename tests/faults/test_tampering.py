"""A thousand changes behind the program's back in a book of ten thousand lines: each of them is found and named."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, Table, create_engine, select
from sqlalchemy.exc import DataError, IntegrityError

from funds.book import Anchor, Book
from funds.book.verify import verify_chain
from funds.kinds import EntryKind
from funds.models import Entry, Mark, Party, PartyFact, table_of
from tests.builders import fee, invested_city, mark, party, record, rows_of
from tests.engines import ENGINES
from tests.faults.books import build_founded
from tests.faults.kinds import Kind, fault
from tests.funds.book.backdoors import Backdoor, PostgresBackdoor, SqliteBackdoor
from tests.funds.book.sample_book import write_anchor
from tests.funds.book.tampers import Tamper, Vandal, Way
from tests.funds.book.tampers import table_of as named

REVISIONS, LINES = 400, 25
TAMPERS, AT_ONCE = 1_000, 40
APART = 2  # revisions between two tampers of a round, so that each is blamed for its own alone
TABLES: Mapping[Table, int] = {
    table_of(Entry): 10,
    table_of(Mark): 4,
    table_of(Party): 2,
    table_of(PartyFact): 2,
    named("revision"): 1,
    named("seal"): 1,
    named("seal_leaf"): 1,
}
WAYS = [Way.VALUE] * 6 + [Way.DELETE, Way.INSERT, Way.SWAP]
Tell = Callable[..., None]


def build_long(url: str) -> None:
    """Ten thousand lines in four hundred changes: fees of a fen, written without asking the rules about each."""
    build_founded(url)
    with Book(url) as book:
        record(book, *invested_city(), fee("F1", 20), mark("F1", "C1", 900), party("X"))
        (paid,) = rows_of(book, Entry, kind=EntryKind.FEE)
        (marked,) = rows_of(book, Mark)
        (named, *_) = rows_of(book, PartyFact)
        for number in range(REVISIONS):
            on = paid["moved_on"] + timedelta(number)
            with book.change("local", f"day {number}") as change:
                change.add(Entry, [_fresh(paid, moved_on=on, amount_fen=-1 - line) for line in range(LINES)])
                change.add(Mark, [_fresh(marked, valued_on=on)])
                (party_id,) = change.add(Party, [{"code": f"X{number}"}])
                change.add(PartyFact, [_fresh(named, party_id=party_id, name=f"机构{number}")])


def _fresh(row: Mapping[str, Any], **changes: object) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in ("id", "revision_id")} | changes


@pytest.fixture(params=ENGINES)
def door(request: pytest.FixtureRequest) -> Iterator[Backdoor]:
    """A way into the long book, on each engine in turn."""
    databases = request.getfixturevalue("sqlite" if request.param == "sqlite" else "postgres")
    url = databases.copy_of("long book", build_long)
    made: Backdoor = (
        SqliteBackdoor(url) if request.param == "sqlite" else PostgresBackdoor(databases.as_superuser(url))
    )
    yield made
    made.close()
    databases.drop_made()


class Round:
    """Tampers of one round, each in revisions of its own."""

    def __init__(self, vandal: Vandal, chance: Random, wanted: int) -> None:
        self.vandal = vandal
        self.chance = chance
        self.wanted = wanted
        self.taken: set[int] = set()
        self.done: list[Tamper] = []

    def __call__(self, connection: Connection) -> None:
        """Commit them; what a unique index or a CHECK stops is drawn anew."""
        while len(self.done) < self.wanted:
            (table,) = self.chance.choices(list(TABLES), list(TABLES.values()))
            tamper = self.vandal.draw(table, self.chance.choice(WAYS))
            touched = {revision for name in tamper.names for revision in self.revisions_of(name)}
            near = {revision + by for revision in touched for by in range(-APART, APART + 1)}
            if not touched or near & self.taken:
                continue
            with suppress(IntegrityError, DataError):
                with connection.begin_nested():
                    tamper(connection)
                self.taken |= touched
                self.done.append(tamper)

    def revisions_of(self, name: str) -> set[int]:
        """The revisions to which a row, a seal or a leaf belongs."""
        table, _, key = name.partition("#")
        if table in ("revision", "seal", "seal_leaf"):
            return {int(key.partition("/")[0])}
        column = next(each for each in TABLES if each.name == table).c
        found = self.vandal.connection.execute(select(column.revision_id).where(column.id == int(key)))
        return set(found.scalars())


def count_missed(door: Backdoor, vandal: Vandal, chance: Random, anchor: Anchor) -> tuple[list[str], float]:
    """One round: what was not named, alone either, and how long the verification took."""
    tampers = Round(vandal, chance, AT_ONCE)
    with door.broken(tampers) as connection:
        began = time.perf_counter()
        wheres = {problem.where for problem in verify_chain(connection, anchor)}
        taken = time.perf_counter() - began
    missed = []
    for tamper in [each for each in tampers.done if not each.names & wheres]:
        with door.broken(tamper) as connection:
            alone = {problem.where for problem in verify_chain(connection, anchor)}
        if not tamper.names & alone:
            missed.append(f"{tamper.label}: {sorted(tamper.names)}")
    return missed, taken


@pytest.mark.full
@fault("F10", Kind.VALUE_CHANGED, Kind.ROW_REMOVED, Kind.ROW_SLIPPED_IN, Kind.ROWS_SWAPPED)
def test_a_thousand_changes_in_ten_thousand_lines_are_found(
    door: Backdoor, tmp_path: Path, dice: Random, tell: Tell
) -> None:
    with Book(door.sound_url) as book:
        anchor = write_anchor(book, tmp_path / "anchor")
    engine = create_engine(door.sound_url)
    missed: list[str] = []
    slowest = 0.0
    with engine.connect() as sound:
        vandal = Vandal(sound, dice)
        for _ in range(TAMPERS // AT_ONCE):
            unseen, taken = count_missed(door, vandal, dice, anchor)
            missed += unseen
            slowest = max(slowest, taken)
    engine.dispose()
    print(missed)
    with Book(door.sound_url) as book, book.look() as look:
        assert verify_chain(look.connection, anchor) == []
    tell(count=TAMPERS, missed=len(missed), slowest=slowest)
