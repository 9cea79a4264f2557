"""Firms are found by any of their names and codes, and by no sign that a database takes for another."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from funds.queries.company_search import find_companies
from tests.dashboard.readings.company_book import company_book, look_at
from tests.engines import Databases

FOUND = {
    "芯片": ["C1", "C2"],
    "旧名": ["C1"],
    " c4 ": ["C4"],
    "C": ["C1", "C2", "C3", "C4", "C5", "C6"],
    "%": [],
    "_": [],
    "无此企业\x00": [],
}


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """The city of firms, on each engine in turn."""
    with company_book(databases) as made:
        yield made


def test_a_firm_is_found_by_name_former_name_and_code(book: Book) -> None:
    facts = look_at(book, "C1").facts
    for words, found in FOUND.items():
        with book.look() as look:
            ids = find_companies(look.connection, look.version, words)
        assert sorted(facts.companies[one].code for one in ids) == found, words
