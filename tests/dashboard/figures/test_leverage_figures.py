"""The figures of the leverage page: gaps stay gaps, a doubt is a line from today's answer, shares stand in order."""

import pytest

from dashboard.figures.leverage_claims import Claim, draw_leverage_claims
from dashboard.figures.leverage_history import Course, Panel, draw_leverage_history
from dashboard.figures.leverage_range import Reach, draw_leverage_range
from dashboard.figures.palette import PALETTES

DAYS = ("2023-12-31", "2024-03-31")


def test_each_measure_is_a_panel_with_a_line_for_each_basis() -> None:
    promised = Course("认缴", DAYS, (None, 1.5), ("", "a"), is_promise=True)
    arrived = Course("实缴", DAYS, (0.5, 1.0), ("b", "c"))
    figure = draw_leverage_history(
        [
            Panel("LV04", is_share=False, courses=[promised, arrived]),
            Panel("LV05", is_share=True, courses=[arrived]),
        ],
        "light",
    )
    dashes = [trace["line"]["dash"] for trace in figure["data"]]
    assert dashes == ["dash", "solid", "solid"]
    assert figure["data"][0]["y"] == [None, 1.5]
    assert not figure["data"][0]["connectgaps"]
    layout = figure["layout"]
    assert layout["yaxis"]["domain"][0] > layout["yaxis2"]["domain"][1]
    assert (layout["yaxis"]["ticksuffix"], layout["yaxis2"]["tickformat"]) == ("×", ".0%")
    names = [one["text"] for one in layout["annotations"]]
    assert names == ["LV04", "认缴", "实缴", "LV05", "实缴"]


def test_a_line_that_never_had_a_number_has_no_name_at_its_end() -> None:
    course = Course("认缴", DAYS, (None, None), ("", ""))
    figure = draw_leverage_history([Panel("LV04", is_share=False, courses=[course])], "dark")
    assert [one["text"] for one in figure["layout"]["annotations"]] == ["LV04"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_doubts_are_a_band_and_each_is_a_line_from_now(scheme: str) -> None:
    whole = Reach("全部", 0.5, 1.5, "low", "high", is_whole=True)
    one = Reach("甲", 0.8, 1.0, "甲 0.8", "甲 0.8")
    same = Reach("乙", 1.0, 1.0, "乙 1.0", "乙 1.0")
    figure = draw_leverage_range(1.0, "现状", [whole, one, same], "LV04", scheme)
    marks = [trace for trace in figure["data"] if trace["mode"] == "markers"]
    assert [list(trace["x"]) for trace in marks] == [[0.5, 1.5], [0.8], [1.0]]
    assert marks[0]["marker"]["color"] == PALETTES[scheme].near
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < 0.5
    assert high > 1.5
    assert figure["layout"]["yaxis"]["ticktext"] == ["全部", "甲", "乙"]


def test_a_full_claim_stands_below_the_pro_rata_part() -> None:
    claim = Claim("市", 0.6, 1.2, "60.0%", "120.0%", "a", "b")
    figure = draw_leverage_claims([claim], "占比", "light")
    assert [trace["x"] for trace in figure["data"]] == [[0.6], [1.2]]
    assert figure["layout"]["xaxis"]["range"][1] > 1.2
    assert figure["data"][0]["marker"]["color"] == PALETTES["light"].social
