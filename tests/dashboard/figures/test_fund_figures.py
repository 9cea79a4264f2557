"""The figures of a fund's page hold what they are given, in the colours of the scheme, with texts to hover."""

from datetime import date, timedelta
from typing import Any

import pytest

from dashboard.figures.fund_investors import NatureBar, draw_fund_investors
from dashboard.figures.fund_timeline import (
    LANES,
    Milestone,
    Pace,
    Period,
    TimelineWords,
    draw_fund_timeline,
    place_labels,
)
from dashboard.figures.j_curve import CurveNote, CurvePoint, CurveWords, draw_j_curve
from dashboard.figures.market_account import AccountPoint, draw_market_account
from dashboard.figures.nav_bridge import BridgeStep, draw_nav_bridge
from dashboard.figures.palette import PALETTES
from dashboard.figures.root_plot import RootWords, draw_root_plot
from dashboard.figures.time_axis import time_axis

FIRST, AS_OF, LAST = date(2020, 1, 1), date(2024, 6, 30), date(2030, 1, 1)
WORDS = TimelineWords("实缴", "投资", "占认缴", "截至")
MIDDLE = date(2025, 1, 1)


def timeline(*milestones: Milestone, as_of: date = AS_OF, periods: bool = True) -> dict[str, Any]:
    found = [Period("投资期", FIRST, MIDDLE), Period("退出期", MIDDLE, LAST)] if periods else []
    paces = [Pace(FIRST, None, None, "无"), Pace(AS_OF, 0.5, 0.25, "半")]
    return draw_fund_timeline(found, milestones, paces, as_of, WORDS, "light")


def test_periods_lie_end_to_end_on_the_line_of_time() -> None:
    first, second = [trace for trace in timeline()["data"] if trace["type"] == "bar"]
    assert (first["base"], first["text"]) == (["2020-01-01"], ["投资期"])
    end = date.fromisoformat(first["base"][0]) + timedelta(milliseconds=first["x"][0])
    assert end.isoformat() == second["base"][0]


def test_what_lies_ahead_is_drawn_hollow_and_late_labels_stand_to_the_left() -> None:
    figure = timeline(Milestone("设立", FIRST, False), Milestone("到期", LAST, True))
    (marks,) = [trace for trace in figure["data"] if trace.get("mode") == "markers"]
    assert marks["marker"]["symbol"] == ["circle", "circle-open"]
    anchors = {note["text"]: note["xanchor"] for note in figure["layout"]["annotations"]}
    assert anchors == {"设立": "left", "到期": "right", "截至": "left"}


def test_the_shares_are_lines_up_to_the_day_and_the_unknown_is_a_gap() -> None:
    lines = [trace for trace in timeline()["data"] if trace.get("mode") == "lines"]
    assert [(line["name"], line["y"]) for line in lines] == [("实缴", [None, 0.5]), ("投资", [None, 0.25])]
    assert lines[0]["customdata"] == ["无", "半"]
    assert lines[0]["line"]["dash"] != lines[1]["line"]["dash"]


def test_short_times_are_told_in_months_by_number_and_long_ones_in_years() -> None:
    assert [stop["value"] for stop in time_axis(anchor="y2")["tickformatstops"]] == ["%Y-%m", "%Y"]
    assert timeline()["layout"]["xaxis"]["anchor"] == "y2"


def test_a_fund_of_one_day_without_periods_can_be_drawn() -> None:
    words = TimelineWords("实缴", "投资", "占认缴", "截至")
    figure = draw_fund_timeline([], [], [], FIRST, words, "dark")
    assert figure["data"] == []
    low, high = figure["layout"]["xaxis"]["range"]
    assert low <= "2020-01-01" <= high


def test_labels_near_each_other_stand_in_rows_of_their_own() -> None:
    close = [FIRST + timedelta(days=at) for at in range(LANES)]
    assert place_labels(close, 1000) == list(range(LANES))
    assert place_labels([FIRST, FIRST + timedelta(days=500)], 1000) == [0, 0]
    crowded = [*close, FIRST + timedelta(days=LANES)]
    assert place_labels(crowded, 1000)[-1] == 0  # the row whose last label is farthest away


def test_the_j_curve_shows_value_net_flow_and_what_is_left() -> None:
    points = [CurvePoint(FIRST, -10.0, 9.0, -1.0, "一"), CurvePoint(AS_OF, -8.0, 11.0, 3.0, "二")]
    notes = [CurveNote(FIRST, -1.0, "最深", False), CurveNote(AS_OF, 3.0, "转正", True)]
    figure = draw_j_curve(points, notes, CurveWords("净现金流", "净资产", "盈亏", "亿元"), "light")
    drawn = {trace["name"]: trace for trace in figure["data"]}
    assert (drawn["净现金流"]["y"], drawn["净资产"]["y"], drawn["盈亏"]["y"]) == (
        [-10.0, -8.0],
        [9.0, 11.0],
        [-1.0, 3.0],
    )
    assert drawn["盈亏"]["customdata"] == ["一", "二"]
    trough, back = figure["layout"]["annotations"]
    assert trough["ay"] > 0 > back["ay"]  # the trough is named from below
    assert figure["layout"]["yaxis"]["title"]["text"] == "亿元"


