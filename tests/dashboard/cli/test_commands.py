"""What the commands do for a person at a terminal: what they say, what they refuse, how they end."""

import json
import sqlite3
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from dashboard.cli import serving
from dashboard.sample.sizes import CORE
from dashboard.settings import read_settings
from funds.intake import write_workbook
from tests.dashboard.cli.goldens import two_tiers
from tests.dashboard.cli.terminal import run

AS_OF = ("--as-of", "2025-12-31")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "tiers.xlsx"
    write_workbook(path, two_tiers(), "示例市", "示例填报人", date(2025, 12, 31))
    return path


@pytest.fixture
def book(engine_url: str) -> str:
    assert run("init", "--book", engine_url, "--city", "示例市").code == 0
    return engine_url


@pytest.fixture
def file_book(tmp_path: Path) -> str:
    path = tmp_path / "data" / "book.sqlite3"
    assert run("init", "--book", path).code == 0
    return str(path)


def test_a_workbook_that_came_in_before_adds_nothing_and_says_so(book: str, workbook: Path) -> None:
    assert run("import", workbook, "--book", book).code == 0
    before = json.loads(run("import", workbook, "--book", book, "--format", "json").out)

    again = run("import", workbook, "--book", book)

    assert before["new"] == 0
    assert before["already"] is True
    assert all(sheet["new"] == 0 for sheet in before["sheets"])
    assert again.code == 0
    assert "新增 0 行" in again.out.decode()


def test_a_rehearsal_leaves_the_book_as_it_was(book: str, workbook: Path) -> None:
    head = run("verify", "--book", book).out

    rehearsal = run("import", workbook, "--book", book, "--dry-run")

    assert rehearsal.code == 0
    assert "试导入通过" in rehearsal.out.decode()
    assert run("verify", "--book", book).out == head


def test_a_second_init_is_refused_and_changes_nothing(book: str) -> None:
    head = run("verify", "--book", book).out

    assert run("init", "--book", book).code == 3
    assert run("verify", "--book", book).out == head


def test_an_upgrade_of_a_new_book_changes_nothing(book: str) -> None:
    head = run("verify", "--book", book).out

    assert run("upgrade", "--book", book).code == 0
    assert run("verify", "--book", book).out == head


def test_a_book_that_is_not_there_cannot_be_used(tmp_path: Path) -> None:
    answer = run("verify", "--book", tmp_path / "none.sqlite3")

    assert answer.code == 4
    assert "none.sqlite3" in answer.err
    assert not (tmp_path / "none.sqlite3").exists()


def test_a_row_changed_behind_the_program_is_named_and_ends_with_1(file_book: str, workbook: Path) -> None:
    run("import", workbook, "--book", file_book)
    with sqlite3.connect(file_book) as raw:
        raw.execute("DROP TRIGGER guard_entry_update")
        raw.execute("UPDATE entry SET amount_fen = amount_fen + 1 WHERE id = 7")
    raw.close()

    answer = run("verify", "--book", file_book, "--format", "json")

    assert answer.code in (1, 4)
    run("upgrade", "--book", file_book)  # puts the guard back
    answer = run("verify", "--book", file_book, "--format", "json")
    assert answer.code == 1
    assert "entry#7" in {problem["where"] for problem in answer.json}


@pytest.mark.parametrize(
    "words",
    [
        ("report", "performance", *AS_OF, "--look-through"),
        ("report", "park", *AS_OF),
        ("report", "performance", *AS_OF, "--industry", "IC"),
        ("report", "leverage", *AS_OF, "--from", "2025-01-01"),
        ("report", "alignment", *AS_OF, "--from", "2026-01-01"),
        ("report", "fund", "--fund", "NOBODY", *AS_OF),
        ("report", "leverage", "--as-of", "31.12.2025"),
        ("report", "leverage", *AS_OF, "--as-known", "999"),
        ("nonsense",),
        (),
    ],
)
def test_wrong_use_ends_with_2(file_book: str, words: tuple[str, ...]) -> None:
    tail = ("--book", file_book) if words and words[0] == "report" else ()

    assert run(*words, *tail).code == 2


def test_somebody_whom_the_book_does_not_know_is_refused(file_book: str) -> None:
    assert run("report", "leverage", *AS_OF, "--book", file_book, "--person", "stranger").code == 3


def test_a_table_and_a_workbook_hold_the_same_answer(file_book: str, workbook: Path, tmp_path: Path) -> None:
    run("import", workbook, "--book", file_book)
    saved = tmp_path / "out.xlsx"

    table = run("report", "leverage", *AS_OF, "--book", file_book)
    first = run("report", "leverage", *AS_OF, "--book", file_book, "--format", "xlsx").out
    run("report", "leverage", *AS_OF, "--book", file_book, "--format", "xlsx", "--output", saved)

    assert "0.831168831169" in table.out.decode()
    assert saved.read_bytes() == first


def test_a_person_can_be_added_given_another_password_and_retired(
    file_book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("seven small boats\n"))
    added = run("person", "add", "wang", "--role", "auditor", "--password-stdin", "--book", file_book)
    monkeypatch.setattr("sys.stdin", StringIO("eight small boats\n"))
    changed = run("person", "password", "wang", "--password-stdin", "--book", file_book)
    read = run("report", "leverage", *AS_OF, "--book", file_book, "--person", "wang")
    retired = run("person", "retire", "wang", "--book", file_book)
    after = run("report", "leverage", *AS_OF, "--book", file_book, "--person", "wang")

    assert [answer.code for answer in (added, changed, read, retired, after)] == [0, 0, 0, 0, 3]


def test_a_weak_password_adds_nobody(file_book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("short\n"))

    refused = run("person", "add", "wang", "--role", "auditor", "--password-stdin", "--book", file_book)

    assert refused.code == 1
    assert run("report", "leverage", *AS_OF, "--book", file_book, "--person", "wang").code == 3


def test_the_template_is_written(tmp_path: Path) -> None:
    assert run("template", tmp_path / "模板.xlsx").code == 0
    assert (tmp_path / "模板.xlsx").stat().st_size > 10_000


def test_a_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNDTRACKER_PORT", "many")

    answer = run("verify")

    assert answer.code == 2
    assert "FUNDTRACKER_PORT" in answer.err


def test_the_version_is_printed() -> None:
    assert run("--version").out.decode().strip()


def test_the_demo_makes_its_own_book_and_opens_no_other(
    file_book: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "FULL", CORE)  # the whole city comes in elsewhere
    head = run("verify", "--book", file_book).out
    folder = tmp_path / "demo"

    made = run("demo", "--book", folder, "--no-serve")
    again = run("demo", "--book", folder, "--no-serve")

    assert (made.code, again.code) == (0, 0)
    assert run("verify", "--book", folder / "demo.sqlite3").code == 0
    assert run("verify", "--book", file_book).out == head
    other = tmp_path / "other"
    other.mkdir()
    Path(file_book).rename(other / "demo.sqlite3")
    assert run("demo", "--book", other, "--no-serve").code == 3
    assert str(read_settings().book) != str(folder / "demo.sqlite3")
