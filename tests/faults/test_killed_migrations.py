"""Every migration on a filled book: one that raises or is killed in the middle leaves the old shape, and goes through after."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event

import migrations
from funds.book import Book
from funds.book.engine import open_engine
from funds.drafts import Draft
from tests.builders import balance, contribution, distribution, exit_, fee, invested_city, mark, nav, record
from tests.engines import ENGINES, Databases
from tests.faults.books import build_founded, hash_tables, verify_all
from tests.faults.kinds import Kind, fault
from tests.faults.nursery import Nursery
from tests.funds.book.test_migrations import shape_of

LINES = 10_000
FEWER_LINES = 100
FIRST = "0001"
Tell = Callable[..., None]
Counts = Callable[[int, int], int]


class Stopped(Exception):
    """What a migration is made to raise in the middle."""


@dataclass(frozen=True)
class State:
    """A book's shape with its number, and the rows of every table."""

    revision: str | None
    shape: list[tuple[object, ...]]
    rows: dict[str, str]


def list_revisions() -> list[str]:
    """Every revision but the first, which fills an empty database; the oldest first."""
    script = ScriptDirectory.from_config(migrations.configure())
    return [each.revision for each in script.walk_revisions()][-2::-1]


def old_city(lines: int) -> list[Draft]:
    """A city of which the first shape has every table, with so many lines in its ledger."""
    return [
        *invested_city(),
        *(distribution("F1", "M", 200, is_recallable=True), distribution("F1", "LP2", 100)),
        *(exit_("F1", "C1", 600, cost_out_fen=400_000_000), mark("F1", "C1", 900), nav("F1", 4_000)),
        *(balance("F1", 700), fee("F1", 20)),
        *(contribution("F1", "LP2", "0.01", "2022-03-01", business_no=f"B{n}") for n in range(lines)),
    ]


def read_state(engine: Engine) -> State:
    """Everything that must not be half changed."""
    return State(migrations.current_revision(engine), shape_of(engine), hash_tables(engine))


@contextmanager
def watching(engine: Engine, stops_at: int | None = None) -> Iterator[list[int]]:
    """Count the statements that are run, and raise before one of them."""
    seen, numbers = [0], count()

    def note(*_given: Any) -> None:
        seen[0] += 1
        if next(numbers) == stops_at:
            raise Stopped

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


class Trial:
    """One book that goes down and up one shape at a time."""

    def __init__(self, url: str, nursery: Nursery, dice: Random) -> None:
        self.url = url
        self.engine = open_engine(url)
        self.nursery = nursery
        self.dice = dice

    def go_through(self, revision: str, below: str) -> int:
        """Down, up, down, raise, kill, and up again; how many states were not what they must be."""
        migrations.downgrade(self.engine, below)
        old = read_state(self.engine)
        with watching(self.engine) as seen:
            migrations.upgrade(self.engine, revision)
        new, statements = read_state(self.engine), seen[0]
        migrations.downgrade(self.engine, below)
        wrong = int(read_state(self.engine) != old)
        self.let_it_raise(revision, self.dice.randrange(statements))
        wrong += read_state(self.engine) != old
        self.kill_it(revision, self.dice.randrange(statements))
        wrong += read_state(self.engine) != old
        migrations.upgrade(self.engine, revision)
        wrong += read_state(self.engine) != new
        migrations.downgrade(self.engine, below)
        return wrong

    def let_it_raise(self, revision: str, place: int) -> None:
        """The program itself meets a fault in the middle."""
        with pytest.raises(Stopped), watching(self.engine, place):
            migrations.upgrade(self.engine, revision)

    def kill_it(self, revision: str, place: int) -> None:
        """The process that migrates is gone from one moment to the next."""
        child = self.nursery.start("upgrade", book=self.url, revision=revision, dies_at=place)
        code, said = child.finish()
        assert (code, said) == (-9, [])


@pytest.fixture(params=[ENGINES[0], pytest.param(ENGINES[1], marks=pytest.mark.full)])
def filled(request: pytest.FixtureRequest, counts: Counts) -> str:
    """A book with rows in every table of the first shape."""
    lines = counts(FEWER_LINES, LINES)
    databases: Databases = request.getfixturevalue("sqlite" if request.param == "sqlite" else "postgres")

    def build(url: str) -> None:
        build_founded(url)
        with Book(url) as book:
            record(book, *old_city(lines))

    return databases.copy_of(f"filled with {lines} lines", build)


@fault("F4", Kind.MIGRATION_KILLED, Kind.MIGRATION_RAISES)
def test_a_migration_that_raises_or_is_killed_leaves_the_old_shape_and_all_rows(
    filled: str, nursery: Nursery, dice: Random, full: bool, tell: Tell
) -> None:
    revisions = [FIRST, *list_revisions()]
    steps = list(zip(revisions[1:], revisions[:-1], strict=True))[::-1]
    taken = steps if full else [dice.choice(steps)]
    trial = Trial(filled, nursery, dice)
    wrong = 0
    for revision, below in taken:
        wrong += trial.go_through(revision, below)
    with_rows = set(hash_tables(trial.engine))
    migrations.upgrade(trial.engine)
    trial.engine.dispose()
    assert len(with_rows) > 20
    assert verify_all(filled) == []
    tell(count=2 * len(taken), kills=len(taken), partial=wrong, note=f"{len(taken)} revisions")


def test_the_programme_knows_every_revision() -> None:
    files = Path(migrations.__file__).parent.glob("versions/[0-9]*.py")
    assert [FIRST, *list_revisions()] == sorted(path.name[:4] for path in files)
