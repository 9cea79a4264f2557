"""A watchman learns whether the book can be served, with a reason's code and nothing else."""

from pathlib import Path

import pytest
from sqlalchemy import text

from dashboard.server import readiness
from dashboard.server.readiness import find_obstacle, newest_anchored
from funds.book import Anchor, Book, Head
from funds.queries.keeping import warm
from tests.dashboard.serving import Served, build_own
from tests.engines import Databases


@pytest.fixture
def book(databases: Databases, tmp_path: Path) -> Book:
    """A book that somebody is about to serve."""
    made = Book(databases.copy_of("served own", build_own), anchors=tmp_path / "anchors")
    warm(made)
    return made


def test_a_book_that_is_as_it_should_be_is_ready(book: Book) -> None:
    assert find_obstacle(book) is None
    book.close()


def test_a_book_of_another_shape_is_not(book: Book) -> None:
    with book.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert find_obstacle(book) == "schema_behind"
    book.close()


def test_a_book_that_an_older_one_was_put_in_place_of_is_not(book: Book) -> None:
    assert book.anchor is not None
    book.anchor.append(Head(book.head().version + 3, "0" * 64))
    assert find_obstacle(book) == "anchor_ahead"
    book.close()


def test_a_book_whose_anchor_cannot_be_written_is_not(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "is_writable", lambda _anchor: False)
    assert find_obstacle(book) == "anchor_unwritable"
    book.close()


def test_a_book_that_nobody_has_read_yet_is_not(book: Book) -> None:
    other = Book(book.url.render_as_string(hide_password=False))
    assert find_obstacle(other) == "columns_empty"
    other.close()
    book.close()


def test_a_book_that_cannot_be_reached_is_not(tmp_path: Path) -> None:
    (tmp_path / "book.sqlite3").write_text("no database at all")
    assert find_obstacle(Book(str(tmp_path / "book.sqlite3"))) == "book_unreadable"


def test_the_answer_tells_strangers_no_more(canary: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "LOOK_EVERY", 0.0)
    warm(canary.book)
    client = canary.client()
    assert (client.get("/ready").status_code, client.get("/ready").json) == (200, {"ready": True})
    monkeypatch.setattr(readiness, "find_obstacle", lambda _book: "anchor_ahead")
    refused = client.get("/ready")
    assert (refused.status_code, refused.json) == (503, {"ready": False, "reason": "anchor_ahead"})
    assert "Set-Cookie" not in refused.headers


def test_the_newest_head_is_read_from_the_end_of_a_long_anchor(tmp_path: Path) -> None:
    anchor = Anchor(tmp_path / "a.anchor")
    assert newest_anchored(anchor) == newest_anchored(None) == 0
    anchor.path.write_text("".join(f"{number} {'0' * 64}\n" for number in range(1, 500)))
    assert newest_anchored(anchor) == 499
