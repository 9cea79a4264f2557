"""Backups while others write, killed, damaged or put back too late: a book comes back exactly, or it is said why not."""

import io
import json
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import create_engine, inspect, text

from dashboard.cli.main import main
from funds.book import Book
from tests.engines import ENGINES, Databases
from tests.faults.books import Ledger, build_paid, verify_all
from tests.faults.jobs import write_one
from tests.faults.kinds import Kind, fault
from tests.faults.nursery import Nursery
from tests.funds.book.sample_book import build_sample

Tell = Callable[..., None]
Counts = Callable[[int, int], int]
OTHER = dict(zip(ENGINES, reversed(ENGINES), strict=True))


def run(*arguments: str) -> tuple[int, str]:
    """A command as somebody types it: its exit code, and what it says."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main(arguments)
    return code, said.getvalue()


def digests(url: str) -> dict[str, object]:
    """Head, counts and digests of a sound book by table."""
    code, said = run("verify", "--all", "--book", url, "--format", "json")
    assert code == 0, said
    told: dict[str, object] = json.loads(said)
    return told


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anchors and notes of this test alone."""
    monkeypatch.setenv("FUNDTRACKER_ANCHORS", str(tmp_path / "anchors"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture(params=ENGINES)
def engines(request: pytest.FixtureRequest) -> tuple[Databases, Databases]:
    """From which engine, and to which other one."""
    made = {
        name: request.getfixturevalue("sqlite" if name == "sqlite" else "postgres")
        for name in (request.param, OTHER[request.param])
    }
    return made[request.param], made[OTHER[request.param]]


@pytest.mark.full
@fault("F9", Kind.STALE_BACKUP)
def test_a_backup_made_while_others_write_comes_back_exactly_and_an_older_one_is_told(
    engines: tuple[Databases, Databases], tmp_path: Path, nursery: Nursery, tell: Tell
) -> None:
    here, there = engines
    url, elsewhere = here.copy_of("paid for writers", build_paid), there.empty()
    writer = nursery.start("write", book=url, anchors=str(tmp_path / "anchors"), name="w")
    ledger = Ledger(url)
    ledger.hear([writer.hear()])
    older, newer = tmp_path / "older.zip", tmp_path / "newer.zip"
    assert run("backup", str(older), "--book", url)[0] == 0
    ledger.hear([writer.hear(), *writer.kill()])
    assert run("backup", str(newer), "--book", url)[0] == 0
    code, said = run("restore", str(older), "--book", elsewhere)
    assert code != 0, "an older backup is put back only when somebody says so"
    code, said = run("restore", str(newer), "--book", elsewhere)
    assert code == 0, said
    assert digests(elsewhere) == digests(url)
    lost = ledger.judge()
    ledger.url = elsewhere
    assert ledger.judge() == lost
    assert verify_all(elsewhere, tmp_path / "anchors") == []
    with Book(elsewhere, anchors=tmp_path / "anchors") as book:
        version, _ = write_one(book, "after", 0)
        assert version == book.head().version
    for databases in engines:
        databases.drop_made()
    tell(count=1, kills=1, acked=len(ledger.acked), **lost)


@pytest.mark.full
@fault("F9", Kind.BACKUP_KILLED)
def test_a_killed_backup_leaves_no_file_under_its_name(
    sqlite: Databases, tmp_path: Path, nursery: Nursery, dice: Random, counts: Counts, tell: Tell
) -> None:
    url, kills = sqlite.copy_of("sample city", build_sample), counts(1, 20)
    partial = 0
    for number in range(kills):
        path = tmp_path / f"{number}.zip"
        child = nursery.start(
            "run", anchors=str(tmp_path / "anchors"), arguments=["backup", str(path), "--book", url]
        )
        assert child.hear() == "begun"
        time.sleep(dice.uniform(0.0, 0.4))
        child.kill()
        if path.exists():
            place = tmp_path / f"{number}.sqlite3"
            partial += run("restore", str(path), "--book", str(place))[0] != 0
    assert run("backup", str(tmp_path / "last.zip"), "--book", url)[0] == 0
    assert verify_all(url) == []
    sqlite.drop_made()
    tell(count=kills, kills=kills, partial=partial)


@fault("F9", Kind.BACKUP_DAMAGED)
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    sqlite: Databases, tmp_path: Path, dice: Random, counts: Counts, tell: Tell
) -> None:
    url, damages = sqlite.copy_of("sample city", build_sample), counts(4, 200)
    sound = tmp_path / "sound.zip"
    assert run("backup", str(sound), "--book", url)[0] == 0
    content, want = sound.read_bytes(), digests(url)
    missed = 0
    for number in range(damages):
        spoilt = bytearray(content)
        if number % 2:
            spoilt = spoilt[: dice.randrange(len(spoilt))]
        else:
            spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)
        path, place = tmp_path / f"{number}.zip", tmp_path / f"{number}.sqlite3"
        path.write_bytes(bytes(spoilt))
        code, _ = run("restore", str(path), "--book", str(place))
        # A byte of which nothing depends may come back: then all of the book does.
        if code == 0:
            missed += digests(str(place)) != want
        elif place.exists():
            missed += _has_rows(place)
        for each in (path, place):
            each.unlink(missing_ok=True)
    assert verify_all(url) == []
    sqlite.drop_made()
    tell(count=damages, missed=missed)


def _has_rows(path: Path) -> bool:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        has = "revision" in inspect(connection).get_table_names() and bool(
            connection.execute(text("SELECT count(*) FROM revision")).scalar()
        )
    engine.dispose()
    return has
