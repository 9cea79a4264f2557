"""The leverage page as somebody sees it at the end of 2024, straight from the small city of leverage."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.pages.context import PageContext, read_context
from dashboard.pages.leverage.leverage_address import PATH
from dashboard.pages.leverage.leverage_page import PAGE
from dashboard.pages.leverage.leverage_state import LeverageState, open_leverage
from dashboard.tables.shown import ShownTable
from funds.book import Book
from funds.drafts import Draft
from funds.kinds import Role, ScopeKind
from tests.builders import industry, membership, person, tag
from tests.dashboard.pages.opening import PageEncoder
from tests.dashboard.pages.trail_visits import visit_of
from tests.dashboard.readings.money.leverage_city import leverage_city
from tests.dashboard.readings.return_books import YEAR_END, book_of
from tests.engines import SqliteDatabases

OFFICIAL, KEEPER, NEWCOMER = "official", "keeper", "newcomer"


@contextmanager
def leverage_book(sqlite: SqliteDatabases, *more: Draft) -> Iterator[Book]:
    """The city with an industry, an official of P1, who keeps fund A, and somebody with nothing to see."""
    people = [
        *(person(login) for login in (OFFICIAL, KEEPER, NEWCOMER)),
        membership(OFFICIAL, Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"),
        membership(KEEPER, Role.FUND_MANAGER, ScopeKind.FUND, "A"),
    ]
    with book_of(sqlite, *leverage_city(), industry("IC"), tag("C1", "IC"), *people, *more) as book:
        yield book


def context_of(book: Book, search: str = "", login: str = "local", language: str = "zh") -> PageContext:
    """The context of an address of the page."""
    return read_context(visit_of(book, login, language), f"as_of={YEAR_END}&{search}", {}, PATH)


def opened(book: Book, search: str = "", login: str = "local", language: str = "zh") -> LeverageState:
    """What the cards are drawn from."""
    return open_leverage(context_of(book, search, login, language))


def sent_page(book: Book, search: str = "", login: str = "local", language: str = "zh") -> str:
    """Everything that goes to the browser for an address."""
    drawn = PAGE.layout(context_of(book, search, login, language))
    return json.dumps(drawn, cls=PageEncoder, ensure_ascii=False)


def all_tables(book: Book, search: str = "", login: str = "local", language: str = "zh") -> list[ShownTable]:
    """Every table of the page, as exported."""
    context = context_of(book, search, login, language)
    return [make(context) for make in PAGE.tables.values()]


def column(table: ShownTable, key: str) -> list[str]:
    """What is read in a column."""
    return [row[table.column(key)].text for row in table.rows]
