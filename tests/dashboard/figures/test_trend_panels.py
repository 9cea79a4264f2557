"""Panels of trends: one for each measure, periods in order, the target where there is one."""

from dashboard.figures.palette import PALETTES
from dashboard.figures.trend_panels import COLUMNS, Panel, draw_trend_panels

PERIODS = ["2023", "2024", "2025"]


def panel(name: str, target: float | None = None) -> Panel:
    return Panel(name, "30%", PERIODS, [10, 20, 30], ["a", "b", "c"], target, "目标")


def test_every_panel_has_axes_of_its_own_and_its_periods_in_order() -> None:
    figure = draw_trend_panels([panel("A"), panel("B", 25), panel("C"), panel("D")], "light")
    lines = [trace for trace in figure["data"] if "markers" in trace["mode"]]
    assert [trace["xaxis"] for trace in lines] == ["x", "x2", "x3", "x4"]
    assert all(figure["layout"][f"xaxis{n}"]["categoryarray"] == PERIODS for n in ("", "2", "3", "4"))
    assert [trace["customdata"] for trace in lines] == [["a", "b", "c"]] * 4


def test_a_target_is_a_dashed_line_within_the_panel() -> None:
    figure = draw_trend_panels([panel("A", 60)], "dark")
    dashed, _ = figure["data"]
    assert (dashed["y"], dashed["line"]["dash"]) == ([60, 60], "dash")
    assert dashed["line"]["color"] == PALETTES["dark"].near
    low, high = figure["layout"]["yaxis"]["range"]
    assert low < 10 < 60 < high


def test_a_flat_line_has_room_above_and_below() -> None:
    flat = Panel("A", "1", PERIODS, [0, 0, 0], ["", "", ""])
    low, high = draw_trend_panels([flat], "light")["layout"]["yaxis"]["range"]
    assert low < 0 < high


def test_panels_stand_in_rows_that_do_not_overlap() -> None:
    figure = draw_trend_panels([panel(str(n)) for n in range(COLUMNS + 1)], "light")
    first, below = figure["layout"]["yaxis"]["domain"], figure["layout"][f"yaxis{COLUMNS + 1}"]["domain"]
    assert below[1] < first[0]
    assert figure["layout"]["xaxis2"]["domain"][0] > figure["layout"]["xaxis"]["domain"][1]
