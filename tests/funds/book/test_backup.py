"""A backup is one moment of the book, whole or not at all; restored on either engine it has the same rows and chain."""

import errno
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, delete, func, insert, select, text

import migrations
from funds.book import Anchor, Book
from funds.book import backup as backups
from funds.book.app_role import admit_role, list_admitted
from funds.book.backup import KEPT, LEFT_OUT, kept_shapes, write_backup
from funds.book.restoring import fill_book, open_backup, require_empty
from funds.book.table_lines import TableDigest, digest_tables
from funds.book.verify import verify_chain
from funds.errors import BookUnusable, Conflict, LedgerError, RulesBroken
from funds.models import Base, BookRow, Operational, Party, SignIn, WebSession
from tests.engines import APP_ROLE, ENGINES, Databases, PostgresDatabases, SqliteDatabases
from tests.funds.book.sample_book import build_sample, write_anchor
from tests.funds.book.test_writers import start_writer
from tests.funds.book.writer import add_one

AT = "2026-01-15T04:00:00.000000Z"
SEED = 20261


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """A book in which every table holds something, and a few rows that are no part of it."""
    with Book(databases.copy_of("sample city", build_sample)) as book:
        with book.keep() as connection:
            line = {"login": "张", "address": "10.0.0.1", "tried_at": AT, "succeeded": True}
            connection.execute(insert(SignIn), [line, line, line])
            connection.execute(delete(SignIn).where(SignIn.id == 2))
            session = {
                "token_digest": "0" * 64,
                "person_id": _somebody(connection),
                "created_at": AT,
                "seen_at": AT,
            }
            connection.execute(insert(WebSession), [session])
        yield book


def _somebody(connection: object) -> int:
    return int(connection.execute(text("SELECT person_id FROM secret")).scalar() or 1)  # type: ignore[attr-defined]


