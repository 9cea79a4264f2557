"""The page of a park: its sentences, its switches, and what an official may and may not see."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from dashboard.auth.identity import Identity
from dashboard.auth.visit import Visit
from dashboard.pages.context import read_context
from dashboard.pages.parks.park_alignment import make_spread_table
from dashboard.pages.parks.park_flow import make_flow_table
from dashboard.pages.parks.park_flow import write_finding as write_flow
from dashboard.pages.parks.park_funds import make_funds_table, write_city_money
from dashboard.pages.parks.park_headline import write_headline
from dashboard.pages.parks.park_off_industry import make_off_industry_table
from dashboard.pages.parks.park_off_industry import write_finding as write_off
from dashboard.pages.parks.park_state import ParkState, open_park
from dashboard.pages.parks.park_timeline import write_finding as write_timeline
from dashboard.readings.industries.park_view import read_park_view
from dashboard.tables.shown import ShownTable
from funds.book import Book, find_person
from funds.errors import LedgerError
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import park_scope
from tests.browser.city import PARK_CODE
from tests.dashboard.pages.drawn import draw_as, draw_for, links, parts, text_of
from tests.dashboard.readings.park_book import AS_OF, OFFICIAL, park_book
from tests.dashboard.serving import Served, read_token
from tests.engines import SqliteDatabases

LAST_DAY = date(2026, 9, 30)


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite) as made:
        yield made
    sqlite.drop_made()


@pytest.fixture
def city(still_city: Served) -> Served:
    """The made-up city, served; nobody changes it."""
    return still_city


def opened(
    book: Book, code: str = "P1", search: str = "", language: str = "zh", login: str = "local"
) -> ParkState:
    """A park as somebody asks for it."""
    with book.look() as look:
        person = Identity(find_person(look.connection, login, look.version), login, login, ())
    search = search if "as_of" in search else f"as_of={AS_OF}&{search}"
    return open_park(read_context(Visit(book, person, language, "light"), f"?{search}"), code)


def column(table: ShownTable, key: str) -> list[str]:
    """What stands in a column."""
    return [row[table.column(key)].text for row in table.rows]


def test_the_headline_says_what_leads_what_serves_it_and_what_does_not(book: Book) -> None:
    assert write_headline(opened(book)) == (
        "主导产业为产业IC、产业BIO；2 只设立基金实缴 3,600.00万元、已投 2,070.00万元；"
        "在投成本的 56.9% 投向主导产业，低于其他园区的中位数 63.0%；3 个项目不在主导产业。"
    )


@pytest.mark.parametrize(
    ("code", "search", "expected"),
    [
        ("P8", "", "截止日没有登记主导产业；还没有设立基金；还没有在投项目，投向无从计算。"),
        ("P7", "", "在投成本的 100.0% 投向主导产业，高于其他园区的中位数 53.0%；在投项目都在主导产业。"),
        ("P3", "", "在投成本的 0.0% 投向主导产业，低于其他园区的中位数 66.0%；4 个项目不在主导产业。"),
        ("P1", "mode=fractional", "3 个项目不在或不全在主导产业。"),
        ("P1", "as_of=2021-12-31", "在投成本的 76.9% 投向主导产业；1 个项目不在主导产业。"),
    ],
)
def test_the_headline_finds_words_for_every_case(book: Book, code: str, search: str, expected: str) -> None:
    assert write_headline(opened(book, code, search)).endswith(expected)


def test_the_timeline_tells_of_the_change_in_mid_life(book: Book) -> None:
    assert write_timeline(opened(book)) == (
        "2 个主导产业：产业IC、产业BIO；产业EV于 2022年7月1日 退出；产业BIO自 2023年1月1日 起列入"
    )


def test_the_flow_names_the_largest_link_and_follows_its_switch(book: Book) -> None:
    assert (
        write_flow(opened(book))
        == "累计投给企业 2,070.00万元，65.2% 进入主导产业；最多的环节是产业IC · 设计（1,050.00万元）"
    )
    assert "2025 年投给企业 270.00万元，18.5% 进入主导产业" in write_flow(opened(book, search="flow=year"))
    assert "2024 年截至 2024年12月31日 还没有" in write_flow(
        opened(book, search="flow=year&as_of=2024-12-31")
    )


def test_what_is_outside_is_counted_with_its_cost(book: Book) -> None:
    assert write_off(opened(book)) == (
        "3 个项目不在主导产业，不计入的在投成本 720.00万元（43.1%）；另有 1 个在决策时不在、现已列入"
    )
    assert write_off(opened(book, "P7")) == "在投项目都在主导产业"
    assert write_off(opened(book, "P8")) == "还没有在投项目"


def test_each_project_outside_has_its_reason_in_words(book: Book) -> None:
    reasons = column(make_off_industry_table(opened(book)), "reason")

    assert reasons == [
        "产业EV至 2022年7月1日 为主导产业，已退出",
        "产业MAT不是本园区的主导产业（次要标签产业IC是主导产业）",
        "未标注产业",
        "现已计入：产业BIO自 2023年1月1日 起列入，晚于决策",
    ]


def test_the_citys_money_is_told_in_a_sentence_without_zeros(book: Book) -> None:
    assert write_city_money(opened(book)) == (
        "设立基金的实缴中（按本园区份额），市级母基金出资 1,500.00万元（41.7%）；市级财政直接出资 300.00万元（8.3%）。"
    )
    assert "没有市级" in write_city_money(opened(book, "P3"))
    assert write_city_money(opened(book, "P8")) == ""


def test_an_official_reads_no_figure_of_a_fund_that_is_only_located_here(book: Book) -> None:
    own, commission = (make_funds_table(opened(book, login=login)) for login in (OFFICIAL, "local"))

    assert column(own, "PF02") == ["3,000.00", "1,000.00", "—"]
    assert own.rows[2][own.column("PF02")].hover == "不是本园区设立的基金，不在您的查看范围内。"
    assert own.rows[2][0].link is None
    assert column(commission, "PF02") == ["3,000.00", "1,000.00", "400.00"]


def test_the_spread_stands_beside_the_own_value_and_says_why_it_is_missing(book: Book) -> None:
    table = make_spread_table(opened(book))

    # AL05: 650 of 1,670 lie in P1 and lead; AL06: 950 of the 3,000 of F1 and 600 of F2.
    assert column(table, "now") == ["56.9%", "56.9%", "18.5%", "40.0%", "38.9%", "26.4%"]
    assert column(table, "median") == ["63.0%", "63.0%", "—", "63.0%", "0.0%", "30.0%"]
    assert "不足 5 个" in table.rows[2][table.column("median")].hover
    assert column(table, "n") == ["6", "6", "1", "6", "6", "6"]


def test_every_amount_of_the_flow_is_in_the_table(book: Book) -> None:
    table = make_flow_table(opened(book))

    assert column(table, "all") == ["1,050.00", "500.00", "300.00", "120.00", "100.00"]
    assert column(table, "segment") == [
        "产业IC · 设计",
        "产业EV · 未标环节",
        "产业BIO · 未标环节",
        "产业MAT · 未标环节",
        "未标注产业",
    ]


@pytest.mark.parametrize("code", ["P1", "P3", "P7", "P8"])
@pytest.mark.parametrize("search", ["", "mode=multi_tag", "as_of=2019-06-30", "flow=year"])
def test_english_leaves_no_word_unsaid(book: Book, code: str, search: str) -> None:
    state = opened(book, code, search, "en")

    told = [write_headline(state), write_off(state), write_flow(state), write_city_money(state)]
    assert not any("park." in sentence or "{" in sentence for sentence in told)


@pytest.mark.parametrize(
    "search", ["mode=other", "flow=month", "soe=none", "through=2", "from=soon", "from=2026-01-01"]
)
def test_a_state_that_cannot_be_read_is_refused(book: Book, search: str) -> None:
    with pytest.raises(LedgerError) as caught:
        opened(book, search=search)
        write_flow(opened(book, search=search))
    assert caught.value.status == 400


def drawn(served: Served, identity: str, path: str, search: str = "") -> Any:
    return draw_as(served, identity, path, search)["content.children"]


def test_an_official_sees_the_own_park_at_every_address_and_nobody_elses(city: Served) -> None:
    slice_ = slice_ledger(city.book, "local", park_scope(PARK_CODE), LAST_DAY)
    own = {str(row["name"]) for row in read_park_view(slice_).table("serving")}
    others = [park.name for park in slice_.facts.parks.values() if park.code != PARK_CODE]
    others += [fund.name for fund in slice_.facts.funds.values() if fund.name not in own]
    for path in ("/parks", f"/parks/{PARK_CODE}"):
        text = text_of(drawn(city, "park", path))
        assert "示例市滨湖园区" in text
        assert [name for name in others if name in text] == []


@pytest.mark.parametrize(("path", "expected"), [("/parks/P02", "没有查看权限"), ("/parks/P99", "没有找到")])
def test_another_park_is_refused_and_an_unknown_one_not_found(city: Served, path: str, expected: str) -> None:
    content = drawn(city, "park", path)

    assert expected in text_of(content)
    assert not [part for part in parts(content) if part.get("className") == "figure-number"]


def test_links_keep_the_day_and_lead_to_the_parks_own_address(city: Served) -> None:
    content = drawn(city, "park", "/parks", "?as_of=2024-06-30&mode=fractional")
    addresses = dict(links(content))

    assert addresses["多标签"].startswith(f"/parks/{PARK_CODE}?")
    assert "as_of=2024-06-30" in addresses["多标签"]
    assert f"page=%2Fparks%2F{PARK_CODE}" in addresses["导出 Excel"]


@pytest.mark.parametrize("name", ["spread", "timeline", "funds", "sources", "flow", "off_industry"])
def test_a_table_exports_as_it_is_shown(city: Served, name: str) -> None:
    client = city.client()
    token = read_token(client.get("/sign-in").text)
    client.post("/demo/enter", data={"identity": "commission", "csrf_token": token})
    content = draw_for(city, client, "/parks/P03", "")["content.children"]
    (address,) = [address for _, address in links(content) if f"table={name}" in address]

    sheet = load_workbook(BytesIO(client.get(address).data)).active

    assert sheet is not None
    (shown,) = [part for part in parts(content) if part.get("id") == f"table-{name}"]
    first = [text_of(row["props"]["children"][0]) for row in shown["children"][-1]["props"]["children"]]
    exported = [str(row[0]) for row in sheet.iter_rows(values_only=True)]
    assert len(first) > 1
    assert [text for text in exported if text in first] == first


def test_every_number_has_a_name_of_its_own(city: Served) -> None:
    for path in ("/parks/P01", "/parks/P03"):
        names = [
            str(part["id"])
            for part in parts(drawn(city, "commission", path))
            if isinstance(part.get("id"), dict)
        ]
        assert len(names) == len(set(names)) > 20
