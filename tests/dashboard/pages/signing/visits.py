"""The pages of documents, papers and audit as somebody sees them, over a city with an auditor in it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson

from dashboard.answer_text import OPTIONS, write_answer
from dashboard.auth.passwords import add_person_secret
from dashboard.pages.audit import audit_page
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.documents import documents_page
from dashboard.pages.page import Page, find_page
from dashboard.pages.signing import inspection_page, signing_page
from dashboard.tables.shown import ShownTable
from funds.book import Book, found_book
from funds.drafts import Draft
from funds.kinds import BookKind, Nature, Role
from migrations import upgrade
from tests.builders import claim, contribution, membership, nature, person, policy, record_in
from tests.dashboard.pages.trail_visits import visit_of
from tests.dashboard.serving import PASSWORD, Clock
from tests.engines import Databases
from tests.funds.recording.proposal_city import PEOPLE, proposing_city

PAGES: tuple[Page, ...] = (documents_page.PAGE, signing_page.PAGE, inspection_page.PAGE, audit_page.PAGE)
ANALYST, SIGNATORY, SECOND, MANAGER, AUDITOR = "analyst", "signatory", "second", "manager", "auditor"
QUARTER = "2025-Q4"


def audited_city() -> list[Draft]:
    """The proposing city with confirmed natures, a claim, and an auditor."""
    return [
        *proposing_city(),
        nature("LP1"),
        nature("LP2", Nature.SOCIAL, evidence="营业执照"),
        policy("leverage.official_definition", "2020-01-01", words="LV04"),
        contribution("F1", "LP2", 100, "2025-11-03"),
        claim("F1", QUARTER),
        person(AUDITOR),
        membership(AUDITOR, Role.AUDITOR),
    ]


def build_audited_city(url: str) -> None:
    """That city with a password for everybody."""
    book = Book(url, clock=Clock())
    upgrade(book.engine)
    found_book(book, BookKind.OWN, "示例市")
    with book.change("local", "首批数据") as change:
        record_in(change, *audited_city())
    for login in (*PEOPLE, AUDITOR):
        add_person_secret(book, login, PASSWORD)
    book.close()


@contextmanager
def audited_book(databases: Databases) -> Iterator[Book]:
    """A copy of it."""
    book = Book(databases.copy_of("audited city", build_audited_city), clock=Clock())
    yield book
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
    return json.dumps(as_sent(found.page.layout(context)), ensure_ascii=False)


def as_sent(component: object) -> Any:
    """A component as it goes to the browser."""
    return orjson.loads(orjson.dumps(write_answer(component), option=OPTIONS))


def table_at(book: Book, login: str, address: str, name: str) -> ShownTable:
    """A table that a page exports."""
    context = context_of(book, login, address)
    found = find_page(PAGES, context.path)
    assert found is not None
    return found.page.tables[name](context)


def lines_of(table: ShownTable) -> list[dict[str, str]]:
    """What is read in a table, by the keys of its columns."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, (cell.text for cell in row), strict=True)) for row in table.rows]
