"""Backups while others write, killed, damaged or put back too late: a book comes back exactly, or it is said why not."""

import io
import json
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, text

from dashboard.cli.main import main
from funds.book import Book
from tests.builders import record
from tests.engines import ENGINES, Databases
from tests.faults.books import Ledger, build_founded, build_paid, hash_tables, verify_all
from tests.faults.jobs import write_one
from tests.faults.kinds import Kind, fault
from tests.faults.nursery import Nursery
from tests.faults.test_killed_migrations import LINES, old_city
from tests.funds.book.sample_book import build_sample

Tell = Callable[..., None]
Counts = Callable[[int, int], int]
PATIENCE = 20
KEPT_OF_BACKUP = ("version", "hash", "tables")
OTHER = dict(zip(ENGINES, reversed(ENGINES), strict=True))


def run(*arguments: str) -> tuple[int, str]:
    """A command as somebody types it: its exit code, and what it says."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main(arguments)
    return code, said.getvalue()


def digests(url: str) -> dict[str, Any]:
    """Head, counts and digests of a sound book by table."""
    code, said = run("verify", "--all", "--book", url, "--format", "json")
    assert code == 0, said
    told: dict[str, Any] = json.loads(said)
    return told


def hash_at(url: str, version: int | None = None) -> dict[str, str]:
    """Digests by table that the program has no part in, of the whole book or as it stood at a version."""
    with Book(url) as book:
        return hash_tables(book.engine, version)


def build_large(url: str) -> None:
    """A book with ten thousand lines, in which a backup takes as long as some changes."""
    build_founded(url)
    with Book(url) as book:
        record(book, *old_city(LINES))


def back_up_amid_writing(url: str, folder: Path) -> tuple[Path, dict[str, Any]]:
    """A backup during which the book went on, and what was said of it."""
    for number in range(PATIENCE):
        path = folder / f"amid-{number}.zip"
        code, said = run("backup", str(path), "--book", url, "--format", "json")
        assert code == 0, said
        told: dict[str, Any] = json.loads(said)
        with Book(url) as book:
            if book.head().version > told["version"]:
                return path, told
    raise AssertionError("nobody wrote meanwhile")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anchors and notes of this test alone."""
    monkeypatch.setenv("FUNDTRACKER_ANCHORS", str(tmp_path / "anchors"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture(params=[ENGINES[0], pytest.param(ENGINES[1], marks=pytest.mark.full)])
def engines(request: pytest.FixtureRequest) -> tuple[Databases, Databases]:
    """From which engine, and to which other one."""
    made = {
        name: request.getfixturevalue("sqlite" if name == "sqlite" else "postgres")
        for name in (request.param, OTHER[request.param])
    }
    return made[request.param], made[OTHER[request.param]]


@fault("F9", Kind.STALE_BACKUP)
def test_a_backup_amid_writing_is_the_book_at_its_version_on_either_engine(
    engines: tuple[Databases, Databases],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    nursery: Nursery,
    full: bool,
    tell: Tell,
) -> None:
    here, _ = engines
    name, build = ("ten thousand lines", build_large) if full else ("paid for writers", build_paid)
    url = here.copy_of(name, build)
    writer = nursery.start("write", book=url, anchors=str(tmp_path / "anchors"), name="w")
    ledger = Ledger(url)
    ledger.hear([writer.hear()])
    path, told = back_up_amid_writing(url, tmp_path)
    ledger.hear([writer.hear(), *writer.kill()])
    lost = ledger.judge()
    want, (anchor,) = hash_at(url, told["version"]), (tmp_path / "anchors").glob("*.anchor")
    assert any(version > told["version"] for version in ledger.acked.values())
    for number, databases in enumerate(engines):
        elsewhere = databases.empty()
        code, said = run("restore", str(path), "--book", elsewhere)
        assert code == 3, "where its anchor is, an older backup is put back only when somebody says so"
        assert "--older" in said
        monkeypatch.setenv("FUNDTRACKER_ANCHORS", str(tmp_path / f"elsewhere-{number}"))
        code, said = run("restore", str(path), "--book", elsewhere)
        assert code == 0, said
        assert digests(elsewhere) == {"problems": [], **{name: told[name] for name in KEPT_OF_BACKUP}}
        assert hash_at(elsewhere) == want
        code, said = run("verify", "--all", "--book", elsewhere, "--anchor", str(anchor), "--format", "json")
        assert (code, {one["code"] for one in json.loads(said)}) == (1, {"verify.tail_cut"})
        known = {reason: version for reason, version in ledger.acked.items() if version <= told["version"]}
        assert Ledger(elsewhere, known).judge() == lost
        with Book(elsewhere, anchors=tmp_path / f"elsewhere-{number}") as book:
            version, _ = write_one(book, "after", 0)
        assert version == told["version"] + 1
        monkeypatch.setenv("FUNDTRACKER_ANCHORS", str(tmp_path / "anchors"))
    for databases in engines:
        databases.drop_made()
    tell(count=len(engines), kills=1, acked=len(ledger.acked), **lost)


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
