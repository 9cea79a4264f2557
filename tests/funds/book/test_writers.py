"""Many writers at once lose nothing and fork nothing, and one that is killed leaves all or nothing of a revision."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from funds.book import Book
from funds.book.verify import verify_chain
from funds.models import Party, PartyFact, Revision, Seal
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
