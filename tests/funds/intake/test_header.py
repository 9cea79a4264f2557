"""Titles are found where they stand, and wrong ones are named with the right ones."""

import pytest

from funds.intake.columns import Kind
from funds.intake.header import find_header, match_header
from funds.intake.sheets import SHEET_BY_TITLE
from funds.money import Unit
from funds.problems import Severity
from tests.funds.intake.workbooks import codes

INVESTMENT = SHEET_BY_TITLE["投资"]
OWNERSHIP = SHEET_BY_TITLE["机构股权"]
GOOD = ["基金代码*", "企业代码*", "付款日*", "金额（万元）*"]


def test_the_header_may_stand_below_a_title() -> None:
    assert find_header(INVESTMENT, [["投资明细表"], [None], ["说明", 5.0], GOOD, ["F1", "C1"]]) == 3


def test_one_familiar_word_is_no_header() -> None:
    assert find_header(INVESTMENT, [["金额", "其他"], ["F1", "C1"]]) is None


def test_the_header_is_sought_in_the_first_ten_rows_only() -> None:
    assert find_header(INVESTMENT, [[None]] * 10 + [GOOD]) is None


@pytest.mark.parametrize(
    "titles",
    [
        ["基金代码", "企业代码", "付款日", "金额（万元）"],
        ["基金代码*", "企业代码 *", "付款日\n*", "金额(万元)*"],
        ["　基金 代码", "企业代码（必填）", "付款日*", "金额* (万元)"],
        ["付款日", "金额（万）", "企业代码", "基金代码"],
    ],
)
def test_width_spaces_asterisks_brackets_and_order_do_not_matter(titles: list[str]) -> None:
    header = match_header(INVESTMENT, titles, 1)
    assert header.problems == ()
    assert header.is_complete
    assert {placed.column.field for placed in header.placed} == {"fund", "company", "paid_on", "amount_fen"}


def test_each_column_knows_its_letter_and_place() -> None:
    header = match_header(INVESTMENT, [None, *GOOD], 4)
    assert header.row == 4
    assert header.letters == {"fund": "B", "company": "C", "paid_on": "D", "amount_fen": "E"}
    assert header.titled == {1, 2, 3, 4}


def test_a_column_of_number_or_words_has_one_letter_for_both() -> None:
    header = match_header(SHEET_BY_TITLE["基金条款"], ["基金代码", "条款", "数值", "生效日"], 1)
    assert header.letters["value_e6"] == header.letters["words"] == "C"


@pytest.mark.parametrize("title", ["比例%", "比例（%）", "比例 ％", "比例% *"])
def test_the_percent_sign_belongs_to_the_title(title: str) -> None:
    header = match_header(OWNERSHIP, ["持有人代码", "被持有机构代码", title, "生效日"], 1)
    assert header.problems == ()


def test_a_title_without_its_percent_sign_is_another() -> None:
    header = match_header(OWNERSHIP, ["持有人代码", "被持有机构代码", "比例", "生效日"], 1)
    assert codes(header.problems) == [("import.misspelt_header", "机构股权!C1")]
    assert header.problems[0].params["nearest"] == "比例%"
    assert not header.is_complete


@pytest.mark.parametrize(("bracket", "fen"), [("元", 500), ("万元", 5_000_000), ("亿元", 50_000_000_000)])
def test_the_unit_of_the_header_holds_for_its_column(bracket: str, fen: int) -> None:
    header = match_header(INVESTMENT, [*GOOD[:3], f"金额（{bracket}）"], 1)
    assert header.placed[3].read(5.0) == fen


def test_a_header_without_a_unit_is_taken_for_ten_thousands_with_a_warning() -> None:
    header = match_header(INVESTMENT, [*GOOD[:3], "金额"], 1)
    assert codes(header.problems) == [("import.unit_assumed", "投资!D1")]
    assert header.problems[0].severity is Severity.WARNING
    assert header.is_complete
    assert header.placed[3].read(1.0) == Unit.WAN


@pytest.mark.parametrize("bracket", ["千元", "美元", "含税"])
def test_an_unknown_unit_is_refused_and_its_rows_are_no_drafts(bracket: str) -> None:
    header = match_header(INVESTMENT, [*GOOD[:3], f"金额（{bracket}）"], 1)
    assert codes(header.problems) == [("import.unknown_unit", "投资!D1")]
    assert not header.is_complete


def test_an_unknown_title_is_named_with_all_that_are_known() -> None:
    header = match_header(INVESTMENT, [*GOOD, "备注"], 1)
    assert codes(header.problems) == [("import.unknown_header", "投资!E1")]
    assert "持股比例%" in header.problems[0].params["columns"]
    assert header.is_complete


def test_a_misspelt_title_is_one_problem_and_not_also_a_missing_one() -> None:
    header = match_header(INVESTMENT, ["基金代号", *GOOD[1:]], 1)
    assert codes(header.problems) == [("import.misspelt_header", "投资!A1")]
    assert not header.is_complete


def test_a_title_that_is_a_number_is_unknown() -> None:
    header = match_header(INVESTMENT, [*GOOD, 2023.0], 1)
    assert codes(header.problems) == [("import.unknown_header", "投资!E1")]


def test_a_title_that_stands_twice_is_refused() -> None:
    header = match_header(INVESTMENT, [*GOOD, "金额（元）"], 1)
    assert codes(header.problems) == [("import.duplicate_header", "投资!E1")]


def test_missing_required_titles_are_each_named() -> None:
    header = match_header(INVESTMENT, GOOD[:2], 3)
    assert codes(header.problems) == [("import.missing_header", "投资!A3")] * 2
    assert [problem.params["column"] for problem in header.problems] == ["付款日", "金额"]


def test_a_bracket_behind_a_title_that_is_no_amount_is_passed_over() -> None:
    header = match_header(INVESTMENT, ["基金代码（见表）", *GOOD[1:]], 1)
    assert header.problems == ()
    assert header.placed[0].column.kind is Kind.CODE
