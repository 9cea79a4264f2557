"""The doctor finds what is unsafe or slow, says how to mend it, and finds nothing where all is well."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import delete, insert, text

import migrations
from dashboard.cli import ailments, ailments_around
from dashboard.cli.ailments import Patient, look_at_engine, look_at_settings
from dashboard.cli.backup_notes import BackupNote, last_backup, notes_path, remember_backup
from dashboard.cli.doctoring import examine, remedy_of
from dashboard.jobs.store import ask
from dashboard.settings import LANGUAGES, Settings
from dashboard.words import read_words
from funds.book import LOCAL, Book, Head, find_person, found_book
from funds.kinds import BookKind
from funds.models import SignIn
from tests.dashboard.cli.terminal import run
from tests.engines import PostgresDatabases
from tests.funds.book.writer import add_one

AT = "2020-01-15T04:00:00.000000Z"


@pytest.fixture(scope="module")
def well(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a book, its anchor and a note of a backup."""
    folder = tmp_path_factory.mktemp("well")
    for name in ("state", "anchors"):
        (folder / name).mkdir(mode=0o700)
    settings = settings_in(folder)
    with Book(settings.book, anchors=settings.anchors) as book:
        migrations.upgrade(book.engine)
        found_book(book, BookKind.OWN, "示例市")
        add_one(book, "one")
        Path(settings.book).chmod(0o600)
        backup = folder / "book.zip"
        backup.write_text("")
        head = book.head()
        remember_backup(book, settings, BackupNote(book.now(), head.version, head.hash, str(backup)))
    return folder


def settings_in(folder: Path) -> Settings:
    return Settings(book=str(folder / "book.sqlite3"), anchors=folder / "anchors", state=folder / "state")


@pytest.fixture
def patient(well: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Patient]:
    """A book of one's own on this machine with which all is well."""
    monkeypatch.setattr(ailments, "_is_one_disk", lambda _one, _other: False)
    monkeypatch.setattr(ailments_around, "find_spec", lambda _name: object())
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=10 * 2**40))
    settings = settings_in(Path(shutil.copytree(well, tmp_path / "well")))
    with Book(settings.book, anchors=settings.anchors) as book:
        yield Patient(book, settings)


def codes(patient: Patient) -> list[str]:
    return [problem.code for problem in examine(patient)]


def anchor_path(patient: Patient) -> Path:
    assert patient.book.anchor is not None
    return patient.book.anchor.path


def write_note(patient: Patient, file: str, **ago: float) -> None:
    at = (datetime.now(UTC) - timedelta(**ago)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    remember_backup(patient.book, patient.settings, BackupNote(at, 2, "0" * 64, file))


def set_clock_back(patient: Patient) -> None:
    patient.book.clock = lambda: datetime(2019, 1, 1, tzinfo=UTC)


def wait_for_work(patient: Patient) -> None:
    book = patient.book
    with book.look() as look:
        person = find_person(look.connection, LOCAL, look.version)
    with book.keep() as connection:
        ask(connection, book.now(), person, "import_check", 1)


def log_long_ago(patient: Patient) -> None:
    line = {"login": "x", "address": "", "tried_at": AT, "succeeded": True}
    with patient.book.keep() as connection:
        connection.execute(insert(SignIn), [line])


def drop_guard(patient: Patient) -> None:
    with patient.book.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER guard_entry_update"))


def go_back(patient: Patient) -> None:
    with patient.book.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0013'"))


ILLS: dict[str, Callable[[Patient], object]] = {
    "doctor.schema_behind": go_back,
    "doctor.not_whole": drop_guard,
    "doctor.anchor_missing": lambda patient: anchor_path(patient).unlink(),
    "doctor.anchor_ahead": lambda patient: patient.book.anchor.append(Head(9, "0" * 64)),  # type: ignore[union-attr]
    "doctor.anchor_behind": lambda patient: anchor_path(patient).write_text(f"1 {'0' * 64}\n"),
    "doctor.anchor_open": lambda patient: anchor_path(patient).chmod(0o666),
    "doctor.clock_back": set_clock_back,
    "doctor.nobody_works": wait_for_work,
    "doctor.log_long": log_long_ago,
    "doctor.no_backup": lambda patient: notes_path(patient.book, patient.settings).unlink(),
    "doctor.backup_old": lambda patient: write_note(patient, patient.settings.book, days=3),
    "doctor.backup_gone": lambda patient: write_note(patient, "/nowhere.zip", hours=1),
    "doctor.open_to_all": lambda patient: Path(patient.settings.book).chmod(0o644),
}


def test_a_book_with_which_all_is_well_has_no_finding(patient: Patient) -> None:
    assert examine(patient) == []


@pytest.mark.parametrize("code", ILLS)
def test_each_ill_is_found_alone_and_has_a_remedy(patient: Patient, code: str) -> None:
    ILLS[code](patient)
    found = examine(patient)
    assert [problem.code for problem in found] == [code]
    assert all(remedy_of(found[0], language) for language in LANGUAGES)


@pytest.mark.parametrize(("free", "code"), [(2**20, "doctor.disk_full"), (2**30, "doctor.disk_low")])
def test_little_room_is_found(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, free: int, code: str
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=free))
    assert set(codes(patient)) == {code}


