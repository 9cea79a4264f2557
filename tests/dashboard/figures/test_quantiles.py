"""Strips show what is known: dots where there is a value, a spread only where it may be told."""

from typing import Any

import pytest

from dashboard.figures.palette import PALETTES
from dashboard.figures.quantiles import Strip, draw_quantile_strips

SPREAD = {"p25": 0.25, "median": 0.5, "p75": 0.75}
TOLD = Strip("成本", "60.0%", 0.6, 0.4, SPREAD, "own", "decided", "others")
ALONE = Strip("个数", "—", None, None, None)


def points(figure: dict[str, Any], symbol: str) -> list[tuple[float, float]]:
    """Where the marks of a symbol stand."""
    marked = [trace for trace in figure["data"] if trace["mode"] == "markers"]
    return [(t["x"][0], t["y"][0]) for t in marked if t["marker"]["symbol"] == symbol]


def test_the_first_measure_is_on_top_with_dot_ring_and_median() -> None:
    figure = draw_quantile_strips([TOLD, ALONE], "%", "light")

    assert points(figure, "circle") == [(60, 1)]
    assert points(figure, "circle-open") == [(40, 1)]
    assert points(figure, "line-ns") == [(50, 1)]


def test_the_band_is_the_middle_half_and_nothing_shows_the_ends() -> None:
    lines = [t["x"] for t in draw_quantile_strips([TOLD], "%", "light")["data"] if t["mode"] == "lines"]

    assert lines == [[0, 100], [25, 75]]


def test_a_measure_without_value_and_spread_is_only_its_line() -> None:
    figure = draw_quantile_strips([ALONE], "%", "light")

    assert [trace["mode"] for trace in figure["data"]] == ["lines"]
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["个数", "—"]


def test_a_share_of_one_hundred_is_not_cut_off() -> None:
    figure = draw_quantile_strips([Strip("成本", "100.0%", 1.0, 1.0, None)], "%", "light")

    assert all(trace["cliponaxis"] is False for trace in figure["data"] if trace["mode"] == "markers")


@pytest.mark.parametrize("scheme", PALETTES)
def test_the_own_dot_has_the_colour_of_leading_industries(scheme: str) -> None:
    figure = draw_quantile_strips([TOLD], "%", scheme)
    (dot,) = [t for t in figure["data"] if t["mode"] == "markers" and t["marker"]["symbol"] == "circle"]

    assert dot["marker"]["color"] == PALETTES[scheme].leading
    assert dot["customdata"] == ["own"]
