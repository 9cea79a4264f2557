"""Firms alike: the same code first, then names that say the same without their legal form."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from funds.queries.company_names import FirmName, core_of, find_alike, list_firms
from tests.builders import company, founded_book, party, record
from tests.engines import SqliteDatabases

FIRMS = [
    FirmName(1, "C1", "示例新材料有限公司", None, None),
    FirmName(2, "C2", "杭星科技股份有限公司", "91330100MA2ABCDE2F", "杭星电子有限公司；老星"),
    FirmName(3, "C3", "远景生物", None, None),
]


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with founded_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def alike(name: str, code: str | None = None) -> list[str]:
    return [firm.code for firm in find_alike(FIRMS, name, code)]


def test_a_name_without_its_legal_form_is_the_same_name() -> None:
    assert core_of("示例（新）材料 集团有限公司") == "示例新材料"
    assert alike("示例新材料（集团）有限公司") == ["C1"]
    assert alike("示例新材料科技公司") == ["C1"]


def test_former_names_and_codes_are_known_too() -> None:
    assert alike("杭星电子") == ["C2"]
    assert alike("完全不同", "91330100MA2ABCDE2F") == ["C2"]


def test_what_is_like_nothing_or_empty_finds_nothing() -> None:
    assert alike("海天") == []
    assert alike("") == []
    assert alike("远") == []


def test_the_register_is_listed_by_code_with_its_names(book: Book) -> None:
    record(book, company("C2"), company("C1", "甲"), party("LP1"))
    with book.look() as look:
        found = list_firms(look.connection, look.version)
    assert [(firm.code, firm.name) for firm in found] == [("C1", "甲"), ("C2", "企业C2")]