def test_missing_fonts_and_papers_are_found(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: "/bin/true")
    assert codes(patient) == ["doctor.no_fonts"]
    monkeypatch.setattr(ailments_around, "find_spec", lambda _name: None)
    assert codes(patient) == ["doctor.no_pdf"]


def test_what_is_served_to_others_must_have_let_local_go(patient: Patient) -> None:
    settings = replace(patient.settings, behind_proxy=True)
    found = codes(Patient(patient.book, settings))
    assert found[:2] == ["start.secret_missing", "doctor.local_active"]
    assert set(found[2:]) == {"doctor.post_vacant"}


def test_a_file_on_a_network_drive_or_without_its_journal_is_found(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ailments, "_file_system", lambda _path: "nfs4")
    assert codes(patient) == ["doctor.network_file"]


def test_an_anchor_beside_the_book_is_found(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ailments, "_is_one_disk", lambda _one, _other: True)
    assert codes(patient) == ["doctor.anchor_beside"]


def test_a_server_that_would_lose_what_it_acknowledged_is_found(
    postgres: PostgresDatabases, tmp_path: Path
) -> None:
    url = postgres.empty()
    with Book(url, anchors=tmp_path) as book:
        migrations.upgrade(book.engine)
        settings = Settings(book=url, anchors=tmp_path, state=tmp_path)
        found = {problem.where for problem in look_at_engine(Patient(book, settings))}
        assert {"fsync", "full_page_writes", "autovacuum"} <= found, "the tests' own server is such a one"
        assert [problem.code for problem in look_at_settings(Patient(book, settings))] == [
            "doctor.role_owner"
        ]
    postgres.drop_made()


def test_the_command_ends_with_1_where_anything_was_found(patient: Patient) -> None:
    answer = run("doctor", "--book", patient.settings.book, "--format", "json")
    assert answer.code == 1
    assert all(
        {"code", "where", "severity", "message", "remedy", "params"} == set(one) for one in answer.json
    )
    told = run("doctor", "--book", patient.settings.book)
    assert told.code == 1
    assert "→" in told.err


def test_every_finding_of_the_doctors_own_has_a_remedy_in_its_words() -> None:
    for language in LANGUAGES:
        words = read_words(language)
        own = {code for code in words if code.startswith("doctor.") and not code.endswith("_remedy")}
        assert {f"{code}_remedy" for code in own - {"doctor.well"}} <= set(words)


def test_a_spoilt_note_of_a_backup_is_passed_over(patient: Patient) -> None:
    before = last_backup(patient.book, patient.settings)
    with notes_path(patient.book, patient.settings).open("a") as file:
        file.write("half a li")
    assert last_backup(patient.book, patient.settings) == before


def test_a_long_log_is_cut_and_what_is_young_stays(patient: Patient) -> None:
    log_long_ago(patient)
    with patient.book.keep() as connection:
        line = {"login": "y", "address": "", "tried_at": patient.book.now(), "succeeded": True}
        connection.execute(insert(SignIn), [line])
    book = patient.settings.book
    assert run("forget", "--book", book, "--log-days", 182).code == 3
    counted = run("forget", "--book", book, "--dry-run")
    assert counted.code == 0
    assert run("forget", "--book", book).code == 0
    with patient.book.keep() as connection:
        left = set(connection.execute(text("SELECT login FROM sign_in")).scalars())
        connection.execute(delete(SignIn))
    assert left == {"y", "local"}
