"""The page of a firm in every state: held by two parks' funds, written off, sold, in the register only, unknown."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from dashboard.pages.companies import (
    company_course_card,
    company_filed_card,
    company_funds_card,
    company_money_tables,
    company_rounds_card,
)
from dashboard.pages.companies.company_head import stand, write_headline
from dashboard.pages.companies.company_page import PAGE
from dashboard.pages.funds.fund_page import PAGE as FUND_PAGE
from dashboard.pages.passports.passport import draw_passport
from dashboard.words.numbers import MoneyUnit
from funds.book import Book
from funds.errors import NotFound
from tests.builders import company_figure, day, record
from tests.dashboard.pages.companies.firm_visits import firm, firm_context, firm_text
from tests.dashboard.pages.fund_visits import context_of, words_of
from tests.dashboard.readings.company_book import BEYOND, OFFICIAL, ON, company_book
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with company_book(sqlite) as made:
        yield made


def test_the_headline_tells_who_put_in_what_it_was_and_what_became_of_it(book: Book) -> None:
    assert write_headline(firm(book, "C1")) == (
        "4 家投资方在 2 个轮次投入 1,900.00 万元；2 只基金共投 1,350.00 万元；"
        "穿透后财政资金 775.00 万元，占 57.4%；100.00 万元 来源待定；"
        "现值 1,450.00 万元；项目投资倍数 1.27×；毛内部收益率 8.52%。"
    )


def test_the_headline_of_an_official_speaks_of_their_own_funds(book: Book) -> None:
    told = write_headline(firm(book, "C1", OFFICIAL))
    assert "您可查看的 1 只基金共投 950.00 万元" in told
    assert "区" not in told


@pytest.mark.parametrize(
    ("code", "login", "standing", "told"),
    [
        ("C1", "local", "held", "现值 1,450.00 万元"),
        ("C2", "local", "written_off", "已核销，收回 0.00 元"),
        ("C3", "local", "exited", "已全部退出，收回 350.00 万元"),
        ("C4", "local", "never", "没有基金投资过这家企业。"),
        ("C6", OFFICIAL, "never", "您可查看的基金没有投资这家企业，以下为全市名录资料。"),
    ],
)
def test_each_standing_is_told(book: Book, code: str, login: str, standing: str, told: str) -> None:
    state = firm(book, code, login)
    assert stand(state) == standing
    assert told in write_headline(state)


def test_a_firm_in_the_register_only_says_so_in_every_card(book: Book) -> None:
    text = firm_text(book, "C5")
    for told in (
        "没有登记这家企业的融资轮次",
        "没有登记这家企业的指标",
        "还没有产业标签",
        "未登记国标行业代码",
        "园区外",
        "名称没有变更记录",
    ):
        assert told in text, told
    assert "累计成本" not in text


def test_somebody_elses_firm_shows_the_register_and_not_its_money(book: Book) -> None:
    text = firm_text(book, "C6", OFFICIAL)
    assert "没有您可查看的轮次" in text
    assert "企业指标只对投资它的基金和所在园区可见" in text
    for hidden in ("700", "机密来源", "天使轮", "乙园区基金"):
        assert hidden not in text, hidden
    assert "机密来源" in firm_text(book, "C6")


def test_a_code_that_nobody_registered_is_not_found(book: Book) -> None:
    with pytest.raises(NotFound):
        firm(book, "C99")


def test_rounds_tell_the_social_share_as_it_came_and_looked_through(book: Book) -> None:
    """(400 + 200) and (600 + 300) of 1,900; 100 of F2's money is nobody's yet."""
    state = firm(book, "C1")
    assert company_rounds_card.write_finding(state) == (
        "各轮资金中社会资本占 31.6%；穿透基金后 47.4%；5.3% 性质待定"
    )
    names = [bar.name for bar in company_rounds_card.list_bars(state, MoneyUnit.WAN)]
    assert names == ["A轮 2021-06", "A轮 2021-06（穿透）", "B轮 2022-06", "B轮 2022-06（穿透）"]


def test_a_round_without_investors_is_told_apart(book: Book) -> None:
    state = firm(book, "C6")
    assert company_rounds_card.write_finding(state).endswith("1 个轮次未列投资方")
    table = company_rounds_card.make_rounds(state)
    assert "未列投资方" in [cell.text for cell in table.rows[0]]


def test_the_table_of_rounds_holds_both_sides_and_ties(book: Book) -> None:
    table = company_rounds_card.make_rounds(firm(book, "C1"))
    groups = {column.group for column in table.columns if column.group}
    assert groups == {"按投资方本身的性质", "穿透基金之后"}
    first = dict(zip([column.key for column in table.columns], table.rows[0], strict=True))
    assert first["sums"].text == "3 家合计与总额一致"
    seen = sum(Fraction(str(cell.value)) for key, cell in first.items() if key.startswith("looked_through_"))
    assert seen == first["total"].value == 1_000


def test_the_sources_of_each_fund_sum_to_what_it_paid(book: Book) -> None:
    state = firm(book, "C1")
    assert company_funds_card.write_sources(state) == "穿透后财政资金占 57.4%：市财政 35.2%、区县财政 22.2%"
    table = company_funds_card.make_sources(state)
    assert [column.key for column in table.columns][1:3] == ["fiscal_municipal", "fiscal_district"]
    for row in (*table.rows, *([table.total] if table.total else [])):
        parts = [cell.value for cell in row[1:]]
        assert sum(Fraction(str(one)) for one in parts[:-1]) == parts[-1]


def test_without_fiscal_money_the_sources_say_so(book: Book) -> None:
    assert company_funds_card.write_sources(firm(book, "C4")) == "穿透后没有财政资金"


def test_the_total_of_the_funds_opens_the_firms_own_figures(book: Book) -> None:
    table = company_funds_card.make_funds(firm(book, "C1"))
    assert table.total is not None
    figures = [cell.figure for cell in table.total if cell.figure is not None]
    assert [(one.code, one.scope) for one in figures] == [("PF11", "company:C1"), ("PF10", "company:C1")]
    assert [row[0].link is not None for row in table.rows] == [True, True]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("C1", "现值 1,450.00 万元，高出在投成本 300.00 万元"),
        ("C2", "已核销，收回 0.00 万元"),
        ("C3", "已全部退出，收回 350.00 万元"),
        ("C6", "现值 700.00 万元，与在投成本持平；1 只基金尚无经复核的估值"),
    ],
)
def test_the_course_says_where_it_stands(book: Book, code: str, told: str) -> None:
    assert company_course_card.write_finding(firm(book, code)) == told


def test_a_mark_that_waits_stands_beside_the_line_and_says_so(book: Book) -> None:
    state = firm(book, "C1")
    (waiting,) = company_course_card.list_marks(state, MoneyUnit.WAN)
    assert waiting.value == 1_500
    table = company_money_tables.make_marks(state)
    assert table.title == "3 次估值；1 次待复核；2 只基金最近的估值已陈旧"
    assert [row[-1].text for row in table.rows] == ["待复核", "现行，已陈旧", "现行，已陈旧"]


def test_filings_are_drawn_by_indicator_and_marks_are_told_in_words(book: Book) -> None:
    record(book, company_figure("C1", "利润", "2024", -3, unit="万元"))
    state = firm(book, "C1")
    kinds = company_filed_card.group_filed(state)
    assert company_filed_card.write_finding(state, kinds) == "年产值自 2022 至 2024 增长 50%"
    assert company_filed_card.tell_marks(state, kinds) == ["链主认定：2024"]
    text = words_of(company_filed_card.draw_filed(state))
    assert "-3 万元" in text
    assert "未注明来源" in text


@pytest.mark.parametrize(
    ("value", "text"), [(1_234_567_000_000, "1,234,567"), (1_500_000, "1.5"), (-20, "-0.00002"), (0, "0")]
)
def test_a_filed_value_is_written_as_it_was_filed(value: int, text: str) -> None:
    assert company_filed_card.write_value(value) == text


@pytest.mark.parametrize("code", ["C1", "C5", "C6"])
def test_every_table_is_exported_in_every_state(book: Book, code: str) -> None:
    context = firm_context(book, code)
    for name, make in PAGE.tables.items():
        table = make(context)
        assert table.name == name
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_the_page_has_english_words_for_all_it_says(book: Book) -> None:
    text = firm_text(book, "C1", language="en")
    assert "company." not in text
    assert "Looked through, fiscal money is 57.4%: city fiscal 35.2%, district fiscal 22.2%" in text


def test_before_its_first_payment_a_firm_is_not_invested_in(book: Book) -> None:
    assert stand(firm(book, "C1", on=day("2021-01-01"))) == "never"


def test_a_passport_names_the_firm_and_its_rows(book: Book) -> None:
    context = firm_context(book, "C1")
    text = words_of(draw_passport(context, "PF11", "fair_value", "company:C1"))
    assert "甲芯片公司" in text
    assert "1,710.00 万元 ÷ 1,350.00 万元 = 1.27×" in text


def test_the_holdings_of_a_fund_lead_to_the_firms(book: Book) -> None:
    table = FUND_PAGE.tables["holdings"](context_of(book, "F1", ON))
    assert {(row[0].link or "").split("?")[0] for row in table.rows} == {
        "/companies/C1",
        "/companies/C2",
        "/companies/C3",
    }


def test_a_person_without_funds_sees_the_page_of_a_firm(book: Book) -> None:
    assert "您可查看的基金没有投资这家企业" in firm_text(book, "C1", BEYOND)
