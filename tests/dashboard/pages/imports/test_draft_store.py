"""Workbooks on their way are their owner's alone and go from state to state once, on either engine."""

from collections.abc import Iterator

import pytest

from dashboard.pages.imports.draft_store import (
    State,
    find_draft,
    forget,
    keep_choices,
    keep_file,
    list_drafts,
    move,
    read_content,
)
from dashboard.pages.imports.outcome import Outcome, name_runs
from funds.book import Book, find_person
from funds.errors import Conflict, NotFound
from funds.intake.choices import Choice
from funds.problems import fatal, warning
from tests.builders import founded_book, person, record
from tests.engines import Databases

FOUND = Outcome((fatal("x.y", "投资!B2", text="1"), warning("x.z")), rows_read=3, notice="a.b")


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    with founded_book(databases) as made:
        record(made, person("someone"))
        yield made


def number_of(book: Book, login: str) -> int:
    with book.look() as look:
        return find_person(look.connection, login, look.version)


def test_a_workbook_goes_from_state_to_state_once_and_is_nobody_elses(book: Book) -> None:
    own, other = number_of(book, "local"), number_of(book, "someone")
    draft = keep_file(book, own, "a" * 300 + ".xlsx", b"content")
    before = book.head()
    assert [one.id for one in list_drafts(book, own)] == [draft]
    assert (list_drafts(book, other), read_content(book, own, draft)) == ([], b"content")
    for look in (find_draft, read_content):
        with pytest.raises(NotFound):
            look(book, other, draft)
    with pytest.raises(Conflict):
        forget(book, own, draft)  # somebody works on it

    assert move(book, draft, {State.WAITING}, State.READING)
    assert not move(book, draft, {State.WAITING}, State.READING)
    assert move(book, draft, {State.READING}, State.CHECKED, result=FOUND)
    found = find_draft(book, own, draft)
    assert (found.state, found.outcome, found.is_ready, len(found.name)) == (State.CHECKED, FOUND, False, 200)

    keep_choices(book, other, draft, {"投资!2": Choice.SKIP})
    assert find_draft(book, own, draft).choices == {}
    keep_choices(book, own, draft, {"投资!2": Choice.SKIP})
    assert find_draft(book, own, draft).choices == {"投资!2": Choice.SKIP}
    assert find_draft(book, own, draft).decided == {}, "no row meets the book there"
    with pytest.raises(Conflict):
        forget(book, other, draft)
    forget(book, own, draft)
    assert list_drafts(book, own) == []
    assert book.head() == before, "none of it is part of the book"


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([], ""),
        ([4], "4"),
        ([2, 3, 4, 9], "2–4、9"),
        (range(1, 60, 2), "1、3、5、7、9、11、13、15、17、19、21、23…"),
    ],
)
def test_new_rows_are_told_as_runs(rows: list[int], text: str) -> None:
    assert name_runs(rows) == text