def test_a_curve_of_one_point_is_marked() -> None:
    words = CurveWords("净现金流", "净资产", "盈亏", "亿元")
    figure = draw_j_curve([CurvePoint(FIRST, -1.0, 1.0, 0.0, "一")], [], words, "dark")
    assert {trace["mode"] for trace in figure["data"]} == {"lines+markers"}


def test_the_bridge_keeps_its_order_and_room_for_the_amounts() -> None:
    steps = [
        BridgeStep("期初", 10.0, "10.00", "h0", is_total=True),
        BridgeStep("实缴", 2.0, "+2.00", "h1"),
        BridgeStep("分配", -5.0, "-5.00", "h2"),
        BridgeStep("期末", 7.0, "7.00", "h3", is_total=True),
    ]
    figure = draw_nav_bridge(steps, "亿元", "light")
    (bars,) = figure["data"]
    assert bars["measure"] == ["absolute", "relative", "relative", "absolute"]
    assert (bars["y"], bars["x"]) == (["期初", "实缴", "分配", "期末"], [10.0, 2.0, -5.0, 7.0])
    low, high = figure["layout"]["xaxis"]["range"]
    assert low == 0
    assert high > 12.0
    assert figure["layout"]["yaxis"]["autorange"] == "reversed"


def test_a_bridge_that_goes_below_nothing_has_room_there_and_an_empty_one_some_width() -> None:
    figure = draw_nav_bridge([BridgeStep("期初", -3.0, "-3.00", "h", is_total=True)], "亿元", "light")
    assert figure["layout"]["xaxis"]["range"][0] < -3.0
    flat = draw_nav_bridge([BridgeStep("期初", 0.0, "0.00", "h", is_total=True)], "亿元", "light")
    low, high = flat["layout"]["xaxis"]["range"]
    assert low < high


def test_every_root_is_marked_on_the_line_of_nothing() -> None:
    words = RootWords("年收益率", "净现值")
    figure = draw_root_plot(
        [(0.0, 5.0), (0.15, -1.0), (0.3, 2.0)], [(0.1, "10%"), (0.2, "20%")], words, "dark"
    )
    curve, marks = figure["data"]
    assert (marks["x"], marks["y"], marks["text"]) == ([0.1, 0.2], [0, 0], ["10%", "20%"])
    assert curve["y"] == [5.0, -1.0, 2.0]
    assert figure["layout"]["yaxis"]["zeroline"] is True


def test_the_market_line_stands_beside_the_fund() -> None:
    points = [AccountPoint(FIRST, 1.0, 2.0, "一"), AccountPoint(AS_OF, 3.0, 2.5, "二")]
    own, other = draw_market_account(points, "净资产", "指数账户", "亿元", "light")["data"]
    assert (own["y"], other["y"]) == ([1.0, 3.0], [2.0, 2.5])
    assert own["customdata"] == ["一", "二"]


@pytest.mark.parametrize("scheme", sorted(PALETTES))
def test_natures_have_their_colours_and_what_is_not_confirmed_is_hatched(scheme: str) -> None:
    natures = ("fiscal", "state_owned", "social", "fund", "undetermined")
    bar = NatureBar(
        "认缴", dict.fromkeys(natures, 1.0), dict.fromkeys(natures, "20%"), dict.fromkeys(natures, "h")
    )
    figure = draw_fund_investors([bar], natures, "亿元", scheme)
    colours = {trace["name"]: trace["marker"] for trace in figure["data"]}
    palette = PALETTES[scheme]
    assert [colours[name]["color"] for name in natures[:4]] == [
        palette.fiscal,
        palette.state_owned,
        palette.social,
        palette.between,
    ]
    assert [name for name in natures if "pattern" in colours[name]] == ["undetermined"]


def test_a_sliver_carries_no_text_and_nothing_at_all_can_be_drawn() -> None:
    shares = {"fiscal": "1.0%", "social": "99.0%"}
    bar = NatureBar("认缴", {"fiscal": 1.0, "social": 99.0}, shares, shares)
    fiscal, social = draw_fund_investors([bar], ("fiscal", "social"), "亿元", "light")["data"]
    assert (fiscal["text"], social["text"]) == ([""], ["99.0%"])
    zero = NatureBar("认缴", {"fiscal": 0.0}, {"fiscal": ""}, {"fiscal": ""})
    (nothing,) = draw_fund_investors([zero], ("fiscal",), "亿元", "light")["data"]
    assert nothing["text"] == [""]
