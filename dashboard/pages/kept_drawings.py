"""Pages kept as they were drawn, for all who may see exactly the same, until a table changes that they rest on."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from enum import Enum
from threading import Lock
from typing import Generic, TypeVar, cast
from weakref import WeakKeyDictionary

import orjson
from dash.development.base_component import Component

from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.drawn_lines import DrawnLines, find_lines
from dashboard.pages.packed_text import pack, unpack
from dashboard.pages.page import Page
from dashboard.readings.answer_store import AnswerStore
from funds.book import OPEN, Book
from funds.book.anchor import Head
from funds.book.noting import SPINE, noting_heads, noting_nothing, noting_tables
from funds.models import Base, row_tables
from funds.queries.last_changes import REVERSALS, find_last_change, find_seen_change

Answer = TypeVar("Answer")
MOST_BYTES = 8 * 1024 * 1024  # as they are kept, which is a tenth of what they are
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

# What a seal does not cover may change without a new version.
UNSEALED = frozenset(Base.metadata.tables) - {table.name for table in row_tables()} - SPINE


@dataclass
class Standing(Generic[Answer]):
    """What was worked out, the tables that were read for it, and when one of them changed last.

    Where it rests on lines and calls of some funds alone, which these are, and when a table changed that holds none;
    `changed` goes on when those of others turned out to be all that came.
    """

    answer: Answer
    tables: frozenset[str]
    changed: Head
    lines: DrawnLines | None = None
    changed_else: Head | None = None


_drawings: WeakKeyDictionary[Book, AnswerStore[Standing[bytes]]] = WeakKeyDictionary()
_counts: WeakKeyDictionary[Book, AnswerStore[Standing[int]]] = WeakKeyDictionary()
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


def draw_part_kept(context: PageContext, part: tuple[str, ...], draw: Callable[[], Component]) -> Component:
    """What opens upon a page and is read of a slice alone, such as a passport, for all with the same rights."""
    # Text that is written already may stand wherever a component may.
    return cast("Component", _draw_once(context, part, For.SAME_RIGHTS, draw))


def fill_in(drawn: Component, place: str, text: str) -> Component:
    """What was drawn with a place left open, with the text in it."""
    open_, filled = (orjson.dumps(one)[1:-1] for one in (place, text))
    return cast("Component", orjson.Fragment(orjson.dumps(drawn).replace(open_, filled)))


def _draw_once(
    context: PageContext, part: tuple[str, ...], kept_for: For, draw: Callable[[], Component]
) -> orjson.Fragment:
    visit = context.visit
    text = _find_standing(
        drawings_of(visit.book),
        visit,
        (part, _make_key(context, kept_for)),
        lambda: pack(draw()),
        lambda: find_lines(context, part[0]),
    )
    return unpack(text)


def drawings_of(book: Book) -> AnswerStore[Standing[bytes]]:
    """The drawings kept of a book."""
    with _lock:
        found = _drawings.get(book)
        if found is None:
            found = _drawings[book] = AnswerStore[Standing[bytes]](MOST_BYTES, lambda one: len(one.answer))
        return found


def count_kept(visit: Visit, page: Page) -> int:
    """What waits for the person on a page, counted once for each day until a table changes that it rests on."""
    if page.count is None:
        return 0
    count, book = page.count, visit.book
    with _lock:
        counts = _counts.setdefault(book, AnswerStore[Standing[int]](MOST_COUNTS))
    key = (page.path, visit.person.person_id, *_make_rights_key(visit), book.today())
    return _find_standing(
        counts, visit, key, lambda: count(visit), lambda: find_lines(read_context(visit, None), page.path)
    )


def _find_standing(
    store: AnswerStore[Standing[Answer]],
    visit: Visit,
    key: Hashable,
    work_out: Callable[[], Answer],
    find_own: Callable[[], DrawnLines | None] = lambda: None,
) -> Answer:
    """What is kept under a key as long as no table has changed that was read for it; else it is worked out."""

    def work_out_noting() -> Standing[Answer]:
        with noting_heads() as heads:
            lines = find_own()  # before: what comes meanwhile is not among them
            with noting_tables() as tables:
                answer = work_out()
        rests = frozenset(tables) | {REVERSALS}
        head = max(heads - {seen}, key=lambda one: one.version, default=seen)
        made = Standing(answer, rests, _find_last_change(visit.book, head, rests), lines)
        if lines is not None:
            made.changed_else = _find_last_change(visit.book, head, rests - lines.tables)
        return made

    def stands(kept: Standing[Answer]) -> bool:
        changed = _find_last_change(visit.book, seen, kept.tables)
        if changed != kept.changed and not has_own(kept):
            return False
        kept.changed = changed
        return True

    def has_own(kept: Standing[Answer]) -> bool:
        """Whether nothing came but lines and calls of others."""
        if kept.lines is None:
            return False
        changed = _find_last_change(visit.book, seen, kept.tables - kept.lines.tables)
        return changed == kept.changed_else and kept.lines.are_same(find_own())

    seen = visit.last_head()
    found = store.find(
        key,
        work_out_noting,
        # An entry made meanwhile may be in the answer already, and may not.
        lambda made: made.changed.version <= seen.version and not made.tables & UNSEALED,
        stands,
    )
    return found.answer


def _find_last_change(book: Book, head: Head, tables: frozenset[str]) -> Head:
    found = find_seen_change(book, head, tables)
    if found is None:
        with noting_nothing(), book.look(sight=OPEN) as look:
            found = find_last_change(book, look.connection, head, tables)
    return found


def _make_key(context: PageContext, kept_for: For) -> Hashable:
    visit = context.visit
    person = visit.person.person_id if kept_for is For.ONE_PERSON else None
    return (
        (context.path, tuple(sorted(context.query.items())), context.language, context.scheme),
        (context.as_known, context.as_of, visit.book.today()),
        (person, *_make_rights_key(visit)),
    )


def _make_rights_key(visit: Visit) -> tuple[Hashable, ...]:
    """All that somebody may do and where: with any of it other, so may be a button, a row or a figure."""
    rights = visit.rights
    return frozenset(rights.grants), frozenset(rights.funds_of_parks.items()), rights.readable()
