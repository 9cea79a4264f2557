"""The pages of the trail as somebody sees them, straight from the city whose every change is known."""

import json

import orjson

from dashboard.answer_text import OPTIONS, write_answer
from dashboard.auth.identity import read_identity
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.page import find_page
from dashboard.pages.trail import trail, trail_history, trail_revision
from dashboard.tables.shown import ShownTable
from funds.book import Book, find_person

PAGES = (trail.PAGE, trail_revision.PAGE, trail_history.PAGE)


def visit_of(book: Book, login: str, language: str = "zh") -> Visit:
    """A person at the screen."""
    with book.look() as look:
        person = find_person(look.connection, login, look.version)
        identity = read_identity(look, person, book.today())
    assert identity is not None
    return Visit(book, identity, language, "light")


def context_of(book: Book, login: str, address: str, language: str = "zh") -> PageContext:
    """The context of a page of the trail."""
    path, _, search = address.partition("?")
    found = find_page(PAGES, path)
    assert found is not None
    return read_context(visit_of(book, login, language), search, found.parts, path)


def sent_page(book: Book, login: str, address: str, language: str = "zh") -> str:
    """Everything that goes to the browser for an address."""
    context = context_of(book, login, address, language)
    found = find_page(PAGES, context.path)
    assert found is not None
    sent = orjson.loads(orjson.dumps(write_answer(found.page.layout(context)), option=OPTIONS))
    return json.dumps(sent, ensure_ascii=False)


def table_at(book: Book, login: str, address: str, language: str = "zh") -> ShownTable:
    """The table that an address exports."""
    context = context_of(book, login, address, language)
    found = find_page(PAGES, context.path)
    assert found is not None
    (maker,) = found.page.tables.values()
    return maker(context)


def lines_of(table: ShownTable) -> list[dict[str, str]]:
    """What is read in a table, by the keys of its columns."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, (cell.text for cell in row), strict=True)) for row in table.rows]
