"""The figures of a firm's page: cost and value as steps, marks that wait, and small bars."""

from datetime import date

import pytest

from dashboard.figures.company_course import CoursePoint, CourseWords, MarkPoint, draw_company_course
from dashboard.figures.company_filed import FiledPoint, draw_company_filed
from dashboard.figures.palette import PALETTES

WORDS = CourseWords("在投成本", "公允价值", "累计回款", "估值", "待复核", "万元")
DAY = date(2024, 6, 30)


def test_cost_and_value_keep_their_level_until_something_happens() -> None:
    points = [CoursePoint(DAY, 5, 5, 0, "一"), CoursePoint(date(2024, 9, 30), 5, 8, 0, "二")]
    drawn = draw_company_course(points, [], WORDS, "light")
    assert [trace["name"] for trace in drawn["data"]] == ["在投成本", "公允价值"]
    assert {trace["line"]["shape"] for trace in drawn["data"]} == {"hv"}
    assert drawn["data"][1]["customdata"] == ["一", "二"]
    assert drawn["layout"]["yaxis"]["title"]["text"] == "万元"


def test_proceeds_are_drawn_where_there_are_any_and_pending_marks_stand_beside_the_line() -> None:
    pending = [MarkPoint(DAY, 9, "待")]
    drawn = draw_company_course([CoursePoint(DAY, 5, 5, 2, "一")], pending, WORDS, "dark")
    names = [trace["name"] for trace in drawn["data"]]
    assert names == ["在投成本", "公允价值", "累计回款", "待复核"]
    assert drawn["data"][-1]["marker"]["symbol"] == "diamond-open"
    assert drawn["data"][0]["mode"] == "lines+markers"  # one day alone would be no line
    assert drawn["layout"]["hovermode"] == "closest"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_newest_period_stands_out(scheme: str) -> None:
    points = [FiledPoint("2023", 1, "a"), FiledPoint("2024", 2, "b")]
    (bars,) = draw_company_filed(points, scheme)["data"]
    first, last = bars["marker"]["color"]
    assert last == PALETTES[scheme].accent != first
    assert bars["x"] == ["2023", "2024"]
