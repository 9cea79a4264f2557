"""The page of a fund says what is the case also where there is little to say: nothing paid, no index, two roots."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dashboard.pages.funds import fund_bridge_card, fund_curve_card, fund_life_card
from dashboard.pages.funds.fund_head import write_headline
from dashboard.pages.funds.fund_page import PAGE
from dashboard.pages.funds.fund_view import FundView, Row
from funds.book import Book
from funds.drafts import Draft
from funds.errors import NotFound
from funds.kinds import ExitKind, FundClass, FundStatus, GovernmentLevel, Nature, ParkRelation, VehicleType
from tests.builders import (
    commitment,
    company,
    contribution,
    day,
    distribution,
    exit_,
    fund,
    fund_park,
    index_level,
    industry,
    investment,
    mark,
    nature,
    nav,
    park,
    park_industry,
    party,
    policy,
    tag,
    term,
)
from tests.dashboard.pages.fund_visits import context_of, page_text, view_of, words_of
from tests.dashboard.readings.return_books import YEAR_END, book_of, twice_turned, worked_city
from tests.engines import SqliteDatabases

BARE = [fund("B", "示例空白基金")]
YOUNG = [
    party("LP"),
    fund("Y", on="2024-02-01"),
    commitment("Y", "LP", 1_000, "2024-02-01"),
    contribution("Y", "LP", 1_000, "2024-03-15"),
    nav("Y", 1_060, "2024-12-31"),
    policy("irr.young_years", value_e6=2_000_000),
]


@pytest.fixture
def worked(sqlite: SqliteDatabases) -> Iterator[Book]:
    with book_of(sqlite, *worked_city()) as book:
        yield book


def view(sqlite: SqliteDatabases, code: str, *drafts: Draft, on: date = YEAR_END) -> FundView:
    with book_of(sqlite, *drafts) as book:
        return view_of(book, code, on)


def test_a_fund_without_money_says_so_in_every_card(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *BARE) as book:
        text = page_text(book, "B")
    for told in (
        "尚未实缴。",
        "曲线从第一笔实缴开始",
        "账本里没有指数行情",
        "截至这一天还没有认缴",
        "截至这一天还没有投资",
        "没有登记合同条款",
        "未登记目标规模",
        "未登记：投资期截止、退出期截止",
        "净值没有变化",
    ):
        assert told in text, told


@pytest.mark.parametrize("name", sorted(PAGE.tables))
def test_a_table_with_nothing_in_it_is_exported_without_rows(sqlite: SqliteDatabases, name: str) -> None:
    with book_of(sqlite, *BARE) as book:
        table = PAGE.tables[name](context_of(book, "B"))
    assert table.name == name
    if name in ("life", "nav_bridge", "composition"):
        assert table.rows
    else:
        assert table.rows == ()


def test_an_index_without_money_to_compare_says_what_is_missing(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *BARE, index_level()) as book:
        text = page_text(book, "B")
        table = PAGE.tables["market"](context_of(book, "B"))
    assert "没有缴款，无法与指数比较" in text
    assert [cell.text for cell in table.rows[0][2:6]] == ["—"] * 4


def test_several_roots_are_all_told_and_none_is_taken(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *twice_turned()) as book:
        text = page_text(book, "T")
    assert "净内部收益率有 2 个解：10.00%、20.00%，不取其一；请看总价值倍数 0.99×。" in text
    assert "净内部收益率 10" not in text


def test_under_a_year_the_return_of_the_period_stands_beside_the_rate(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *YOUNG) as book:
        text = page_text(book, "Y")
    assert "期间收益 6.00%（291 天，未年化）" in text
    assert "收益率仅供参考" in text


def test_what_rests_on_the_last_mark_stands_beside_an_older_rate(worked: Book) -> None:
    assert "个基点来自最近一次估值" in page_text(worked, "F1")


def test_the_headline_holds_what_can_be_worked_out(sqlite: SqliteDatabases, worked: Book) -> None:
    told = write_headline(view_of(worked, "F1"))
    assert told.startswith("实缴 3,000.00 万元，为认缴的 50.0%；已分配 300.00 万元；总价值为实缴的 1.20×；")
    assert told.endswith("。")
    alone = [party("LP"), fund("X"), contribution("X", "LP", 5, is_inside_commitment=False)]
    with book_of(sqlite, *alone) as book:
        assert write_headline(view_of(book, "X")).startswith("实缴 5.00 万元；")


def test_the_head_says_whose_the_fund_is(sqlite: SqliteDatabases) -> None:
    drafts = [
        park("P1", "甲园区"),
        park("P2", "乙园区"),
        industry("IC", "集成电路"),
        party("GP", "示例管理公司"),
        party("BANK", "示例银行"),
        fund(
            "H",
            "示例基金",
            vehicle_type=VehicleType.PARK_FUND,
            fund_class=FundClass.INDUSTRIAL,
            level=GovernmentLevel.DISTRICT,
            legal_form="有限合伙",
            manager="GP",
            custodian="BANK",
            status=FundStatus.FISCAL_EXIT,
            filing_no="SXX001",
            fields=("IC",),
        ),
        fund_park("H", "P1", 60),
        fund_park("H", None, 40),
        fund_park("H", "P2", 100, relation=ParkRelation.LOCATED),
    ]
    with book_of(sqlite, *drafts) as book:
        text = page_text(book, "H")
        english = page_text(book, "H", language="en")
    for told in (
        "园区产业基金 · 产业投资类 · 区县级 · 有限合伙",
        "示例管理公司",
        "示例银行",
        "SXX001",
        "集成电路",
        "设立甲园区 60%全市 40%落地乙园区",
        "财政提前退出",
    ):
        assert told in text, told
    assert "Park industry fund · Industrial · District" in english
    assert "Nothing paid in yet." in english


@pytest.mark.parametrize(
    ("ends", "on", "expected"),
    [
        ({"invest_end": "2026-01-01", "exit_end": "2028-01-01"}, "2024-12-31", "处于投资期，至 2026年1月1日"),
        ({"invest_end": "2024-12-31", "exit_end": "2028-01-01"}, "2024-12-31", "处于投资期"),
        ({"invest_end": "2023-01-01", "exit_end": "2028-01-01"}, "2024-12-31", "投资期已满，退出期至"),
        (
            {"invest_end": "2022-01-01", "exit_end": "2023-01-01", "extension_end": "2025-01-01"},
            "2024-12-31",
            "退出期已满，延长期至",
        ),
        (
            {"invest_end": "2022-01-01", "exit_end": "2023-01-01"},
            "2024-12-31",
            "最后一个期限已于 2023年1月1日 届满",
        ),
        ({}, "2024-12-31", "2020年1月1日 设立，未登记各期截止日"),
    ],
)
def test_the_life_says_in_which_period_the_fund_is(
    sqlite: SqliteDatabases, ends: dict[str, str], on: str, expected: str
) -> None:
    days: dict[str, Any] = {name: day(text) for name, text in ends.items()}
    made = view(sqlite, "L", fund("L", **days), on=day(on))
    told = fund_life_card.write_finding(made, made.rows("life"))
    assert told.startswith(expected)
    assert told.endswith("尚未实缴")
    assert len(fund_life_card.list_periods(made, made.rows("life"))) == len(ends)


def test_a_milestone_stands_in_the_quarter_that_it_fell_in(worked: Book) -> None:
    table = PAGE.tables["life"](context_of(worked, "F1"))
    events = {row[0].text: row[-1].text for row in table.rows}
    assert events["2020-03-31"] == "设立 2020-01-01；首次实缴 2020-03-01"
    assert events["2024-03-31"].startswith("首次分配 2024-03-01")


def curve(*values: int) -> list[Row]:
    quarters = [f"{2020 + at // 4}-{at % 4 * 3 + 3:02d}-28" for at in range(len(values))]
    return [
        {"day": on, "value": value * 1_000_000, "paid_in": 0, "distributed": 0, "net": 0, "nav": 0}
        for on, value in zip(quarters, values, strict=True)
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((5, 6), "各季末均未低于投入；目前盈余 6.00 万元"),
        ((-1, -9, -4), "2020年二季度浮亏最深，达 9.00 万元；目前浮亏 4.00 万元"),
        ((-1, -9, 2), "2020年二季度浮亏最深，达 9.00 万元；2020年三季度起转正；目前盈余 2.00 万元"),
        ((-9, 2, -1, 3), "2020年一季度浮亏最深，达 9.00 万元；2020年四季度起转正；目前盈余 3.00 万元"),
        ((0, 0), "各季末均未低于投入；目前盈余 0.00 元"),
        ((-9, 2, -1), "2020年一季度浮亏最深，达 9.00 万元；目前浮亏 1.00 万元"),
    ],
)
def test_the_j_curve_is_told_by_its_trough_and_its_way_back(
    sqlite: SqliteDatabases, values: tuple[int, ...], expected: str
) -> None:
    made, rows = view(sqlite, "B", *BARE), curve(*values)
    assert fund_curve_card.write_finding(made, rows) == expected
    names = [note.text for note in fund_curve_card.list_notes(made, rows, made.unit)]
    assert names == ([] if min(values) >= 0 else ["最深"]) + (["转正"] if "转正" in expected else [])


def bridge(**steps: int) -> Row:
    empty = dict.fromkeys((*fund_bridge_card.STEPS, "opening", "closing", "difference"), 0)
    row = {**empty, **{key: value * 1_000_000_000_000 for key, value in steps.items()}}
    return {**row, "ties": not row["difference"], "nav_reported": None, "nav_derived": row["closing"]}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ({}, "净值没有变化"),
        ({"opening": 1, "calls": 2, "closing": 3}, "净值增加 200.00 亿元；变动最大的是实缴 +200.00 亿元"),
        (
            {"opening": 3, "distributions": -2, "fees": -1, "closing": 0},
            "净值减少 300.00 亿元；变动最大的是分配 -200.00 亿元",
        ),
        (
            {"opening": 1, "calls": 1, "closing": 3, "difference": 1},
            "净值增加 200.00 亿元；变动最大的是实缴 +100.00 亿元；期末净值比台账推得的多 100.00 亿元",
        ),
        (
            {"opening": 3, "closing": 2, "difference": -1},
            "净值减少 100.00 亿元；期末净值比台账推得的少 100.00 亿元",
        ),
    ],
)
def test_the_bridge_says_what_moved_most_and_what_is_not_explained(
    sqlite: SqliteDatabases, steps: dict[str, int], expected: str
) -> None:
    row = bridge(**steps)
    assert fund_bridge_card.write_finding(view(sqlite, "B", *BARE), row) == expected
    assert ("difference" in fund_bridge_card.list_steps(row)) == ("difference" in steps)


def test_reported_and_derived_value_stand_side_by_side(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *worked_city(), nav("F1", 3_400)) as book:
        rows = PAGE.tables["nav_bridge"](context_of(book, "F1")).rows
    told = {row[0].text: row[1].text for row in rows}
    assert (told["报告净值"], told["推算净值"], told["报告 − 推算"]) == ("3,400.00", "3,300.00", "100.00")
    assert told["未能解释的差额"] == "100.00"


def test_whose_money_it_is_says_social_looked_through_and_unconfirmed(worked: Book) -> None:
    text = page_text(worked, "F1")
    assert "认缴中社会资本占 0.0%；穿透基金后 0.0%；33.3% 性质待定" in text


def test_without_a_fund_among_the_investors_nothing_is_looked_through(sqlite: SqliteDatabases) -> None:
    drafts = [party("LP"), nature("LP", Nature.SOCIAL), fund("X"), commitment("X", "LP", 10)]
    with book_of(sqlite, *drafts) as book:
        text = page_text(book, "X")
    assert "认缴中社会资本占 100.0%" in text
    assert "穿透基金后" not in text


def test_a_loop_of_funds_says_why_it_is_not_looked_through(sqlite: SqliteDatabases) -> None:
    looped = [fund("X"), fund("Z"), commitment("X", "Z", 100), commitment("Z", "X", 50)]
    with book_of(sqlite, *looped) as book:
        text = page_text(book, "X")
        table = PAGE.tables["composition"](context_of(book, "X"))
    assert "未能穿透：基金之间循环出资而没有外部资金，无法穿透。" in text
    assert table.total is not None
    assert [cell.text for cell in table.total] == ["合计", "100.00", "—", "0.00", "0.00"]


def test_money_without_any_commitment_has_no_share_to_tell(sqlite: SqliteDatabases) -> None:
    alone = [party("LP"), fund("X"), contribution("X", "LP", 5, is_inside_commitment=False)]
    with book_of(sqlite, *alone) as book:
        text = page_text(book, "X")
    assert "认缴中社会资本占" not in text
    assert "1 个出资人，到位率一致" in text


def test_an_investor_that_lags_behind_is_counted(sqlite: SqliteDatabases) -> None:
    late = [party("LP9"), commitment("F1", "LP9", 500)]
    with book_of(sqlite, *worked_city(), *late) as book:
        assert "3 个出资人，1 个到位率低于全基金" in page_text(book, "F1")


def test_a_period_without_length_is_not_drawn(sqlite: SqliteDatabases) -> None:
    made = view(sqlite, "L", fund("L", invest_end=day("2020-01-01"), exit_end=day("2024-01-01")))
    assert [one.name for one in fund_life_card.list_periods(made, made.rows("life"))] == ["退出期"]


def test_money_paid_outside_commitments_is_told_beside_the_list(sqlite: SqliteDatabases) -> None:
    drafts = [*worked_city(), contribution("F1", "LP2", 30, "2021-01-05", is_inside_commitment=False)]
    with book_of(sqlite, *drafts) as book:
        assert "另有认缴外实缴 30.00 万元。" in page_text(book, "F1")


def test_holdings_say_what_is_off_industry_old_or_written_off(sqlite: SqliteDatabases) -> None:
    drafts = [
        *worked_city(),
        policy("nav.stale_quarters", value_e6=1_000_000),
        policy("nav.stale_days", value_e6=45_000_000),
        park_industry("P1", "IC"),
        park_industry("P2", "BIO"),
        fund_park("F1", "P1", 60),
        fund_park("F1", "P2", 40),
        tag("C1", "IC"),
        investment("F1", "C3", 10, "2024-11-01"),
    ]
    with book_of(sqlite, *drafts) as book:
        table = PAGE.tables["holdings"](context_of(book, "F1"))
    rows = {row[0].text: {column.key: cell for column, cell in zip(table.columns, row, strict=True)}
            for row in table.rows}  # fmt: skip
    assert (rows["企业C1"]["leading"].text, rows["企业C1"]["park"].text) == ("60%", "园区P1")
    assert (rows["企业C2"]["state"].text, rows["企业C2"]["mark"].tone) == ("估值陈旧", "near")
    assert rows["企业C2"]["industry"].hover == "没有产业标签。"
    assert (rows["企业C3"]["mark"].text, rows["企业C3"]["park"].text) == ("按成本", "园区外")
    assert table.title == "在投 3 项；1 项估值陈旧"
    assert table.total is not None
    assert table.total[table.column("moic")].text == "1.41×"


def test_four_holdings_are_told_by_the_three_largest(sqlite: SqliteDatabases) -> None:
    more = [company("C4"), investment("F1", "C3", 100), investment("F1", "C4", 100), mark("F1", "C4", 300)]
    gone = [exit_("F1", "C3", 0, "2024-05-01", ExitKind.WRITE_OFF)]
    with book_of(sqlite, *worked_city(), *more, *gone) as book:
        table = PAGE.tables["holdings"](context_of(book, "F1"))
    assert table.title == "前 3 大持仓占在投成本 90.9%；1 项已核销"
    assert [row[table.column("state")].text for row in table.rows] == ["在投", "在投", "已核销", "在投"]


def test_a_mother_shows_the_funds_that_she_paid_into(worked: Book) -> None:
    table = PAGE.tables["stakes"](context_of(worked, "M"))
    assert table.title == "向 1 只基金出资 2,000.00 万元"
    (row,) = table.rows
    assert row[0].link is not None
    assert row[0].link.startswith("/funds/F1?")
    assert "向 1 只基金出资" in page_text(worked, "M")


def test_terms_are_told_with_their_unit_and_since_when(sqlite: SqliteDatabases) -> None:
    terms = [
        term("B", value_e6=8_000_000, unit="%", clause="合伙协议第十条"),
        term("B", "返投倍数", value_e6=1_500_000, unit="倍"),
        term("B", "分配顺序", words="整体分配"),
        term("B", "轮数上限", value_e6=3_000_000),
    ]
    with book_of(sqlite, *BARE, *terms) as book:
        text = page_text(book, "B")
    for told in ("8%合伙协议第十条 · 自 2020-01-01", "1.5 倍自 2020-01-01", "整体分配", "轮数上限3自"):
        assert told in text, told


def test_before_it_was_set_up_a_fund_is_not_found(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *BARE) as book, pytest.raises(NotFound):
        PAGE.layout(context_of(book, "B", date(2019, 12, 31)))


def test_a_price_index_is_called_one_wherever_it_stands(sqlite: SqliteDatabases) -> None:
    levels = [index_level("综指", "2020-02-28", 1000), index_level("综指", "2024-12-31", 1200)]
    with book_of(sqlite, *worked_city(), *levels) as book:
        text = page_text(book, "F1")
        rows = PAGE.tables["market"](context_of(book, "F1")).rows
    assert "对照 综指（价格指数，不含分红）" in text
    assert "同期投入综指（价格指数）" in text
    assert "价格指数不含分红，会使基金显得更好。" in text
    assert [row[1].text for row in rows] == ["价格指数（不含分红）"]


@pytest.mark.parametrize(
    ("last", "word"), [(1_100, "净资产比放在全收益里多"), (2_000, "净资产比放在全收益里少")]
)
def test_the_fund_is_laid_beside_the_same_money_in_the_index(
    sqlite: SqliteDatabases, last: int, word: str
) -> None:
    levels = [
        index_level("全收益", on, level, is_total_return=True)
        for on, level in (("2020-02-28", 1000), ("2024-12-31", last))
    ]
    with book_of(sqlite, *worked_city(), *levels) as book:
        text = page_text(book, "F1")
        made = PAGE.tables["index_account"](context_of(book, "F1"))
    assert word in text
    assert made.rows[0][0].text == "2024-12-31"


def test_an_index_that_begins_too_late_is_compared_with_in_no_way(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *worked_city(), index_level("晚", "2023-01-31")) as book:
        text = page_text(book, "F1")
    assert "与公开市场无法比较：指数行情晚于首笔现金流" in text
    assert "指数账户：每笔实缴" not in text


def test_an_index_that_did_as_well_is_told_as_even(sqlite: SqliteDatabases) -> None:
    flat = [party("LP"), fund("E"), commitment("E", "LP", 10), contribution("E", "LP", 10),
            index_level("平", "2020-02-28", is_total_return=True)]  # fmt: skip
    with book_of(sqlite, *flat, nav("E", 10)) as book:
        assert "KS-PME 1.00×：与同期投入平持平" in page_text(book, "E")
    with book_of(sqlite, *flat, nav("E", 5)) as book:
        assert "KS-PME 0.50×：不及同期投入平" in page_text(book, "E")


def test_the_words_of_a_page_are_read_from_its_components() -> None:
    assert words_of(["a", None, 1]) == "a1"


def test_a_total_distribution_leaves_the_fund_readable(sqlite: SqliteDatabases) -> None:
    over = [party("LP"), fund("O"), commitment("O", "LP", 10), contribution("O", "LP", 10),
            distribution("O", "LP", 10, "2024-03-01")]  # fmt: skip
    with book_of(sqlite, *over) as book:
        assert "总价值为实缴的 1.00×" in page_text(book, "O")
