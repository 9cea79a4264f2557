"""A book that another program holds: it is waited for, and where that takes too long it is said and nothing is lost."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, make_url
from sqlalchemy.exc import OperationalError

from dashboard.server.errors import describe
from funds.book import Book
from tests.engines import SqliteDatabases
from tests.faults.books import Ledger, build_paid, verify_all
from tests.faults.jobs import write_one
from tests.faults.kinds import Kind, fault
from tests.faults.nursery import Nursery

WRITERS, EACH = 2, 3
HELD_MS = (300, 3_000)
IMPATIENCE_MS = 50
Tell = Callable[..., None]
Counts = Callable[[int, int], int]


@pytest.fixture
def paid(sqlite: SqliteDatabases) -> Iterator[str]:
    yield sqlite.copy_of("paid for writers", build_paid)
    sqlite.drop_made()


@pytest.mark.full
@fault("F6", Kind.FOREIGN_LOCK)
def test_writers_wait_for_a_program_that_holds_the_file(
    paid: str, tmp_path: Path, nursery: Nursery, counts: Counts, tell: Tell
) -> None:
    held = counts(*HELD_MS) / 1_000
    foreign = nursery.start("hold", file=str(make_url(paid).database), seconds=held)
    assert foreign.hear() == "locked"
    began, ledger = time.perf_counter(), Ledger(paid)
    given = {"book": paid, "anchors": str(tmp_path), "times": EACH}
    writers = [nursery.start("write", name=f"w{number}", **given) for number in range(WRITERS)]
    for writer in writers:
        code, said = writer.finish()
        assert code == 0
        ledger.hear(said)
    waited = time.perf_counter() - began
    assert foreign.finish()[0] == 0
    assert waited >= held
    assert verify_all(paid, tmp_path) == []
    tell(count=WRITERS * EACH, acked=len(ledger.acked), slowest=waited, **ledger.judge())


@pytest.mark.full
@fault("F6", Kind.FOREIGN_LOCK)
def test_whoever_loses_patience_is_told_to_come_again_and_nothing_is_half_written(
    paid: str, tmp_path: Path, nursery: Nursery, tell: Tell
) -> None:
    foreign = nursery.start("hold", file=str(make_url(paid).database), seconds=60)
    with Book(paid, anchors=tmp_path) as book:
        event.listen(
            book.engine,
            "connect",
            lambda raw, _: raw.execute(f"PRAGMA busy_timeout={IMPATIENCE_MS}"),
        )
        _ = book.number
        assert foreign.hear() == "locked"
        with pytest.raises(OperationalError) as refused:
            write_one(book, "impatient", 0)
        with Flask(__name__).test_request_context("/"):
            told = describe(refused.value)
        assert (told.status, told.code) == (503, "system.database")
        foreign.kill()
        ledger = Ledger(paid)
        ledger.hear(["{} {}".format(*write_one(book, "impatient", 0))])
    assert verify_all(paid, tmp_path) == []
    tell(count=1, acked=1, **ledger.judge())
