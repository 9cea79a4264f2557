"""Writers that are killed, alone and many at once: what they acknowledged is there, and nothing is half there."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.engines import PostgresDatabases, SqliteDatabases
from tests.faults.books import Ledger, build_paid, verify_all
from tests.faults.kinds import Kind, fault
from tests.faults.nursery import Nursery

Tell = Callable[..., None]
Counts = Callable[[int, int], int]
WRITERS, EACH = 8, (3, 100)
LONGEST = 0.25
VERIFIED_EVERY = 20


@pytest.fixture
def paid(sqlite: SqliteDatabases) -> Iterator[str]:
    yield sqlite.copy_of("paid for writers", build_paid)
    sqlite.drop_made()


@pytest.fixture
def paid_on_server(postgres: PostgresDatabases) -> Iterator[str]:
    yield postgres.copy_of("paid for writers", build_paid)
    postgres.drop_made()


def kill_writers(url: str, anchors: Path, nursery: Nursery, dice: Random, kills: int) -> dict[str, float]:
    """Kill a writer at a random moment after its first commit, again and again; the figures."""
    ledger, recovery = Ledger(url), 0.0
    figures: dict[str, float] = {}
    for number in range(kills):
        writer = nursery.start("write", book=url, anchors=str(anchors), name=f"k{number}")
        began = time.perf_counter()
        ledger.hear([writer.hear()])
        recovery = max(recovery, time.perf_counter() - began) if number else 0.0
        time.sleep(dice.uniform(0.0, LONGEST))
        ledger.hear(writer.kill())
        figures = dict(ledger.judge())
        if any(figures.values()):
            break
        if number % VERIFIED_EVERY == VERIFIED_EVERY - 1:
            assert verify_all(url, anchors) == []
    assert verify_all(url, anchors) == []
    return {**figures, "count": kills, "kills": kills, "acked": len(ledger.acked), "recovery": recovery}


@fault("F1", Kind.APP_KILLED)
def test_a_killed_writer_of_a_file_loses_nothing_that_it_acknowledged(
    paid: str, tmp_path: Path, nursery: Nursery, dice: Random, counts: Counts, tell: Tell
) -> None:
    tell(**kill_writers(paid, tmp_path, nursery, dice, counts(3, 100)))


@pytest.mark.full
@fault("F1", Kind.APP_KILLED)
def test_a_killed_writer_on_a_server_loses_nothing_that_it_acknowledged(
    paid_on_server: str, tmp_path: Path, nursery: Nursery, dice: Random, counts: Counts, tell: Tell
) -> None:
    tell(**kill_writers(paid_on_server, tmp_path, nursery, dice, counts(2, 20)))


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
@fault("F6", Kind.MANY_WRITERS)
def test_eight_writers_at_once_lose_and_fork_nothing(
    engine: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    nursery: Nursery,
    counts: Counts,
    tell: Tell,
) -> None:
    url: str = request.getfixturevalue("paid" if engine == "sqlite" else "paid_on_server")
    times = counts(*EACH)
    ledger = Ledger(url)
    given = {"book": url, "anchors": str(tmp_path), "times": times}
    writers = [nursery.start("write", name=f"w{number}", **given) for number in range(WRITERS)]
    ends = [writer.finish() for writer in writers]
    assert [code for code, _ in ends] == [0] * WRITERS
    for _, said in ends:
        ledger.hear(said)
    assert sorted(ledger.acked.values()) == list(range(3, WRITERS * times + 3))
    assert verify_all(url, tmp_path) == []
    tell(count=WRITERS * times, acked=len(ledger.acked), **ledger.judge())