@pytest.fixture
def small(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The same without those rows, on SQLite."""
    with Book(sqlite.copy_of("sample city", build_sample)) as book:
        yield book
    sqlite.drop_made()


def digests_of(book: Book) -> dict[str, TableDigest]:
    with book.look() as look:
        return digest_tables(look.connection, kept_shapes(look.connection))


def restored(file: Path, url: str) -> Book:
    """A new book from a backup."""
    book = Book(url)
    with open_backup(file) as backup:
        require_empty(book)
        migrations.upgrade(book.engine, backup.manifest.schema)
        fill_book(book, backup)
    return book


def codes_of(fault: LedgerError) -> set[str]:
    return {problem.code for problem in fault.problems} if isinstance(fault, RulesBroken) else {fault.code}


@pytest.mark.parametrize("target", ENGINES)
def test_a_book_restored_elsewhere_has_the_same_rows_and_chain_and_goes_on(
    book: Book, target: str, request: pytest.FixtureRequest, tmp_path: Path, full: bool
) -> None:
    if not full and book.engine.dialect.name == target:
        pytest.skip("from one engine to the other in the small run")
    file = tmp_path / "book.zip"
    anchor = write_anchor(book, tmp_path / "anchor")
    manifest = write_backup(book, file)
    before = digests_of(book)
    databases: Databases = request.getfixturevalue("sqlite" if target == "sqlite" else "postgres")

    with restored(file, databases.empty()) as other:
        assert (other.uuid, other.head(), other.kind) == (book.uuid, book.head(), book.kind)
        assert digests_of(other) == before == {table.shape.name: table.digest for table in manifest.tables}
        with other.look() as look:
            assert verify_chain(look.connection, anchor) == []
            assert look.connection.execute(select(func.count()).select_from(WebSession)).scalar() == 0
        assert add_one(other, "after") == manifest.head.version + 1
        with other.keep() as connection:
            line = {"login": "李", "address": "10.0.0.2", "tried_at": AT, "succeeded": True}
            assert connection.execute(insert(SignIn).returning(SignIn.id), [line]).scalar_one() == 4
        other.check_ready()
        with other.look() as look:
            assert verify_chain(look.connection, anchor) == []
    databases.drop_made()


def test_a_backup_taken_while_others_write_is_one_moment(
    databases: Databases, sqlite: SqliteDatabases, tmp_path: Path
) -> None:
    anchors = tmp_path / "anchors"
    with Book(databases.copy_of("sample city", build_sample), anchors=anchors) as book:
        writer = start_writer(book, anchors, "w", 0, 1)
        assert writer.stdout is not None
        writer.stdout.readline()
        files = [tmp_path / f"{number}.zip" for number in range(2)]
        heads = [write_backup(book, file).head for file in files]
        assert writer.poll() is None
        writer.kill()
        writer.communicate()
        last = book.head()
        anchor = book.anchor
    assert anchor is not None
    assert heads[0].version < heads[-1].version <= last.version
    for file, head in zip(files, heads, strict=True):
        with restored(file, sqlite.empty()) as other, other.look() as look:
            assert other.head() == head
            assert look.connection.execute(select(func.max(Party.revision_id))).scalar() == head.version
            found = verify_chain(look.connection, anchor)
            assert {problem.code for problem in found} <= {"verify.tail_cut"}
            # The writer may have been killed before it anchored what it committed last.
            later = [one.version for one in anchor.read() if one.version > head.version]
            assert [problem.where for problem in found][:1] == [f"seal#{version}" for version in later[:1]]
    sqlite.drop_made()


def test_the_app_role_may_back_up_and_the_wall_stands_around_what_was_restored(
    postgres: PostgresDatabases, tmp_path: Path
) -> None:
    url = postgres.copy_of("sample city", build_sample)
    with Book(url) as owner:
        assert list_admitted(owner.engine) == []
        admit_role(owner.engine, APP_ROLE)
        assert list_admitted(owner.engine) == [APP_ROLE], "an upgrade lets it in again without being told"
    with Book(postgres.as_app(url)) as app:
        manifest = write_backup(app, tmp_path / "book.zip")
    target = postgres.empty()
    with restored(tmp_path / "book.zip", target) as owner:
        admit_role(owner.engine, APP_ROLE)
    with Book(postgres.as_app(target)) as app:
        app.check_ready()
        with app.engine.connect() as blind:
            assert blind.execute(text("SELECT count(*) FROM entry")).scalar() == 0
        with app.look() as look:
            assert look.connection.execute(text("SELECT count(*) FROM entry")).scalar()
        assert add_one(app, "by the app") == manifest.head.version + 1
    postgres.drop_made()


def test_a_place_with_a_book_or_anything_else_in_it_is_left_alone(small: Book, foreign_table: Engine) -> None:
    for book in (small, Book(str(foreign_table.url.database))):
        with pytest.raises(Conflict) as refused:
            require_empty(book)
        assert refused.value.code == "restore.not_empty"
        book.close()


@pytest.fixture
def foreign_table(sqlite: SqliteDatabases) -> Iterator[Engine]:
    """A database of somebody else's."""
    with Book(sqlite.empty()) as book:
        with book.engine.begin() as connection:
            connection.execute(text("CREATE TABLE theirs (id INTEGER)"))
        yield book.engine


def test_a_file_that_is_damaged_anywhere_is_refused_and_nothing_is_written(
    small: Book, sqlite: SqliteDatabases, tmp_path: Path, counts: Callable[[int, int], int]
) -> None:
    file, spoilt = tmp_path / "book.zip", tmp_path / "spoilt.zip"
    write_backup(small, file)
    content = file.read_bytes()
    dice = Random(SEED)
    url = sqlite.empty()
    with Book(url) as target:
        migrations.upgrade(target.engine)
        data = _where_data_lie(file)
        for number in range(counts(40, 1000)):
            if number % 4 == 0:
                changed = bytearray(content[: dice.randrange(len(content))])
            else:
                changed = bytearray(content)
                changed[dice.choice(data)] ^= 1 << dice.randrange(8)
            spoilt.write_bytes(changed)
            with pytest.raises(RulesBroken) as refused, open_backup(spoilt) as backup:
                fill_book(target, backup)
            assert codes_of(refused.value) <= {"restore.damaged", "restore.not_a_backup"}
            assert all(problem.where for problem in refused.value.problems)
        require_empty(target)


def _where_data_lie(file: Path) -> list[int]:
    """The places of the compressed bytes, beside which a zip has a good many that nobody reads."""
    places: list[int] = []
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            begin = (
                member.header_offset + 30 + len(member.filename) + 20
            )  # with the extra field of a long file
            places += range(begin, begin + member.compress_size - 4)
    return places


@pytest.mark.parametrize("kind", ["text", "zip", "absent", "empty", "folder"])
def test_a_file_of_another_kind_is_refused_by_name(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "foreign.zip"
    if kind == "zip":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("theirs.txt", "nothing of ours")
    elif kind == "folder":
        file.mkdir()
    elif kind != "absent":
        file.write_text("nothing of ours" if kind == "text" else "")
    with pytest.raises(RulesBroken) as refused, open_backup(file):
        pass
    assert codes_of(refused.value) == {"restore.no_file" if kind == "absent" else "restore.not_a_backup"}
    assert str(file) in refused.value.problems[0].where


def test_rows_of_a_column_that_nobody_knows_are_refused(small: Book, tmp_path: Path) -> None:
    file, other = tmp_path / "book.zip", tmp_path / "other.zip"
    write_backup(small, file)
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == backups.MANIFEST:
                content = content.replace(b'"amount_fen": "integer"', b'"amount_yuan": "integer"')
            target.writestr(name, content)
    with Book(str(tmp_path / "new.sqlite3")) as book, open_backup(other) as backup:
        migrations.upgrade(book.engine)
        with pytest.raises(RulesBroken) as refused:
            fill_book(book, backup)
        assert codes_of(refused.value) == {"restore.unknown_column"}
        require_empty(book)


def test_a_backup_overwrites_nothing(small: Book, tmp_path: Path) -> None:
    (tmp_path / "book.zip").write_text("mine")
    with pytest.raises(Conflict):
        write_backup(small, tmp_path / "book.zip")
    assert (tmp_path / "book.zip").read_text() == "mine"


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "backup.disk_full"), (errno.EIO, "backup.not_written")]
)
def test_a_backup_that_finds_no_room_leaves_no_half_of_a_file(
    small: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(BookUnusable) as refused:
        write_backup(small, tmp_path / "book.zip")
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_may_read_a_backup(small: Book, tmp_path: Path) -> None:
    write_backup(small, tmp_path / "book.zip")
    assert (tmp_path / "book.zip").stat().st_mode & 0o777 == 0o600


def test_a_value_that_the_program_never_wrote_is_named(small: Book, tmp_path: Path) -> None:
    with small.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("DROP TRIGGER guard_party_update")
        raw.execute("UPDATE party SET code = CAST('A' AS BLOB) WHERE id = (SELECT min(id) FROM party)")
    with pytest.raises(BookUnusable) as refused:
        write_backup(small, tmp_path / "book.zip")
    assert refused.value.code == "backup.row_unreadable"
    assert refused.value.params["row"].startswith("party#")
    assert list(tmp_path.iterdir()) == []


def test_every_table_that_is_no_part_of_the_book_is_kept_or_left_out_on_purpose() -> None:
    mappers = Base.registry.mappers
    operational = {str(one.local_table) for one in mappers if issubclass(one.class_, Operational)}
    assert operational == KEPT | LEFT_OUT
    assert not KEPT & LEFT_OUT
    assert not any(issubclass(one.class_, BookRow) and str(one.local_table) in KEPT for one in mappers)


def test_a_backup_names_the_head_that_the_anchor_knows(small: Book, tmp_path: Path) -> None:
    anchor: Anchor = write_anchor(small, tmp_path / "anchor")
    assert write_backup(small, tmp_path / "book.zip").head == anchor.read()[-1]
