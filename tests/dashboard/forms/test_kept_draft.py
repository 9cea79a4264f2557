"""What is typed is kept for one person, for a while, and within bounds."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from dashboard.auth.visit import Visit
from dashboard.forms import kept_draft
from dashboard.forms.kept_draft import LONGEST, find_draft, forget_draft, keep_draft
from dashboard.jobs.retention import forget_past
from dashboard.pages.draft_notice import keep_typed
from funds.book import Book
from funds.models import FormDraft
from tests.dashboard.pages.trail_visits import visit_of
from tests.dashboard.serving import Clock, build_own
from tests.engines import Databases

FORM, KEY = "deal", "F1:new"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(databases: Databases, clock: Clock) -> Iterator[Book]:
    made = Book(databases.copy_of("served own", build_own), clock=clock)
    yield made
    made.close()


def kept(visit: Visit, key: str = KEY) -> object:
    found = find_draft(visit, FORM, key)
    return None if found is None else dict(found.typed)


def test_threat_12_a_draft_is_ones_own_and_the_last_one_counts(book: Book) -> None:
    own, other = visit_of(book, "signatory"), visit_of(book, "manager")
    keep_draft(own, FORM, KEY, {"name": "一"}, 3)
    keep_draft(own, FORM, KEY, {"name": "二\x00\ud7ff", "lines": ["a", None], "is_main": True}, 4)
    found = find_draft(own, FORM, KEY)
    assert found is not None
    assert found.typed == {"name": "二\x00\ud7ff", "lines": ["a", None], "is_main": True}
    assert found.seen_version == 4
    assert (kept(other), kept(own, "F2:new")) == (None, None)
    forget_draft(other, FORM, KEY)
    assert kept(own) is not None
    forget_draft(own, FORM, KEY)
    assert kept(own) is None


def test_a_draft_is_forgotten_after_thirty_days(book: Book, clock: Clock) -> None:
    visit = visit_of(book, "signatory")
    keep_draft(visit, FORM, KEY, {"name": "一"}, None)
    clock.advance(days=29)
    forget_past(book)
    assert kept(visit) == {"name": "一"}
    keep_draft(visit, FORM, "other", {"name": "二"}, None)
    clock.advance(days=2)
    forget_past(book)
    assert kept(visit) is None
    with book.look() as look:
        assert look.connection.execute(select(func.count()).select_from(FormDraft)).scalar_one() == 1


def test_what_is_too_long_or_has_no_name_is_not_kept(book: Book) -> None:
    visit = visit_of(book, "signatory")
    assert keep_draft(visit, FORM, KEY, {"name": "x" * LONGEST}, None) is None
    for key in ("", "a\x00b", "k" * 201, "\ud7ff"):
        assert keep_draft(visit, FORM, key, {"name": "x"}, None) is None
        forget_draft(visit, FORM, key)
        assert kept(visit, key) is None


def test_nobody_fills_the_disk_with_drafts(book: Book, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_draft, "MOST", 3)
    own, other = visit_of(book, "signatory"), visit_of(book, "manager")
    keep_draft(other, FORM, KEY, {"name": "other"}, None)
    for number in range(5):
        clock.advance(seconds=1)
        keep_draft(own, FORM, f"k{number}", {"name": str(number)}, None)
    assert [kept(own, f"k{number}") for number in range(5)] == [None, None, *({"name": one} for one in "234")]
    assert kept(other) == {"name": "other"}


def test_only_what_differs_from_what_stands_is_kept(book: Book) -> None:
    visit = visit_of(book, "signatory")
    standing = {"name": "甲", "note": "", "lines": [""]}
    assert "暂存" in keep_typed(visit, FORM, KEY, {"name": "乙", "note": None, "lines": [""]}, standing, 1)
    assert keep_typed(visit, FORM, KEY, {"name": "甲", "note": None, "lines": [None]}, standing, 1) == ""
    assert kept(visit) is None
    assert "太长" in keep_typed(visit, FORM, KEY, {"name": "x" * LONGEST}, standing, 1)
