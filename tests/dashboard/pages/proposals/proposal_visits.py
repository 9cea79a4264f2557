"""The pages of proposals as somebody sees them, and the same city served."""

import json
from typing import Any

from dashboard.auth.passwords import add_person_secret
from dashboard.pages.companies import company_page
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.page import Page, find_page
from dashboard.pages.proposals import proposal_page, proposals_list
from dashboard.tables.shown import ShownTable
from funds.book import Book, found_book
from funds.kinds import BookKind
from migrations import upgrade
from tests.builders import record_in
from tests.dashboard.pages.opening import PageEncoder
from tests.dashboard.pages.trail_visits import visit_of
from tests.dashboard.serving import PASSWORD, Clock
from tests.funds.recording.proposal_city import PEOPLE, proposing_city

PAGES: tuple[Page, ...] = (proposals_list.PAGE, proposal_page.PAGE, company_page.PAGE)


def build_served_city(url: str) -> None:
    """The proposing city with a password for everybody, as the program serves it."""
    book = Book(url, clock=Clock())
    upgrade(book.engine)
    found_book(book, BookKind.OWN, "示例市")
    with book.change("local", "首批数据") as change:
        record_in(change, *proposing_city())
    for login in PEOPLE:
        add_person_secret(book, login, PASSWORD)
    book.close()


def context_of(book: Book, login: str, address: str, language: str = "zh") -> PageContext:
    """The context of a page."""
    path, _, search = address.partition("?")
    found = find_page(PAGES, path)
    assert found is not None
    return read_context(visit_of(book, login, language), search, found.parts, path)


def sent_page(book: Book, login: str, address: str, language: str = "zh") -> str:
    """Everything that goes to the browser for an address."""
    context = context_of(book, login, address, language)
    found = find_page(PAGES, context.path)
    assert found is not None
    return json.dumps(found.page.layout(context), cls=PageEncoder, ensure_ascii=False)


def table_at(book: Book, login: str, address: str) -> ShownTable:
    """The one table that a page of proposals exports."""
    context = context_of(book, login, address)
    found = find_page(PAGES, context.path)
    assert found is not None
    (maker,) = found.page.tables.values()
    return maker(context)


def lines_of(table: ShownTable) -> list[dict[str, str]]:
    """What is read in a table, by the keys of its columns."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, (cell.text for cell in row), strict=True)) for row in table.rows]


def press(body: dict[str, Any], act: str, proposal: object) -> dict[str, Any]:
    """The request that a button of a proposal sends."""
    wire = {"type": "proposal-act", "act": act, "proposal": proposal}
    body["inputs"] = [[{"id": wire, "property": "n_clicks", "value": 1}]]
    told = json.dumps(wire, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    body["changedPropIds"] = [f"{told}.n_clicks"]
    return body
