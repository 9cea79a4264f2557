"""The bars of recognised local investment: what was reached is told by colour and by the stroke at what is due."""

from dashboard.figures.local_investment import LocalBar, draw_local_investment
from dashboard.figures.palette import DARK

BARS = [
    LocalBar("甲", 3.0, 2.0, "甲"),
    LocalBar("乙", 1.0, 2.0, "乙"),
    LocalBar("丙", 1.0, None, "丙"),
]


def test_only_who_reached_what_is_due_has_the_colour_of_that() -> None:
    bars, due = draw_local_investment(BARS, "亿元", "dark")["data"]
    assert bars["marker"]["color"] == [DARK.good, DARK.accent, DARK.accent]
    assert (due["x"], due["y"]) == ([2.0, 2.0], ["甲", "乙"])


def test_every_fund_has_a_line_of_its_own_from_the_top() -> None:
    layout = draw_local_investment(BARS, "亿元", "light")["layout"]
    assert layout["yaxis"]["autorange"] == "reversed"
    assert layout["height"] > draw_local_investment(BARS[:1], "亿元", "light")["layout"]["height"]
