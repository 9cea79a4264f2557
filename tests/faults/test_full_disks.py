"""A disk that is full: what was acknowledged is there, nothing is half there, it is said clearly, and it goes on after."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from dashboard.cli.main import main
from dashboard.words import say
from funds.book import Book
from funds.book.engine import is_disk_full
from funds.errors import NotAnchored
from tests.engines import SqliteDatabases
from tests.faults.books import Ledger, build_founded, build_paid, verify_all
from tests.faults.disks import SmallDisk, small_disk
from tests.faults.jobs import write_one
from tests.faults.kinds import Kind, fault
from tests.faults.test_killed_imports import count_rows, write_ledger

MOST = 2_000
ROWS = (300, 5_000)
PAGE, LINE = 4_096, 60
Tell = Callable[..., None]
Counts = Callable[[int, int], int]


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    with small_disk() as made:
        yield made


def put(databases: SqliteDatabases, name: str, build: Callable[[str], None], folder: Path) -> str:
    """A prepared book in a folder."""
    path = Path(str(make_url(databases.copy_of(name, build)).database))
    shutil.copy(path, folder / "book.sqlite3")
    databases.drop_made()
    return f"sqlite:///{folder / 'book.sqlite3'}"


def run(*arguments: str) -> tuple[int, str]:
    """A command as somebody types it: its exit code, and what it says."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main(arguments)
    return code, said.getvalue()


@fault("F5", Kind.DISK_FULL_COMMIT)
def test_what_finds_no_room_is_not_acknowledged_and_goes_in_once_there_is_room(
    disk: SmallDisk, sqlite: SqliteDatabases, tmp_path: Path, tell: Tell
) -> None:
    url = put(sqlite, "paid for writers", build_paid, disk.folder)
    ledger = Ledger(url)
    with Book(url, anchors=tmp_path) as book:
        ledger.hear(["{} {}".format(*write_one(book, "before", 0))])
        disk.fill(leaving=120 * PAGE)
        with pytest.raises(OperationalError) as refused:
            for number in range(MOST):
                ledger.hear(["{} {}".format(*write_one(book, "full", number))])
        assert is_disk_full(refused.value)
        with book.look() as look:
            assert look.version == max(ledger.acked.values())
        disk.make_room()
        ledger.hear(["{} {}".format(*write_one(book, "full", MOST))])
    assert verify_all(url, tmp_path) == []
    tell(count=1, acked=len(ledger.acked), **ledger.judge())


@pytest.mark.full
@fault("F5", Kind.DISK_FULL_IMPORT)
def test_an_import_that_finds_no_room_leaves_nothing_and_says_so(
    disk: SmallDisk,
    sqlite: SqliteDatabases,
    tmp_path: Path,
    counts: Counts,
    tell: Tell,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FUNDTRACKER_ANCHORS", str(tmp_path))
    url = put(sqlite, "founded for imports", build_founded, disk.folder)
    path = write_ledger(tmp_path / "ledger.xlsx", counts(*ROWS))
    nothing = count_rows(url)
    disk.fill(leaving=20 * PAGE)
    code, said = run("import", str(path), "--book", url)
    assert code != 0
    assert say("system.disk_full", "zh") in said
    partial = count_rows(url) != nothing
    disk.make_room()
    code, said = run("import", str(path), "--book", url)
    assert code == 0, said
    assert count_rows(url)[:2] == (2, nothing[1] + counts(*ROWS) // 20)
    assert verify_all(url, tmp_path) == []
    tell(count=1, partial=int(partial))


@fault("F5", Kind.DISK_FULL_ANCHOR)
def test_an_anchor_that_finds_no_room_is_told_of_and_keeps_no_half_line(
    disk: SmallDisk, sqlite: SqliteDatabases, tmp_path: Path, tell: Tell
) -> None:
    url = put(sqlite, "paid for writers", build_paid, tmp_path)
    ledger = Ledger(url)
    with Book(url, anchors=disk.folder) as book:
        assert book.anchor is not None
        anchor = book.anchor
        # A page of which all but a part of the next line is taken.
        while not anchor.path.exists() or anchor.path.stat().st_size <= PAGE - LINE:
            anchor.append(book.head())
        disk.fill()
        with pytest.raises(NotAnchored) as refused:
            for number in range(3):
                write_one(book, "full", number)
        assert refused.value.params["version"] == str(book.head().version), "the change itself is kept"
        heads = anchor.read()
        assert all(head.version > 0 for head in heads), "no half line"
        assert verify_all(url, disk.folder) == []
        disk.make_room()
        ledger.hear(["{} {}".format(*write_one(book, "after", 0))])
        assert anchor.read()[-1] == book.head()
    assert verify_all(url, disk.folder) == []
    tell(count=1, acked=len(ledger.acked), **ledger.judge())


@pytest.mark.full
@fault("F5", Kind.DISK_FULL_BACKUP)
def test_a_backup_that_finds_no_room_leaves_no_half_file(
    disk: SmallDisk, sqlite: SqliteDatabases, tmp_path: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUNDTRACKER_ANCHORS", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    url = put(sqlite, "paid for writers", build_paid, tmp_path)
    path = disk.folder / "book.zip"
    disk.fill(leaving=PAGE)
    code, said = run("backup", str(path), "--book", url)
    assert code != 0
    assert say("backup.disk_full", "zh", file=path) in said
    left = [each.name for each in disk.folder.iterdir() if each.name != "ballast"]
    disk.make_room()
    assert run("backup", str(path), "--book", url)[0] == 0
    assert path.stat().st_size > 0
    assert verify_all(url, tmp_path) == []
    tell(count=1, partial=len(left))
