"""The pages of industries: sentences for the awkward cases, what an official may see, and both languages."""

from collections.abc import Iterator

import pytest

from dashboard.pages.industries.industries_list import write_finding
from dashboard.pages.industries.industries_table import make_editions_table, make_industries_table
from dashboard.pages.industries.industry_codes_card import make_codes_table
from dashboard.pages.industries.industry_money_card import (
    make_firms_table,
    make_funds_table,
    make_natures_table,
    write_natures,
)
from dashboard.pages.industries.industry_page import write_headline
from dashboard.pages.industries.industry_places_card import (
    make_places_table,
    make_rivals_table,
    write_spread,
)
from dashboard.pages.industries.industry_state import (
    IndustriesState,
    IndustryState,
    open_industries,
    open_industry,
)
from dashboard.readings.industries.industry_view import answer_industry
from dashboard.tables.shown import ShownTable
from funds.book import Book
from funds.errors import NotFound
from funds.queries.scopes import CITY
from tests.builders import day, founded_book, industry, park_industry, record
from tests.dashboard.pages.industries.visits import context_of, sent_page
from tests.dashboard.readings.industries.chain_book import OFFICIAL, chain_book, slice_of
from tests.dashboard.readings.park_book import park_book
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with chain_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def listed(book: Book, login: str = "local", search: str = "") -> IndustriesState:
    return open_industries(context_of(book, "/industries", login, search))


def opened(book: Book, code: str = "IC", login: str = "local", search: str = "") -> IndustryState:
    return open_industry(context_of(book, f"/industries/{code}", login, search), code)


def column(table: ShownTable, key: str) -> list[str]:
    return [row[table.column(key)].text for row in table.rows]


def test_the_list_says_where_most_is_and_what_leads_nowhere(book: Book) -> None:
    assert (
        write_finding(listed(book))
        == "2 个产业中 1 个有园区列为主导；在投成本最多的是集成电路（800.00万元，3 家企业）。"
    )
    record(book, industry("KEY", "重点产业甲", category="key"))
    assert write_finding(listed(book)).endswith("；重点产业中没有园区列为主导的：重点产业甲。")
    assert "还没有在投企业" in write_finding(listed(book, "newcomer"))


def test_an_industry_is_read_under_its_broader_one(book: Book) -> None:
    record(book, industry("ICD", "芯片设计", parent="IC"))
    table = make_industries_table(listed(book))
    assert column(table, "name") == ["产业BIO", "集成电路", "　芯片设计"]
    assert table.rows[1][0].link == "/industries/IC?as_of=2025-12-31"
    assert column(make_editions_table(listed(book)), "code") == ["BIO", "IC", "ICD"]


def test_the_headline_has_words_for_money_and_for_none(book: Book) -> None:
    assert write_headline(opened(book)) == (
        "8 个园区列为主导（园区P1、园区P2、园区P3、园区P4、园区P5、园区P6、园区P7、园区P8）；"
        "8 只基金在投 3 家企业，在投成本 800.00万元；穿透后社会资本占 0.0%。"
    )
    assert write_headline(opened(book, "BIO", OFFICIAL)) == (
        "截止日没有园区列为主导；您可查看的基金还没有在投企业。"
    )


def test_natures_are_told_in_a_sentence_and_a_table_that_agree(sqlite: SqliteDatabases) -> None:
    with park_book(sqlite) as made:
        state = opened(made, "IC")
        assert write_natures(state) == ("该产业在投成本 1,650.00万元：财政资金 23.6%、社会资本 76.4%")
        table = make_natures_table(state)
        assert column(table, "cost") == ["390.00", "0.00", "1,260.00", "0.00"]
        assert table.total is not None
        assert table.total[1].text == "1,650.00"
    sqlite.drop_made()


def test_an_official_sees_own_rows_in_full_and_others_as_names(book: Book) -> None:
    state = opened(book, login=OFFICIAL)
    places = make_places_table(state)
    assert column(places, "cost") == ["100.00", *["—"] * 7]
    assert [row[0].link is not None for row in places.rows] == [True, *[False] * 7]
    assert places.rows[1][places.column("share")].hover == "不是您的园区，金额与占比不在您的查看范围内。"
    assert write_spread(state) == (
        "其余 7 个主导园区投在该产业的成本占比：下四分位 50%，中位数 50%，上四分位 50%。"
    )
    assert column(make_rivals_table(state), "AL10") == ["—"] * 7
    assert column(make_funds_table(state), "fund") == ["基金F1"]
    assert column(make_firms_table(state), "company") == ["企业C1"]
    text = sent_page(book, "/industries/IC", OFFICIAL)
    assert "基金F2" not in text
    assert "基金GP3" not in text


def test_who_sees_no_fund_yet_still_sees_what_is_everybodys(book: Book) -> None:
    text = sent_page(book, "/industries/IC", "newcomer")
    assert "园区P2" in text
    assert "没有您可查看的基金申报或投资该产业" in text
    assert "制造" in text


def test_an_industry_that_is_not_in_the_list_of_the_day_is_not_found(book: Book) -> None:
    record(book, industry("OLD", to_date=day("2024-01-01"), from_date=day("2020-01-01")))
    with pytest.raises(NotFound):
        opened(book, "OLD")
    assert opened(book, "OLD", search="as_of=2023-06-30").industry.code == "OLD"


def test_what_no_longer_leads_stands_below_with_its_end(book: Book) -> None:
    record(book, park_industry("P9", "IC", on="2020-01-01", to_date=day("2024-07-01")))
    table = make_places_table(opened(book))
    assert table.title == "8 个园区把该产业列为主导，另有 1 条已结束"
    assert column(table, "to")[-1] == "2024-07-01"


def test_codes_say_how_far_they_reach_and_whether_they_were_checked(book: Book) -> None:
    table = make_codes_table(opened(book))
    assert table.title == "对应国标代码 3 个，其中 2 个待核实"
    assert list(zip(*(column(table, key) for key in ("code", "of", "part", "checked")), strict=True)) == [
        ("397", "集成电路", "部分对应", "待核实"),
        ("65", "集成电路", "全部对应", "已核实"),
        ("3973", "制造", "部分对应", "待核实"),
    ]


def test_a_book_without_industries_has_a_state_and_the_way_to_the_first(sqlite: SqliteDatabases) -> None:
    with founded_book(sqlite) as made:
        text = sent_page(made, "/industries")
        assert "还没有产业目录" in text
        assert "industry-save" in text
    sqlite.drop_made()


def test_the_page_shows_what_the_report_says(book: Book) -> None:
    rows = answer_industry(slice_of(book, CITY)).rows
    assert [row["code"] for row in rows] == [row["code"] for row in listed(book).rows]
    assert [row["cost"] for row in rows] == [row["cost"] for row in listed(book).rows]


@pytest.mark.parametrize("path", ["/industries", "/industries/IC"])
@pytest.mark.parametrize("login", ["local", OFFICIAL])
def test_english_leaves_no_word_unsaid(book: Book, path: str, login: str) -> None:
    for search in ("", "mode=multi_tag", "as_of=2019-06-30"):
        text = sent_page(book, path, login, search, "en")
        assert not any(f'"{area}.' in text for area in ("industry", "chains", "park", "flow"))
