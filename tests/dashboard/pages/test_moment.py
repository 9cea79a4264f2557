"""A past version is marked as one, and a page whose newest record is old says so."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dashboard.auth.identity import Identity
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.moment import draw_moment, draw_stale_note
from funds.book import Book, find_person
from tests.dashboard.serving import Clock


@pytest.fixture
def visit(own_url: str) -> Iterator[Visit]:
    """The visit of a fund manager on 30 June 2026."""
    book = Book(own_url, clock=Clock())
    with book.look() as look:
        person_id = find_person(look.connection, "manager", look.version)
    yield Visit(book, Identity(person_id, "manager", "name", ()), "zh", "light")
    book.close()


def context_of(visit: Visit, search: str = "") -> PageContext:
    return read_context(visit, search, {}, "/funds")


def test_the_newest_version_is_told_plainly_and_a_chosen_one_is_marked(visit: Visit) -> None:
    newest = context_of(visit)
    assert draw_moment(newest, "示例市 · ") == f"示例市 · 截至 2026年6月30日 · 第 {newest.version} 版"
    past: Any = draw_moment(context_of(visit, "as_known=3&as_of=2026-03-31"))
    assert past.children == "截至 2026年3月31日 · 按账本版本 3 所知"
    assert past.className == "moment-past"


@pytest.mark.parametrize(("newest", "is_told"), [(date(2026, 3, 22), False), (date(2026, 3, 21), True)])
def test_a_record_more_than_a_hundred_days_old_is_told(visit: Visit, newest: date, is_told: bool) -> None:
    note = draw_stale_note(context_of(visit, "basis=paid_in"), newest)
    assert (note is not None) == is_told
    if note is not None:
        text, _, link = note.children
        assert "2026年3月21日，距截止日 101 天" in text
        assert link.href == "/funds?basis=paid_in&as_of=2026-03-21"


def test_a_book_without_records_is_not_called_old(visit: Visit) -> None:
    assert draw_stale_note(context_of(visit), None) is None
