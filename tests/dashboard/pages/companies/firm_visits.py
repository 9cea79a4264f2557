"""The pages of firms as somebody sees them, straight from a small book, without a server."""

from datetime import date

from dashboard.auth.identity import read_identity
from dashboard.auth.visit import Visit
from dashboard.pages.companies import companies_list, company_page
from dashboard.pages.companies.company_state import CompanyState, open_company
from dashboard.pages.context import PageContext, read_context
from funds.book import Book, find_person
from tests.dashboard.pages.fund_visits import words_of
from tests.dashboard.readings.company_book import ON

LOCAL = "local"


def visit_as(book: Book, login: str, language: str = "zh") -> Visit:
    """Somebody at the screen."""
    with book.look() as look:
        person = find_person(look.connection, login, look.version)
        identity = read_identity(look, person, book.today())
    assert identity is not None
    return Visit(book, identity, language, "light")


def firm_context(
    book: Book, code: str, login: str = LOCAL, search: str = "", on: date = ON, language: str = "zh"
) -> PageContext:
    """The context of the page of a firm."""
    visit, parts = visit_as(book, login, language), {"code": code}
    return read_context(visit, f"as_of={on}&{search}", parts, f"/companies/{code}")


def firm(book: Book, code: str, login: str = LOCAL, on: date = ON) -> CompanyState:
    """A firm on a day."""
    return open_company(firm_context(book, code, login, on=on))


def firm_text(book: Book, code: str, login: str = LOCAL, language: str = "zh") -> str:
    """All the words of a firm's page."""
    return words_of(company_page.PAGE.layout(firm_context(book, code, login, language=language)))


def list_context(book: Book, search: str = "", login: str = LOCAL) -> PageContext:
    """The context of the register."""
    return read_context(visit_as(book, login), f"as_of={ON}&{search}", {}, "/companies")


def list_text(book: Book, search: str = "", login: str = LOCAL) -> str:
    """All the words of the register."""
    return words_of(companies_list.PAGE.layout(list_context(book, search, login)))
