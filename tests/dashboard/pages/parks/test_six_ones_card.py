"""The six ones of a park: the twenty in a table, the sentences of trend and appraisal, and what is kept back."""

from collections.abc import Iterator

import pytest

from dashboard.pages.city.six_ones_page import open_six_ones
from dashboard.pages.parks.park_state import open_park
from dashboard.pages.parks.six_ones_appraisal import (
    draw_own_appraisal,
    make_lift_table,
    write_place,
    write_quantiles,
    write_weights,
)
from dashboard.pages.parks.six_ones_card import PARK_TABLES, draw_six_ones, view_of
from dashboard.pages.parks.six_ones_table import make_six_ones_table, write_finding
from dashboard.pages.parks.six_ones_trend_card import draw_trend, make_trend_table, write_trend
from dashboard.pages.parks.six_ones_view import SixOnesView
from funds.book import Book
from funds.kinds import Role, ScopeKind
from tests.builders import membership, park_figure, person, record
from tests.dashboard.pages.drawn import text_of
from tests.dashboard.pages.six_ones_visits import as_sent, asked, cell_hover, column
from tests.dashboard.readings.six_ones_book import OFFICIAL, six_ones_book, weights
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with six_ones_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def view(book: Book, language: str = "zh", code: str = "P1") -> SixOnesView:
    context = asked(book, f"/parks/{code}", "", language, code=code)
    return view_of(open_park(context, code))


def row_of(book: Book, code: str) -> dict[str, str]:
    """A row of the table by its columns' keys."""
    table = make_six_ones_table(view(book))
    at = column(table, "code").index(code)
    return {one.key: table.rows[at][table.column(one.key)].text for one in table.columns}


def test_a_row_says_value_targets_of_both_versions_gaps_and_who_filed_it(book: Book) -> None:
    row = row_of(book, "S06")
    assert {name: row[name] for name in ("name", "value", "period", "gap.1", "gap.2", "evidence")} == {
        "name": "链主企业服务专班（个）",
        "value": "1",
        "period": "2025",
        "gap.1": "✓ 0",
        "gap.2": "✗ −1",
        "evidence": "示例文件 1 号",
    }
    assert (row["target.1"], row["target.2"]) == ("每家链主企业 ≥ 1个", "每家链主企业 ≥ 1个（沿用）")


def test_a_row_says_what_else_there_is_to_know(book: Book) -> None:
    assert row_of(book, "S05")["remark"] == "按 50亿元：1 家。 按 20亿元：2 家。"
    assert row_of(book, "S02")["remark"] == "2025 年按企业产出算（AL07）与填报相差 +7.5 个百分点。"
    assert row_of(book, "S19")["remark"].endswith("按 LV04（实缴）；市里还没有选定认可的口径。")
    assert row_of(book, "S08")["remark"] == "未填报"


def test_a_gap_that_is_none_says_why(book: Book) -> None:
    table = make_six_ones_table(view(book))
    hovers = {code: cell_hover(table, at, "gap.2") for at, code in enumerate(column(table, "code"))}
    assert hovers["S12"] == "按全市考核，单个园区没有目标"
    assert hovers["S07"] == "目标没有数值，不计差距"
    assert hovers["S05"] == "不是对园区的数值目标，不计差距"
    assert hovers["S08"] == "未填报"


def test_the_finding_counts_what_is_reached_missed_and_not_filed(book: Book) -> None:
    """P1: S02, S09; S06, S17; S08, S11. P3 has no leading industry, so no team is asked of it."""
    assert write_finding(view(book)) == "6 项有数值目标：2 项达到，2 项未达到，2 项缺报"
    assert write_finding(view(book, "en")) == (
        "Of 6 targets with a number 2 are reached, 2 are not, and 2 lack figures"
    )
    assert write_finding(view(book, code="P3")) == "5 项有数值目标：1 项达到，0 项未达到，4 项缺报"


def test_the_trend_says_what_went_which_way(book: Book) -> None:
    assert write_trend(view(book)) == "最近一期比上一期：1 项变好，0 项变差，0 项持平"
    record(book, park_figure("P1", "S09", "2024", 25), park_figure("P1", "S17", "2024", 0))
    assert write_trend(view(book)) == "最近一期比上一期：1 项变好，1 项变差，1 项持平"
    table = make_trend_table(view(book))
    assert [one.key for one in table.columns[2:]] == ["2024", "2025"]
    assert "没有一项填报过两期" in text_of(as_sent(draw_trend(view(book, code="P3"))))


def test_without_weights_the_card_says_so(book: Book) -> None:
    assert "未设权重" in text_of(as_sent(draw_own_appraisal(view(book))))
    assert make_lift_table(view(book)).rows == ()


def test_the_place_is_told_with_how_many_were_ranked(book: Book) -> None:
    record(book, *weights(S02=60, S12=40))
    assert write_place(view(book)) == (
        "2025 年度考评得 100 分（满分 100），在 2 个参加排名的园区中列第 1（全市 3 个）"
    )
    assert write_place(view(book, code="P3")) == "2025 年度未参加排名：S12 国家高新技术企业 没有填报"
    assert write_quantiles(view(book)).startswith("参加排名的其他园区不足 5 个")
    assert write_weights(view(book)) == "权重（待核实）：示例文件。"


def test_a_shared_place_says_that_it_is_shared(book: Book) -> None:
    record(book, *weights(S14=10))
    assert "并列第 1" in write_place(view(book))


def test_the_section_and_its_exports_are_drawn_from_the_same_tables(book: Book) -> None:
    context = asked(book, "/parks/P1", "", code="P1")
    drawn = text_of(as_sent(draw_six_ones(open_park(context, "P1"))))
    assert "填报园区指标" in drawn
    for make in PARK_TABLES.values():
        assert make(context).title in drawn or not make(context).rows


def test_an_official_gets_the_own_park_and_of_two_parks_the_one_asked_for(book: Book) -> None:
    assert open_six_ones(asked(book, "/six-ones", login=OFFICIAL)).slice.scope.codes == ("P1",)
    record(
        book,
        person("both"),
        membership("both", Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"),
        membership("both", Role.PARK_OFFICIAL, ScopeKind.PARK, "P2"),
    )
    assert open_six_ones(asked(book, "/six-ones", "park=P2", login="both")).slice.scope.codes == ("P2",)
