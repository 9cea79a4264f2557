"""The pages of industries and a park's chains as somebody sees them, straight from the small city of chains."""

import json

from dashboard.auth.identity import read_identity
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.industries import industries_list, industry_page
from dashboard.pages.industries.chain_state import ChainState
from dashboard.pages.page import find_page
from dashboard.pages.parks.park_chain_card import _chains_of
from dashboard.pages.parks.park_state import open_park
from funds.book import Book, find_person
from tests.dashboard.pages.opening import PageEncoder
from tests.dashboard.readings.industries.chain_book import AS_OF

PAGES = (industries_list.PAGE, industry_page.PAGE)


def visit_of(book: Book, login: str = "local", language: str = "zh") -> Visit:
    """A person at the screen."""
    with book.look() as look:
        person = find_person(look.connection, login, look.version)
        identity = read_identity(look, person, book.today())
    assert identity is not None
    return Visit(book, identity, language, "light")


def context_of(
    book: Book, path: str, login: str = "local", search: str = "", language: str = "zh"
) -> PageContext:
    """The context of a page at the end of 2025."""
    found = find_page(PAGES, path)
    parts = found.parts if found else {}
    return read_context(visit_of(book, login, language), f"as_of={AS_OF}&{search}", parts, path)


def sent_page(book: Book, path: str, login: str = "local", search: str = "", language: str = "zh") -> str:
    """Everything that goes to the browser for an address."""
    found = find_page(PAGES, path)
    assert found is not None
    drawn = found.page.layout(context_of(book, path, login, search, language))
    return json.dumps(drawn, cls=PageEncoder, ensure_ascii=False)


def chains_of(
    book: Book, park: str, login: str = "local", search: str = "", language: str = "zh"
) -> ChainState:
    """The chains on a park's page."""
    return _chains_of(open_park(context_of(book, f"/parks/{park}", login, search, language), park))
