"""Pages kept as they were drawn: the same page of the same version is drawn once for all who may see exactly the same."""

from collections.abc import Callable, Hashable, Mapping
from enum import Enum
from threading import Lock
from weakref import WeakKeyDictionary

import orjson
from dash.development.base_component import Component

from dashboard.answer_text import write_answer
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext
from dashboard.pages.page import Page
from dashboard.readings.answer_store import AnswerStore
from funds.book import Book
from funds.book.anchor import Head

MOST_BYTES = 32 * 1024 * 1024
MOST_COUNTS = 5_000


class For(Enum):
    """For whom a drawing is kept: all with the same rights, or one person."""

    SAME_RIGHTS = "same_rights"
    ONE_PERSON = "one_person"


# Only pages that show nothing but rows of the book, which a version holds for ever. A page with a form that keeps
# drafts, with files on their way, jobs, sessions, tokens, seeds or the state of the chain stands in neither line.
KEPT: Mapping[str, For] = {
    # What is read of a slice, and buttons by right.
    **dict.fromkeys(("/", "/parks", "/parks/{code}", "/compare", "/six-ones"), For.SAME_RIGHTS),
    **dict.fromkeys(
        ("/industries", "/industries/{code}", "/companies", "/companies/{code}"), For.SAME_RIGHTS
    ),
    **dict.fromkeys(("/funds", "/funds/{code}", "/leverage"), For.SAME_RIGHTS),
    **dict.fromkeys(("/definitions", "/definitions/{code}", "/glossary"), For.SAME_RIGHTS),
    # What is one's own to do, or was done by oneself, is told apart from what others did.
    **dict.fromkeys(("/inbox", "/proposals", "/proposals/{id}", "/quarters"), For.ONE_PERSON),
    **dict.fromkeys(("/quarter-end", "/cash", "/inspection"), For.ONE_PERSON),
}

_drawings: WeakKeyDictionary[Book, AnswerStore[bytes]] = WeakKeyDictionary()
_counts: WeakKeyDictionary[Book, AnswerStore[int]] = WeakKeyDictionary()
_lock = Lock()


def draw_kept(context: PageContext, path: str, draw: Callable[[], Component]) -> Component | orjson.Fragment:
    """The page at a place of the list of pages, drawn now or as it was drawn before; what fails is never kept."""
    kept_for = KEPT.get(path)
    if kept_for is None or _is_own_funds(context, path):
        return draw()
    return _draw_once(context, (path,), kept_for, draw)


def _is_own_funds(context: PageContext, path: str) -> bool:
    """Whether the first page is that of the own funds, where workbooks are on their way: for whoever has funds alone."""
    readable = context.visit.rights.readable()
    return path == "/" and not readable.is_city and not readable.park_ids


def draw_part_kept(
    context: PageContext, part: tuple[str, ...], draw: Callable[[], Component]
) -> orjson.Fragment:
    """What opens upon a page and is read of a slice alone, such as a passport, for all with the same rights."""
    return _draw_once(context, part, For.SAME_RIGHTS, draw)


def _draw_once(
    context: PageContext, part: tuple[str, ...], kept_for: For, draw: Callable[[], Component]
) -> orjson.Fragment:
    book, head = context.visit.book, context.visit.head
    text = drawings_of(book).find(
        (part, _make_key(context, kept_for, head)),
        lambda: orjson.dumps(write_answer(draw()), option=orjson.OPT_NON_STR_KEYS),
        # An entry made meanwhile may be in the drawing already, and may not.
        lambda _text: book.head() == head,
    )
    return orjson.Fragment(text)


def drawings_of(book: Book) -> AnswerStore[bytes]:
    """The drawings kept of a book."""
    with _lock:
        found = _drawings.get(book)
        if found is None:
            found = _drawings[book] = AnswerStore[bytes](MOST_BYTES, len)
        return found


def count_kept(visit: Visit, page: Page) -> int:
    """What waits for the person on a page, counted once for each version and day."""
    if page.count is None:
        return 0
    count, book = page.count, visit.book
    with _lock:
        counts = _counts.setdefault(book, AnswerStore[int](MOST_COUNTS))
    key = (page.path, visit.person.person_id, book.today(), visit.head)
    return counts.find(key, lambda: count(visit), lambda _found: book.head() == visit.head)


def _make_key(context: PageContext, kept_for: For, head: Head) -> Hashable:
    visit = context.visit
    person = visit.person.person_id if kept_for is For.ONE_PERSON else None
    return (
        (context.path, tuple(sorted(context.query.items())), context.language, context.scheme),
        (head, context.version, context.as_known, context.as_of, visit.book.today()),
        (person, *_make_rights_key(visit)),
    )


def _make_rights_key(visit: Visit) -> tuple[Hashable, ...]:
    """All that somebody may do and where: with any of it other, so may be a button, a row or a figure."""
    rights = visit.rights
    return frozenset(rights.grants), frozenset(rights.funds_of_parks.items()), rights.readable()
