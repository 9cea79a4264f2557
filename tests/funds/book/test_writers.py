"""Many writers at once lose nothing and fork nothing, and one that is killed leaves all or nothing of a revision."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from funds.book import Book
from funds.book.verify import verify_chain
from funds.models import Party, PartyFact, Revision, Seal
from tests.builders import build_book
from tests.engines import PostgresDatabases, SqliteDatabases
from tests.funds.book.writer import FACTS

ROOT = Path(__file__).parents[3]
PROCESSES, THREADS, TIMES = 4, 2, 20
SEED = 31


def start_writer(book: Book, anchors: Path, name: str, times: int, threads: int) -> subprocess.Popen[str]:
    """A writer in a process of its own."""
    url = book.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.funds.book.writer", url, str(anchors), name]
    return subprocess.Popen(
        [*command, str(times), str(threads)], cwd=ROOT, stdout=subprocess.PIPE, text=True, bufsize=1
    )


def check_sound(book: Book, anchors: Path, acknowledged: list[int]) -> int:
    """Nothing lost, forked, doubled, out of order or half written; the version reached."""
    kept = Book(book.url.render_as_string(hide_password=False), anchors=anchors)
    with kept.look() as look:
        execute = look.connection.execute
        revisions = execute(select(Revision.id, Revision.recorded_at).order_by(Revision.id)).all()
        assert [row.id for row in revisions] == list(range(1, look.version + 1))
        assert [row.recorded_at for row in revisions] == sorted(row.recorded_at for row in revisions)
        assert len(set(acknowledged)) == len(acknowledged)
        assert max(acknowledged, default=0) <= look.version
        previous = execute(select(Seal.previous_hash)).scalars().all()
        assert len(set(previous)) == len(previous) == look.version
        for model, each in ((Party, 1), (PartyFact, FACTS)):
            written = execute(select(model.revision_id, func.count()).group_by(model.revision_id)).all()
            assert {row[0]: row[1] for row in written} == dict.fromkeys(range(2, look.version + 1), each)
        assert verify_chain(look.connection, kept.anchor) == []
    kept.close()
    return look.version


def test_eight_writers_at_once_lose_and_fork_no_revision(book: Book, tmp_path: Path) -> None:
    writers = [start_writer(book, tmp_path, f"w{n}", TIMES, THREADS) for n in range(PROCESSES)]
    acknowledged = [int(line) for writer in writers for line in writer.communicate(timeout=120)[0].split()]
    assert [writer.returncode for writer in writers] == [0] * PROCESSES
    total = PROCESSES * THREADS * TIMES
    assert sorted(acknowledged) == list(range(2, total + 2))
    assert check_sound(book, tmp_path, acknowledged) == total + 1


def test_verifying_while_somebody_writes_finds_nothing(book: Book, tmp_path: Path) -> None:
    kept = Book(book.url.render_as_string(hide_password=False), anchors=tmp_path)
    writer = start_writer(book, tmp_path, "w", TIMES, 1)
    seen = set()
    while writer.poll() is None:
        with kept.look() as look:
            seen.add(look.version)
            assert verify_chain(look.connection, kept.anchor) == []
    writer.communicate()
    kept.close()
    assert len(seen) > 2


def kill_writers(book: Book, anchors: Path, kills: int) -> tuple[int, int]:
    """Kill writers at random instants, each after its first commit; acknowledged revisions and the version."""
    chance = Random(SEED)
    acknowledged: list[int] = []
    version = 1
    for number in range(kills):
        writer = start_writer(book, anchors, f"k{number}", 0, 1)
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.3))
        writer.kill()
        rest, _ = writer.communicate(timeout=30)
        # The last line may be cut off in the pipe; only whole lines were said.
        said = (first + rest).rpartition("\n")[0].split()
        assert said, "killed before the first commit"
        acknowledged += [int(line) for line in said]
        version = check_sound(book, anchors, acknowledged)
    return len(acknowledged), version


@pytest.mark.faults
def test_a_killed_writer_of_a_file_loses_nothing_that_it_acknowledged(
    sqlite: SqliteDatabases, tmp_path: Path, counts: Callable[[int, int], int]
) -> None:
    book = Book(sqlite.copy_of("founded", build_book))
    acknowledged, version = kill_writers(book, tmp_path, counts(5, 100))
    assert acknowledged <= version - 1
    book.close()
    sqlite.drop_made()


@pytest.mark.faults
def test_a_killed_writer_on_a_server_loses_nothing_that_it_acknowledged(
    postgres: PostgresDatabases, tmp_path: Path, counts: Callable[[int, int], int]
) -> None:
    book = Book(postgres.copy_of("founded", build_book))
    acknowledged, version = kill_writers(book, tmp_path, counts(2, 20))
    assert acknowledged <= version - 1
    book.close()
    postgres.drop_made()
