"""How far a multiple could move: a bar from the lowest to the highest answer, and a line for each doubt by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import PALETTES, Palette, fade
from dashboard.figures.template import TEMPLATES

ROW_HEIGHT, EDGES = 34, 60
BAND_WIDTH = 14
MARGIN = 0.06


@dataclass(frozen=True)
class Reach:
    """One row: its name and the two ends; both are the answer of today where the doubt changes nothing."""

    name: str
    low: float
    high: float
    low_hover: str
    high_hover: str
    is_whole: bool = False


def draw_leverage_range(
    now: float, told: str, reaches: Sequence[Reach], axis: str, scheme: str
) -> dict[str, Any]:
    """The figure as a plain dictionary; `told` names the upright line of today's answer."""
    palette = PALETTES[scheme]
    heights = [len(reaches) - 1 - at for at in range(len(reaches))]
    ends = [now, *(one.low for one in reaches), *(one.high for one in reaches)]
    room = (max(ends) - min(ends) or abs(now) or 1) * MARGIN
    traces = [_now_line(now, len(reaches), palette)]
    for one, height in zip(reaches, heights, strict=True):
        traces += _draw_reach(one, height, now, palette)
    layout = {
        "template": TEMPLATES[scheme],
        "height": ROW_HEIGHT * len(reaches) + EDGES,
        "showlegend": False,
        "margin": {"l": 8, "r": 16, "t": 24, "b": 40},
        "xaxis": {
            "range": [min(ends) - room, max(ends) + room],
            "ticksuffix": "×",
            "zeroline": False,
            "fixedrange": True,
            "title": {"text": axis, "font": {"size": 13, "color": palette.ink_soft}},
        },
        "yaxis": {
            "tickmode": "array",
            "tickvals": heights,
            "ticktext": [one.name for one in reaches],
            "range": [-0.6, len(reaches) - 0.4],
            "fixedrange": True,
        },
        "annotations": [
            {
                "x": now,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "showarrow": False,
                "text": told,
                "font": {"color": palette.ink, "size": 13},
            }
        ],
    }
    return {"data": traces, "layout": layout}


def _now_line(now: float, rows: int, palette: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [now, now],
        "y": [-0.6, rows - 0.4],
        "line": {"color": palette.ink_soft, "width": 1, "dash": "dot"},
        "hoverinfo": "skip",
    }


def _draw_reach(one: Reach, height: int, now: float, palette: Palette) -> list[dict[str, Any]]:
    """All doubts together are a band, a single one a line from today's answer to its own."""
    colour = palette.near
    line = (
        {"color": fade(colour, 0.45), "width": BAND_WIDTH} if one.is_whole else {"color": colour, "width": 2}
    )
    ends = [(one.low, one.low_hover), (one.high, one.high_hover)]
    marks = ends if one.is_whole else [end for end in ends if end[0] != now] or ends[:1]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [one.low, one.high],
            "y": [height, height],
            "line": line,
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [value for value, _ in marks],
            "y": [height] * len(marks),
            "marker": {"size": 10, "color": colour, "line": {"width": 1.5, "color": palette.paper}},
            "customdata": [hover for _, hover in marks],
            "hovertemplate": "%{customdata}<extra></extra>",
            "cliponaxis": False,
        },
    ]
