"""`policy import` records a file as one change, nothing twice, and nothing of a file with a fault."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.jobs.retention import read_kept_days
from funds.book import Book
from funds.kinds import Role
from tests.builders import membership, person, record
from tests.dashboard.cli.terminal import run

FILE = """
pack = "本市保存期限"
document = "某号文"
from = 2020-01-01
[[row]]
code = "retention.drafts"
name = "保存期限：表单草稿"
value = "60"
"""


@pytest.fixture
def book(engine_url: str) -> Iterator[Book]:
    assert run("init", "--book", engine_url).code == 0
    with Book(engine_url) as made:
        record(made, person("clerk"), membership("clerk", Role.FUND_MANAGER))
        yield made


def address(book: Book) -> str:
    return book.url.render_as_string(hide_password=False)


def test_a_file_comes_in_once_and_holds_from_then_on(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "本市.toml"
    file.write_text(FILE, encoding="utf-8")
    words = ("policy", "import", file, "--reason", "某号文施行", "--book", address(book))
    before = book.head().version
    first = run(*words)
    assert first.code == 0, first.err
    assert (book.head().version, read_kept_days(book)["drafts"]) == (before + 1, 60)
    assert run(*words).code == 0
    assert book.head().version == before + 1, "what is there already is no change"


def test_a_fault_or_a_missing_right_leaves_the_book_as_it_was(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "本市.toml"
    before = book.head()
    for text, who, code, told in (
        (FILE.replace('"60"', "60"), "local", 1, "本市.toml!1"),
        (FILE, "clerk", 3, ""),
        (FILE.replace("[[row]]", "[[rows]]"), "local", 1, "本市.toml"),
    ):
        file.write_text(text, encoding="utf-8")
        answer = run("policy", "import", file, "--reason", "x", "--book", address(book), "--person", who)
        assert answer.code == code, answer.err
        assert told in answer.err + answer.out.decode()
        assert book.head() == before
    assert run("policy", "import", file, "--book", address(book)).code == 2, "a change has its reason"
