"""A fund's page as somebody sees it, straight from a small book, without a server."""

from datetime import date

from dash.development.base_component import Component

from dashboard.auth.identity import read_identity
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.funds.fund_page import PAGE
from dashboard.pages.funds.fund_view import FundView, load_fund
from funds.book import Book, find_person
from tests.dashboard.pages.opening import open_text
from tests.dashboard.readings.return_books import YEAR_END

LOCAL = "local"


def visit_of(book: Book, language: str = "zh") -> Visit:
    """The person of a book of one's own, at the screen."""
    with book.look() as look:
        person = find_person(look.connection, LOCAL, look.version)
        identity = read_identity(look, person, book.today())
    assert identity is not None
    return Visit(book, identity, language, "light")


def context_of(
    book: Book, code: str, day: date = YEAR_END, language: str = "zh", search: str = ""
) -> PageContext:
    """The context of the page of a fund on a day."""
    address = f"/funds/{code}"
    return read_context(visit_of(book, language), f"as_of={day}&{search}", {"code": code}, address)


def view_of(book: Book, code: str, day: date = YEAR_END, language: str = "zh") -> FundView:
    """A fund on a day."""
    return load_fund(context_of(book, code, day, language))


def page_text(book: Book, code: str, day: date = YEAR_END, language: str = "zh") -> str:
    """All the words of the page."""
    return words_of(PAGE.layout(context_of(book, code, day, language)))


def words_of(node: object) -> str:
    """All the words below a component that was not sent yet."""
    node = open_text(node)
    if isinstance(node, list | tuple):
        return "".join(words_of(one) for one in node)
    if isinstance(node, Component):
        return words_of(getattr(node, "children", None))
    return "" if node is None else str(node)
