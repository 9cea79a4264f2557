"""The passport of a rate shows its roots, its curve, its flows and the last mark; of a comparison, the levels used."""

from typing import Any

import pytest
from dash import dcc
from dash.development.base_component import Component

from dashboard.pages.passports.passport import draw_passport
from funds.drafts import Draft
from tests.builders import commitment, contribution, fund, index_level, nav, party
from tests.dashboard.pages.fund_visits import context_of, words_of
from tests.dashboard.readings.return_books import book_of, twice_turned, worked_city
from tests.engines import SqliteDatabases

LEVELS = [
    index_level("全收益", "2020-02-28", 1000, is_total_return=True),
    index_level("全收益", "2024-12-31", 1155, is_total_return=True),
]


def passport(
    sqlite: SqliteDatabases, code: str, basis: str, fund_code: str, *drafts: Draft, language: str = "zh"
) -> Component:
    with book_of(sqlite, *drafts) as book:
        context = context_of(book, fund_code, language=language)
        return draw_passport(context, code, basis, f"fund:{fund_code}")


def graphs(node: object) -> list[dict[str, Any]]:
    """The figures drawn below a component."""
    if isinstance(node, list | tuple):
        return [figure for one in node for figure in graphs(one)]
    if isinstance(node, dcc.Graph):
        return [node.to_plotly_json()["props"]["figure"]]  # type: ignore[no-untyped-call]
    return graphs(getattr(node, "children", None)) if isinstance(node, Component) else []


def test_a_rate_shows_its_root_on_the_curve_its_flows_and_the_last_mark(sqlite: SqliteDatabases) -> None:
    sheet = passport(sqlite, "PF09", "nav", "F1", *worked_city())
    text = words_of(sheet)
    for told in (
        "求解结果：有唯一解；全部解：",
        "净现值在 ",
        "个基点来自 2024年9月30日 之后的估值与净值",
        "求解所用的 5 笔现金流（末笔为期末价值）",
        "期末价值",
        "entry:",
    ):
        assert told in text, told
    (figure,) = graphs(sheet)
    assert len(figure["data"][1]["x"]) == 1


def test_both_roots_of_an_awkward_stream_are_marked(sqlite: SqliteDatabases) -> None:
    sheet = passport(sqlite, "PF09", "nav", "T", *twice_turned())
    (figure,) = graphs(sheet)
    assert figure["data"][1]["text"] == ["10.00%", "20.00%"]
    text = words_of(sheet)
    assert "净现值在 10.00%、20.00% 处为零" in text
    assert "最近一次估值的影响：没有经复核的估值或净值" in text


def test_a_curve_without_a_root_says_so(sqlite: SqliteDatabases) -> None:
    gain = [party("LP"), fund("G"), commitment("G", "LP", 10), contribution("G", "LP", 10, "2024-03-01"),
            nav("G", -5, "2024-12-31")]  # fmt: skip
    sheet = passport(sqlite, "PF09", "nav", "G", *gain)
    (figure,) = graphs(sheet)
    assert figure["data"][1]["x"] == []
    assert "净现值在所画范围内没有零点" in words_of(sheet)


def test_where_there_is_nothing_to_draw_there_is_no_curve(sqlite: SqliteDatabases) -> None:
    sheet = passport(sqlite, "PF09", "nav", "B", fund("B"))
    assert graphs(sheet) == []
    assert "全部解：—" in words_of(sheet)


@pytest.mark.parametrize("code", ["PF12", "PF13", "PF14", "PF15"])
def test_a_comparison_shows_the_index_its_kind_and_the_level_of_every_flow(
    sqlite: SqliteDatabases, code: str
) -> None:
    text = words_of(passport(sqlite, code, "total_return_index", "F1", *worked_city(), *LEVELS))
    assert "对照指数 全收益（全收益指数）2024年12月31日 点位 1,155.00" in text
    assert "4 笔现金流所用的点位" in text
    assert "1,000.00 · 2020-02-28" in text
    assert ("万元 ÷ " in text) is (code == "PF12")  # a rate is solved and not divided


def test_without_an_index_the_passport_says_why_there_is_no_number(sqlite: SqliteDatabases) -> None:
    text = words_of(passport(sqlite, "PF12", "index", "F1", *worked_city()))
    assert "账本里没有指数行情" in text
    assert "对照指数" not in text


def test_a_multiple_shows_what_was_divided(sqlite: SqliteDatabases) -> None:
    text = words_of(passport(sqlite, "PF08", "nav", "F1", *worked_city(), language="en"))
    assert "÷" in text
    assert "1.20×" in text
