"""What the register tells of a firm, its place in the chain, and the list of all firms."""

from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.readings.portfolio import company_chain
from dashboard.readings.portfolio.company_chain import count_neighbours, link_rows, neighbour_rows
from dashboard.readings.portfolio.company_list import Standing, list_companies
from dashboard.readings.portfolio.company_register import (
    company_rows,
    crosswalk_rows,
    filed_rows,
    name_rows,
    national_rows,
    owner_rows,
    tag_rows,
)
from dashboard.readings.portfolio.company_returns import read_company_figures
from funds.book import Book
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY, fund_scope
from tests.builders import wan
from tests.dashboard.readings.company_book import BEYOND, KEEPER, OFFICIAL, ON, company_book, look_at
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with company_book(sqlite) as made:
        yield made


def test_the_register_tells_who_the_firm_is(book: Book) -> None:
    (row,) = company_rows(look_at(book, "C1", BEYOND))
    assert (row["name"], row["park"], row["gb_code"], row["gb_name"]) == ("甲芯片公司", "P1", "3973", None)
    assert (row["size_labels"], row["founded"], row["industry"]) == (["规上", "小巨人"], "2015-05-01", "IC")
    assert [name["names_before"] for name in name_rows(look_at(book, "C1"))] == ["旧名有限公司"]


def test_the_national_code_is_laid_beside_the_industries_by_its_longest_part(book: Book) -> None:
    assert [row["code"] for row in national_rows(look_at(book, "C1"))] == ["39", "397"]
    (row,) = crosswalk_rows(look_at(book, "C1"))
    assert (row["gb_code"], row["industry"], row["gb_is_checked"]) == ("397", "IC", False)
    assert list(crosswalk_rows(look_at(book, "C4"))) == []
    assert list(crosswalk_rows(look_at(book, "C5"))) == []


def test_the_tag_that_speaks_comes_first(book: Book) -> None:
    first, second = tag_rows(look_at(book, "C1"))
    assert (first["industry"], first["segment"], first["is_main_tag"]) == ("IC", "IC-2", True)
    assert (second["industry"], second["segment"], second["tag_weight_ppm"]) == ("BIO", None, 400_000)
    assert (first["rests_on"], second["rests_on"]) == ("营业收入构成", None)


@pytest.mark.parametrize(("login", "owners"), [("local", 1), (OFFICIAL, 1), (BEYOND, 0)])
def test_owners_are_told_where_the_person_may_know_them(book: Book, login: str, owners: int) -> None:
    assert len(list(owner_rows(look_at(book, "C1", login)))) == owners


@pytest.mark.parametrize(
    ("code", "login", "seen"),
    [("C1", OFFICIAL, 4), ("C1", KEEPER, 4), ("C1", BEYOND, 0), ("C6", OFFICIAL, 0), ("C6", "local", 1)],
)
def test_filings_go_to_the_funds_that_hold_the_firm_and_to_its_park(
    book: Book, code: str, login: str, seen: int
) -> None:
    assert len(list(filed_rows(look_at(book, code, login)))) == seen


def test_links_count_the_firms_of_the_register_from_upstream_down(book: Book) -> None:
    rows = list(link_rows(look_at(book, "C1", BEYOND)))
    assert [(row["segment"], row["firms_in_link"], row["is_own_link"]) for row in rows] == [
        ("IC-1", 1, False),
        ("IC-2", 2, True),
        ("IC-3", 1, False),
    ]


def test_neighbours_in_the_same_link_come_first_and_holding_speaks_of_own_funds(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(login: str) -> dict[Any, Any]:
        return {row["code"]: row["is_held_by_own"] for row in neighbour_rows(look_at(book, "C1", login))}

    assert list(held("local").items()) == [("C2", True), ("C3", True), ("C4", False)]
    assert held(BEYOND) == {"C2": False, "C3": False, "C4": False}
    monkeypatch.setattr(company_chain, "MOST_NEIGHBOURS", 1)
    assert list(held("local")) == ["C2"]
    assert count_neighbours(look_at(book, "C1")) == 3


def test_a_firm_without_link_or_tag_has_a_place_as_far_as_it_is_known(book: Book) -> None:
    assert [row["code"] for row in neighbour_rows(look_at(book, "C6"))] == ["C1", "C2", "C3", "C4"]
    assert list(neighbour_rows(look_at(book, "C5"))) == []
    assert list(link_rows(look_at(book, "C5"))) == []


def test_the_list_tells_how_each_firm_stands_and_its_multiple_is_that_of_its_page(book: Book) -> None:
    listed = {one.company.code: one for one in list_companies(slice_ledger(book, "local", CITY, ON))}
    assert {code: one.standing for code, one in listed.items()} == {
        "C1": Standing.HELD,
        "C2": Standing.WRITTEN_OFF,
        "C3": Standing.EXITED,
        "C4": Standing.NEVER,
        "C5": Standing.NEVER,
        "C6": Standing.HELD,
    }
    assert (listed["C1"].funds, listed["C1"].cost) == (2, wan(1_150))
    assert list(listed) == ["C1", "C6", "C2", "C3", "C4", "C5"]
    for code, one in listed.items():
        assert one.moic == read_company_figures(look_at(book, code)).figure("PF11").value


def test_the_list_of_one_fund_holds_its_money_alone(book: Book) -> None:
    listed = list_companies(slice_ledger(book, OFFICIAL, fund_scope("F1"), ON))
    assert {one.company.code: one.invested // wan(1) for one in listed if one.invested} == {
        "C1": 950,
        "C2": 500,
        "C3": 200,
    }
