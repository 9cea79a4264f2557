"""What a park's page says of alike funds, of looking through, of where money came from, and of a change in mid-life."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from dashboard.pages.parks.park_alignment import make_spread_table, write_finding
from dashboard.pages.parks.park_funds import make_funds_table
from dashboard.pages.parks.park_headline import write_share
from dashboard.pages.parks.park_measures import shown_measures
from dashboard.pages.parks.park_mixes import (
    draw_mixes,
    make_overlap_table,
    make_through_table,
    write_overlap,
    write_through,
)
from dashboard.pages.parks.park_sources import draw_sources, make_sources_table, write_sources
from dashboard.pages.parks.park_switches import count_back
from dashboard.pages.parks.park_timeline import write_changes
from dashboard.pages.passports.passport import draw_passport
from dashboard.reports.question import Question, answer
from funds.book import Book
from funds.queries.scopes import park_scope
from tests.builders import commitment, contribution, park_industry, policy
from tests.dashboard.pages.drawn import text_of
from tests.dashboard.pages.parks.test_park_page import column, opened
from tests.dashboard.readings.park_book import AS_OF, OFFICIAL, park_book
from tests.engines import SqliteDatabases

# P1 takes MAT for EV on one day; F1 holds a sixth of GP3 and all of an idle fund's money.
MORE = (
    policy("AL10.similarity", "2020-01-01", value_e6=300_000),
    park_industry("P1", "MAT", 2, "2022-07-01"),
    commitment("GP3", "F1", 100),
    contribution("GP3", "F1", 100, "2022-06-01"),
    commitment("F9", "F1", 400),
    contribution("F9", "F1", 400, "2022-06-01"),
)


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite, MORE) as made:
        yield made
    sqlite.drop_made()


def test_a_change_in_mid_life_is_told_with_what_it_did_and_both_shares(book: Book) -> None:
    """EV 500 no longer counts, MAT 120 does; of 1,670 then 650 + 300 + 120 count, at the decisions 650 + 500 + 120."""
    (told,) = write_changes(opened(book))
    assert told == (
        "自 2022年7月1日 起主导产业由产业EV改为产业MAT；在投成本中 120.00万元因此计入，500.00万元不再计入；"
        "按决策时口径投向主导产业 76.0%，按现行口径 64.1%"
    )
    assert write_changes(opened(book, search="as_of=2022-06-30")) == []


def test_pairs_above_the_line_are_counted_and_the_most_alike_named(book: Book) -> None:
    assert write_overlap(opened(book)) == "本园区的基金没有投向同一产业"
    state = opened(book, search="mode=fractional")
    assert write_overlap(state) == (
        "1 对基金的投向相似度高于 30% 的提示线；最相似的是基金F1与基金F2，差异度 58.7%"
    )
    table = make_overlap_table(state)
    assert [column(table, key) for key in ("first", "cosine", "difference", "line")] == [
        ["基金F1"],
        ["0.41"],
        ["58.7%"],
        ["高于"],
    ]


def test_looking_through_names_each_fund_with_its_share(book: Book) -> None:
    state = opened(book, search="through=1")

    assert write_through(state) == (
        "经 2 只其他基金，穿透后另有在投成本 66.67万元；其中 1 只还没有投出，不影响结果"
    )
    table = make_through_table(state)
    assert column(table, "fund") == ["基金F1", "基金F2", "基金F9", "基金GP3"]
    assert column(table, "share") == ["100.0%", "60.0%", "50.0%", "16.7%"]
    assert column(table, "cost") == ["1,550.00", "120.00", "0.00", "66.67"]
    assert (
        write_through(opened(book, "P7", "through=1"))
        == "除本园区设立的基金外没有投入其他基金，穿透与直接相同"
    )


def test_an_official_is_told_why_and_sees_no_row(book: Book) -> None:
    state = opened(book, search="through=1", login=OFFICIAL)

    assert write_through(state) == "资金投入了您无权查看的子基金，不能穿透。"
    assert make_through_table(state).rows == ()
    assert column(make_spread_table(state), "now") == ["—"] * 6
    assert "无权查看" in text_of(draw_mixes(state)[-1])


def test_the_switches_choose_the_measures(book: Book) -> None:
    bases = [basis for _, basis, _ in shown_measures(opened(book, search="through=1&from=2025-03-01"))]

    assert bases[2] == "flow_period_through"
    assert all(basis.endswith("_through") for basis in bases)
    assert [basis for _, basis, _ in shown_measures(opened(book))][2] == "flow_ytd"


def test_the_strips_say_how_the_share_was_counted(book: Book) -> None:
    assert write_finding(opened(book)) == write_share(opened(book))
    # 1,070 of 1,670, and a sixth of GP3's 400, all of it in MAT.
    assert write_finding(opened(book, search="through=1")).startswith("穿透后，在投成本的 65.5% 投向主导产业")
    told = write_finding(opened(book, search="through=1", login=OFFICIAL))
    assert told == "穿透后没有数：资金投入了您无权查看的子基金，不能穿透。"


@pytest.mark.parametrize(
    ("code", "basis", "name"),
    [
        ("AL01", "cost_through", "成本（穿透）"),
        ("AL03", "flow_period", "所选期间投资"),
        ("AL05", "count", "1 ÷ 5"),
        ("AL10", "fund_pairs", "最相似的一对基金"),
        ("AL11", "effective_firms", "等效家数"),
    ],
)
def test_every_new_number_has_its_passport(book: Book, code: str, basis: str, name: str) -> None:
    context = opened(book, search="from=2025-02-01").context
    assert name in text_of(draw_passport(context, code, basis, "park:P1"))


def test_the_table_of_funds_follows_the_way_of_counting(book: Book) -> None:
    direct, through = (make_funds_table(opened(book, search=search)) for search in ("", "through=1"))

    assert column(direct, "AL01")[0] == "61.3%", "950 of 1,550"
    assert column(through, "AL01")[0] == "58.8%", "950 of 1,550 and a sixth of GP3's 400"
    assert "穿透" in through.columns[-1].title


def test_money_is_told_by_nature_first_and_what_became_of_it(book: Book) -> None:
    assert write_sources(opened(book)) == (
        "累计实缴 3,600.00万元（财政资金 8.3%、社会资本 50.0%、范围外的基金 41.7%）；"
        "投给企业 2,070.00万元，71.0% 进入主导产业"
    )
    assert "（财政资金 50.0%、社会资本 50.0%）" in write_sources(opened(book, search="through=1"))
    assert write_sources(opened(book, "P8")) == "还没有实缴资金"
    assert "登记实缴后" in text_of(draw_sources(opened(book, "P8")))
    table = make_sources_table(opened(book))
    assert column(table, "giver")[:2] == ["财政资金", "社会资本"]
    assert "产业IC · 设计" in column(table, "taker")


@pytest.mark.parametrize(
    "search", ["", "through=1&mode=fractional", "from=2025-01-01", "through=1&from=2024-01-01"]
)
def test_the_page_shows_what_the_report_answers(book: Book, search: str) -> None:
    state = opened(book, search=search)
    asked = Question(
        "park", AS_OF, park_scope("P1"), mode=state.mode, look_through=state.is_through, since=state.since
    )
    told = answer(book, "local", asked)

    for figure in state.reading.figures:
        assert told.figure(figure.code, figure.basis) == figure
    for name in ("leading_change", "overlap", "looked_through", "source_flow", "quantiles", "serving"):
        assert told.table(name) == state.rows(name)
    alone = answer(book, "local", replace(asked, report="alignment"))
    for figure in alone.figures:
        assert told.figure(figure.code, figure.basis) == figure


@pytest.mark.parametrize("code", ["P1", "P8"])
def test_english_leaves_no_word_unsaid(book: Book, code: str) -> None:
    state = opened(book, code, "through=1&mode=fractional", "en")
    told = [write_overlap(state), write_through(state), write_sources(state), *write_changes(state)]

    assert not any("alignment." in sentence or "{" in sentence for sentence in told)


def test_months_are_counted_back_from_the_day() -> None:
    assert count_back(date(2025, 12, 31), 12) == date(2025, 1, 1)
    assert count_back(date(2025, 9, 30), 36) == date(2022, 10, 1)
    assert count_back(date(2024, 2, 29), 12) == date(2023, 3, 1)
    assert count_back(date(2025, 3, 30), 12) == date(2024, 3, 31)
