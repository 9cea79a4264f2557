"""`backup` and `restore` as typed: names, older backups against the anchor, rehearsals, and the way to another engine."""

import shutil
from pathlib import Path

import pytest
from alembic import command

import migrations
from funds.book import Book, found_book
from funds.book.engine import open_engine
from funds.kinds import BookKind
from tests.dashboard.cli.terminal import run
from tests.engines import PostgresDatabases
from tests.funds.book.writer import add_one


@pytest.fixture
def anchors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the anchors of these books lie."""
    folder = tmp_path / "anchors"
    monkeypatch.setenv("FUNDTRACKER_ANCHORS", str(folder))
    return folder


@pytest.fixture
def book(tmp_path: Path, anchors: Path) -> str:
    """A founded book with two changes."""
    url = str(tmp_path / "book.sqlite3")
    with Book(url, anchors=anchors) as made:
        migrations.upgrade(made.engine)
        found_book(made, BookKind.OWN, "示例市")
        add_one(made, "one")
    return url


def write_more(book: str, anchors: Path) -> None:
    with Book(book, anchors=anchors) as made:
        add_one(made, "two")


def verify(book: object) -> bytes:
    answer = run("verify", "--all", "--format", "json", "--book", book)
    assert answer.code == 0, answer.err
    return answer.out


@pytest.mark.full
def test_a_book_goes_to_the_other_engine_and_back_unchanged(
    book: str, anchors: Path, postgres: PostgresDatabases, tmp_path: Path
) -> None:
    server = postgres.empty()
    assert run("backup", tmp_path / "1.zip", "--book", book).code == 0
    assert run("restore", tmp_path / "1.zip", "--book", server).code == 0
    assert run("backup", tmp_path / "2.zip", "--book", server).code == 0
    assert run("restore", tmp_path / "2.zip", "--book", tmp_path / "back.sqlite3").code == 0
    assert verify(book) == verify(server) == verify(tmp_path / "back.sqlite3")
    postgres.drop_made()


def test_an_older_backup_is_refused_until_it_is_wanted_and_the_anchor_is_kept(
    book: str, anchors: Path, tmp_path: Path
) -> None:
    run("backup", tmp_path / "old.zip", "--book", book)
    write_more(book, anchors)
    new = tmp_path / "new.sqlite3"

    refused = run("restore", tmp_path / "old.zip", "--book", new)
    assert refused.code == 3
    assert not new.exists()
    assert "--older" in refused.err

    told = run("restore", tmp_path / "old.zip", "--book", new, "--older")
    assert told.code == 0, told.err
    (aside,) = anchors.glob("*.aside-1")
    assert len(aside.read_text().splitlines()) == 3
    (anchor,) = anchors.glob("*.anchor")
    assert [line.split()[0] for line in anchor.read_text().splitlines()] == ["1", "2"]
    verify(new)
    write_more(str(new), anchors)
    verify(new)


def test_an_older_file_put_back_by_hand_is_found_by_every_watchman(
    book: str, anchors: Path, tmp_path: Path
) -> None:
    shutil.copy(book, tmp_path / "yesterday.sqlite3")
    write_more(book, anchors)
    shutil.copy(tmp_path / "yesterday.sqlite3", book)
    found = run("verify", "--all", "--book", book, "--format", "json")
    assert found.code == 1
    assert {problem["code"] for problem in found.json} == {"verify.tail_cut"}
    told = run("doctor", "--book", book, "--format", "json")
    assert "doctor.anchor_ahead" in {finding["code"] for finding in told.json}


def test_a_backup_of_another_chain_is_refused(book: str, anchors: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "book.zip", "--book", book)
    (anchor,) = anchors.glob("*.anchor")
    anchor.write_text(anchor.read_text().replace("\n2 ", "\n2 f"))
    refused = run("restore", tmp_path / "book.zip", "--book", tmp_path / "new.sqlite3", "--format", "json")
    assert refused.code == 1
    assert [problem["code"] for problem in refused.json] == ["restore.other_chain"]


def test_a_rehearsal_leaves_nothing_behind(book: str, anchors: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "old.zip", "--book", book)
    write_more(book, anchors)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    anchor = next(anchors.glob("*.anchor")).read_text()
    assert run("restore", tmp_path / "old.zip", "--rehearse").code == 0
    assert sorted(path.name for path in tmp_path.rglob("*")) == before
    assert next(anchors.glob("*.anchor")).read_text() == anchor


def test_a_folder_keeps_the_newest_few_and_what_is_not_ours(book: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "theirs.zip").write_text("")
    with Book(book) as opened:
        stem = f"fundtracker-{opened.uuid[:8]}-"
    for day in (1, 2, 3):
        (folder / f"{stem}2020010{day}T000000Z.zip").write_text("")
    assert run("backup", folder, "--keep", 2, "--book", book).code == 0
    kept = sorted(path.name for path in folder.iterdir())
    assert kept[0] == f"{stem}20200103T000000Z.zip"
    assert len(kept) == 3
    assert kept[-1] == "theirs.zip"


def test_a_book_of_an_older_shape_is_backed_up_and_comes_back_in_the_newest(
    anchors: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old.sqlite3"
    with Book(str(old), anchors=anchors) as book:
        migrations.upgrade(book.engine)
        found_book(book, BookKind.OWN, "示例市")
    _downgrade(old, "0010")
    assert run("verify", "--book", old).code == 4
    assert run("backup", tmp_path / "old.zip", "--book", old).code == 0
    assert run("restore", tmp_path / "old.zip", "--book", tmp_path / "new.sqlite3").code == 0
    assert run("upgrade", "--book", old).code == 0
    with Book(str(old)) as one, Book(str(tmp_path / "new.sqlite3")) as other:
        assert one.head().version >= other.head().version


def _downgrade(book: Path, revision: str) -> None:
    engine = open_engine(str(book))
    with engine.connect() as connection:
        connection = connection.execution_options(writing=True)
        with connection.begin():
            command.downgrade(migrations.configure(connection), revision)
    engine.dispose()


def test_what_is_no_backup_ends_with_1_and_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "theirs.zip").write_text("nothing of ours")
    refused = run("restore", tmp_path / "theirs.zip", "--book", tmp_path / "x.sqlite3", "--format", "json")
    assert refused.code == 1
    assert refused.json[0]["where"].endswith("theirs.zip")
    assert not (tmp_path / "x.sqlite3").exists()


def test_a_book_that_is_not_there_is_not_made_by_a_backup(tmp_path: Path) -> None:
    assert run("backup", tmp_path / "x.zip", "--book", tmp_path / "none.sqlite3").code == 4
    assert list(tmp_path.iterdir()) == []
