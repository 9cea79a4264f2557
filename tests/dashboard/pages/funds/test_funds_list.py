"""The list of funds: everybody sees their own, no total is drawn, and the file holds what the page shows."""

from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook

from dashboard.pages.context import read_context
from dashboard.pages.funds import fund_page
from dashboard.pages.funds.funds_list import PAGE, make_funds_table
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY
from tests.browser.city import FUND_CODE, build_empty, serve_city
from tests.builders import commitment, fund, invested_city, party
from tests.dashboard.pages.drawn import Parts, draw_as, links, parts, text_of
from tests.dashboard.pages.fund_visits import visit_of, words_of
from tests.dashboard.readings.return_books import YEAR_END, book_of
from tests.dashboard.serving import Served, read_token
from tests.engines import SqliteDatabases


@pytest.fixture
def city(still_city: Served) -> Served:
    """The made-up city, served; nobody changes it."""
    return still_city


def content(served: Served, identity: str, path: str, search: str = "") -> Parts:
    """The page that an identity sees at an address."""
    drawn: Parts = draw_as(served, identity, path, search)["content.children"]
    return drawn


def fund_links(node: object) -> list[str]:
    """Codes of the funds that a page leads to, in order."""
    return [
        href.split("?")[0].removeprefix("/funds/") for _, href in links(node) if href.startswith("/funds/")
    ]


def export(served: Served, state: dict[str, str]) -> list[tuple[Any, ...]]:
    """The rows of cells of an exported table."""
    client = served.client()
    token = read_token(client.get("/sign-in").text)
    client.post("/demo/enter", data={"identity": "commission", "csrf_token": token})
    answer = client.get(f"/export?{urlencode(state)}")
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    return list(sheet.iter_rows())


def test_who_looks_after_the_city_sees_every_fund(city: Served) -> None:
    slice_ = slice_ledger(city.book, "local", CITY, city.book.today())
    page = content(city, "commission", "/funds")
    assert fund_links(page) == [one.code for one in slice_.member_funds]
    assert "我的基金" not in text_of(page)


def test_a_manager_sees_only_the_funds_of_its_own_and_they_are_called_so(city: Served) -> None:
    page = content(city, "manager", "/funds")
    assert fund_links(page) == [FUND_CODE]
    assert text_of(page).startswith("我的基金")


def test_a_park_sees_the_funds_that_it_set_up_each_as_a_whole(city: Served) -> None:
    page = content(city, "park", "/funds")
    assert fund_links(page) == ["F03", "F09", "F11"]
    scopes = {
        part["id"]["scope"]
        for part in parts(page)
        if isinstance(part.get("id"), dict) and "scope" in part["id"]
    }
    assert scopes == {"fund:F03", "fund:F09", "fund:F11"}


def test_before_its_funds_were_set_up_a_manager_has_an_empty_list(city: Served) -> None:
    assert "还没有基金" in text_of(content(city, "manager", "/funds", "?as_of=2018-01-01"))


def test_the_fund_of_another_manager_is_refused_and_an_unknown_one_is_missing(city: Served) -> None:
    assert "没有查看权限" in text_of(content(city, "manager", "/funds/F03"))
    assert "没有找到" in text_of(content(city, "commission", "/funds/F99"))


def test_the_way_to_other_funds_offers_what_may_be_read(city: Served) -> None:
    page = content(city, "park", "/funds/F09", "?as_of=2026-06-30")
    (select,) = [part for part in parts(page) if part.get("className") == "switcher"]
    assert [option["value"] for option in select["data"]] == [
        f"/funds/{code}?as_of=2026-06-30" for code in ("F03", "F09", "F11")
    ]


def test_a_mother_that_may_not_be_read_is_named_without_a_link(city: Served) -> None:
    park, commission = (content(city, who, "/funds/F09") for who in ("park", "commission"))
    assert "示例市千亿产业母基金" in text_of(park)
    assert "F01" not in fund_links(park)
    assert "F01" in fund_links(commission)


def test_no_total_is_drawn_where_money_between_funds_stands_twice(city: Served) -> None:
    page = content(city, "commission", "/funds")
    assert "不设合计：各行认缴相加为" in text_of(page)
    assert "不设合计" not in text_of(content(city, "manager", "/funds"))


def test_the_order_of_the_address_holds_in_the_file_too(city: Served) -> None:
    state = {"page": "/funds", "table": "funds", "sort": "funds.-PF08", "as_of": "2026-09-30"}
    lines = [[cell.value for cell in row] for row in export(city, state)]
    (head,) = [line for line in lines if line[0] == "基金"]
    column = head.index("TVPI")
    values = [line[column] for line in lines if isinstance(line[column], float | int)]
    assert values == sorted(values, reverse=True)
    assert len(values) == len(fund_links(content(city, "commission", "/funds")))
    assert any("口径：PF01" in str(line[0]) for line in lines)


@pytest.mark.parametrize("table", sorted(fund_page.PAGE.tables))
def test_every_table_of_a_fund_is_given_out_as_a_file(city: Served, table: str) -> None:
    assert len(export(city, {"page": "/funds/F09", "table": table})) > 2


def test_an_empty_book_says_how_the_first_fund_comes_in(sqlite: SqliteDatabases, tmp_path: Path) -> None:
    with serve_city(sqlite.copy_of("empty city", build_empty), tmp_path) as served:
        page = content(served, "commission", "/funds")
        made = make_funds_table(read_context(visit_of(served.book), "", {}, "/funds"))
    assert "还没有基金" in text_of(page)
    assert "fundtracker import" in text_of(page)
    assert made.rows == ()
    sqlite.drop_made()


def test_the_finding_counts_the_funds_that_are_worth_more_than_was_paid_in(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *invested_city()) as book:
        table = make_funds_table(read_context(visit_of(book), f"as_of={YEAR_END}", {}, "/funds"))
    above = sum(Fraction(str(row[table.column("PF08")].value)) > 1 for row in table.rows)
    assert table.title == f"已实缴的 2 只基金中，{above} 只的总价值高于实缴（TVPI 大于 1）"


def test_funds_without_money_are_listed_with_reasons(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, party("LP"), fund("N"), commitment("N", "LP", 10)) as book:
        context = read_context(visit_of(book), f"as_of={YEAR_END}", {}, "/funds")
        table, page = make_funds_table(context), words_of(PAGE.layout(context))
    assert table.title == "1 只基金，均未实缴"
    (row,) = table.rows
    cell = row[table.column("PF08")]
    assert (cell.text, cell.hover) == ("—", "没有实缴，无法作分母。")
    assert "共 1 只基金" in page


def test_before_the_first_fund_was_set_up_the_list_is_empty(
    sqlite: SqliteDatabases,
) -> None:
    with book_of(sqlite, fund("N", on="2024-06-01")) as book:
        early = read_context(visit_of(book), "as_of=2024-05-31", {}, "/funds")
        assert "还没有基金" in words_of(PAGE.layout(early))
