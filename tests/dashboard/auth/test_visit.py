"""What the gate saw of the book serves the whole request, until the request itself goes on to another version."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import event

from dashboard.auth.identity import read_identity
from dashboard.auth.visit import Meeting, Visit
from dashboard.pages.context import read_context
from funds.book import Book, find_person
from funds.models import Person
from tests.dashboard.serving import retire_person


@pytest.fixture
def meet(book: Book) -> Callable[[], Visit]:
    """Lets a person in, as the gate does."""

    def let_in() -> Visit:
        changes = book.changes
        with book.look() as look:
            person_id = find_person(look.connection, "signatory", look.version)
            person = read_identity(look, person_id, book.today())
            assert person is not None
            return Visit(book, person, "zh", "light", met=Meeting(changes, look.head))

    return let_in


def count_statements(book: Book) -> list[str]:
    """The statements from now on."""
    seen: list[str] = []
    event.listen(book.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    return seen


def add_somebody(book: Book, login: str) -> None:
    with book.change("local", "somebody") as change:
        change.add(Person, [{"login": login}])


def test_head_version_and_rights_are_known_without_another_look(
    book: Book, meet: Callable[[], Visit]
) -> None:
    head, first = book.head(), meet()
    rights = first.rights
    again = meet()
    seen = count_statements(book)
    assert again.rights == rights
    assert read_context(again, "").version == again.head.version == head.version
    assert again.head == again.last_head() == head
    assert seen == []


def test_whoever_wrote_sees_what_was_written(book: Book, meet: Callable[[], Visit]) -> None:
    visit = meet()
    before = visit.last_head()
    add_somebody(book, "new.one")
    assert visit.last_head().version == before.version + 1
    assert read_context(visit, "").version == before.version + 1
    assert visit.head == visit.last_head()


def test_an_earlier_version_is_still_looked_up(book: Book, meet: Callable[[], Visit]) -> None:
    assert read_context(meet(), "?as_known=1").version == 1


def test_rights_of_another_head_are_read_anew(book: Book, meet: Callable[[], Visit]) -> None:
    visit = meet()
    assert visit.rights.grants
    retire_person(book, "signatory")
    unmet = replace(visit, met=None)
    assert not unmet.rights.grants
    later = replace(visit, met=Meeting(book.changes, book.head()))
    assert later.rights == unmet.rights
