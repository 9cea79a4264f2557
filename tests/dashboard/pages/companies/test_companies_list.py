"""The register of firms: found by words and filters, sorted over all pages, amounts of own funds alone."""

from collections.abc import Iterator

import pytest

from dashboard.pages.companies import companies_list
from dashboard.pages.companies.companies_list import PAGE
from dashboard.pages.companies.company_filters import write_search
from dashboard.pages.context import BadAddress
from funds.book import Book
from tests.builders import company, record
from tests.dashboard.pages.companies.firm_visits import list_context, list_text
from tests.dashboard.readings.company_book import BEYOND, OFFICIAL, company_book
from tests.dashboard.readings.return_books import book_of
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with company_book(sqlite) as made:
        yield made


def codes(book: Book, search: str = "", login: str = "local") -> list[str]:
    """The codes that the register shows, in order."""
    table = PAGE.tables["companies"](list_context(book, search, login))
    return [row[table.column("code")].text for row in table.rows]


def test_the_headline_counts_how_firms_stand(book: Book) -> None:
    text = list_text(book)
    assert "名录共 6 家企业：在投 2 家，已退出 1 家，已核销 1 家，其余 2 家没有基金投资过。" in text


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["C1", "C6", "C2", "C3", "C4", "C5"]),
        ("words=旧名", ["C1"]),
        ("words=芯片&standing=written_off", ["C2"]),
        ("industry=IC", ["C1", "C6", "C2", "C3", "C4"]),
        ("industry=BIO", []),
        ("park=P2", ["C6", "C2", "C4"]),
        ("park=-", ["C3", "C5"]),
        ("standing=never", ["C4", "C5"]),
        ("sort=companies.code", ["C1", "C2", "C3", "C4", "C5", "C6"]),
        ("sort=companies.-invested", ["C1", "C6", "C2", "C3", "C4", "C5"]),
    ],
)
def test_firms_are_found_and_sorted_by_the_address(book: Book, search: str, found: list[str]) -> None:
    assert codes(book, search) == found


def test_amounts_are_those_of_the_funds_in_sight(book: Book) -> None:
    table = PAGE.tables["companies"](list_context(book, "words=C1", OFFICIAL))
    (row,) = table.rows
    assert row[table.column("invested")].value == 950
    assert row[table.column("funds")].value == 1
    figure = row[table.column("PF11")].figure
    assert figure is not None
    assert (figure.code, figure.scope) == ("PF11", "company:C1")


def test_a_firm_that_no_fund_in_sight_paid_into_has_no_amounts_rather_than_nothing(book: Book) -> None:
    table = PAGE.tables["companies"](list_context(book, "words=C6", OFFICIAL))
    (row,) = table.rows
    assert [row[table.column(key)].text for key in ("invested", "fair_value", "PF11")] == ["—"] * 3
    assert row[table.column("invested")].hover == "您可查看的基金没有投资这家企业。"


def test_a_park_without_a_fund_has_the_register(book: Book) -> None:
    assert codes(book, "", BEYOND) == ["C1", "C2", "C3", "C4", "C5", "C6"]
    assert "您可查看的基金在投 0 家" in list_text(book, login=BEYOND)


def test_pages_hold_so_many_and_sorting_goes_over_all_of_them(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(companies_list, "SIZE", 4)
    record(book, *(company(f"X{number}", f"示例{number}") for number in range(3)))
    assert codes(book, "sort=companies.-code") == ["X2", "X1", "X0", "C6"]
    assert codes(book, "sort=companies.-code&sheet=3") == ["C1"]
    assert codes(book, "sheet=99") == codes(book, "sheet=3")
    assert "第 2 / 3 页" in list_text(book, "sheet=2")


def test_nothing_found_leads_back_to_all(book: Book) -> None:
    text = list_text(book, "words=无此企业")
    assert "没有符合条件的企业" in text
    assert "清除条件" in text


def test_an_empty_register_says_how_firms_come_into_it(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite) as empty:
        assert "名录里还没有企业" in list_text(empty)
        assert PAGE.tables["companies"](list_context(empty)).rows == ()


def test_an_address_that_asks_for_what_is_not_there_is_refused(book: Book) -> None:
    for search in ("standing=lost", "sort=companies.nothing", "sheet=x"):
        with pytest.raises(BadAddress):
            codes(book, search)


def test_the_form_writes_the_address_and_keeps_the_day() -> None:
    chosen = {"words": "芯片", "industry": None, "park": "P1", "standing": ""}
    assert write_search("?as_of=2024-12-31&sheet=3&words=旧", chosen) == (
        "?as_of=2024-12-31&words=%E8%8A%AF%E7%89%87&park=P1"
    )
    assert write_search(None, {}) == ""
