"""A look at a head that was seen already asks the book for nothing before somebody wants rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from funds.book import OPEN, WHOLE, Book, Head
from funds.book.look import find_met, meeting
from funds.book.noting import noting_heads
from funds.book.verify import verify_chain
from funds.errors import NotFound
from funds.models import Entry
from tests.builders import contribution, open_book, paid_city, prepared_book, record
from tests.engines import Databases


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """The paid city."""
    with prepared_book(databases, "looked-at", paid_city) as made:
        yield made


@pytest.fixture
def said(book: Book) -> list[str]:
    """All that is said to the database from here on."""
    heard: list[str] = []
    event.listen(book.engine, "before_cursor_execute", lambda *call: heard.append(call[2]))
    return heard


def pay(book: Book) -> None:
    record(book, contribution("F1", "LP2", 5, "2021-01-01"))


def test_a_look_at_a_head_that_was_seen_asks_for_nothing(book: Book, said: list[str]) -> None:
    head = book.head()
    said.clear()
    with meeting(book, lambda: head):
        with book.look(sight=OPEN) as look:
            assert (look.version, look.head, look.sight) == (head.version, head, OPEN)
        with book.look(1) as look:
            assert (look.version, look.head, look.sight) == (1, head, WHOLE)
        with pytest.raises(NotFound), book.look(head.version + 1):
            pass
    assert said == []
    assert find_met(book) is None


def test_whoever_wants_rows_gets_them_and_who_notes_heads_hears_of_a_later_one(book: Book) -> None:
    head = book.head()
    pay(book)
    with meeting(book, lambda: head), noting_heads() as heads, book.look() as look:
        assert heads == {head}
        connection = look.connection
        assert connection.execute(select(func.count()).select_from(Entry)).scalar_one() > 0
        assert look.connection is connection
        assert look.version == head.version
    assert heads == {head, book.head()}
    assert connection.closed


def test_another_book_is_asked_itself(book: Book) -> None:
    with meeting(book, lambda: Head(99, "")), open_book(book.url.render_as_string(False)) as other:
        assert find_met(other) is None
        with other.look() as look:
            assert look.version < 99


def test_a_look_sees_nothing_that_is_written_meanwhile(book: Book) -> None:
    count = select(func.count()).select_from(Entry)
    with book.look() as look:
        before = look.connection.execute(count).scalar_one()
        with open_book(book.url.render_as_string(False)) as other:
            pay(other)
        assert look.connection.execute(count).scalar_one() == before
    with book.look() as look:
        assert look.connection.execute(count).scalar_one() == before + 1


def test_what_others_seal_meanwhile_is_no_tail_that_was_cut(book: Book, tmp_path: Path) -> None:
    with book.look() as look:
        assert look.connection.execute(select(func.count()).select_from(Entry)).scalar_one()
        with Book(book.url.render_as_string(False), anchors=tmp_path) as other:
            pay(other)
            assert other.anchor is not None
            assert verify_chain(look.connection, other.anchor) == []
