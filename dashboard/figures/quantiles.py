"""Measures of one place as dots on strips from 0 to 100 %, over the spread of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import PALETTES, Palette, fade
from dashboard.figures.template import TEMPLATES

STRIP_HEIGHT, EDGES = 66, 70
BAND_WIDTH, TICK_SIZE, DOT_SIZE = 14, 20, 13
# How far above its strip the name of a measure stands.
NAME_ABOVE = 0.42
PARTS = ("p25", "median", "p75")


@dataclass(frozen=True)
class Strip:
    """A measure: the own value (and by another day's industries) and the others' spread, as shares; None = unknown.

    `told` stands at the right of the name; the hovers explain the dot, the ring and the band.
    """

    name: str
    told: str
    own: float | None
    decided: float | None
    spread: Mapping[str, float] | None
    own_hover: str = ""
    decided_hover: str = ""
    spread_hover: str = ""


def draw_quantile_strips(strips: Sequence[Strip], axis: str, scheme: str) -> dict[str, Any]:
    """The figure as a plain dictionary, the first measure on top."""
    palette = PALETTES[scheme]
    heights = {strip.name: len(strips) - 1 - at for at, strip in enumerate(strips)}
    traces: list[dict[str, Any]] = []
    for strip in strips:
        traces += _spread_traces(strip, heights[strip.name], palette)
    for strip in strips:
        traces += _own_traces(strip, heights[strip.name], palette)
    layout = {
        "template": TEMPLATES[scheme],
        "height": STRIP_HEIGHT * len(strips) + EDGES,
        "showlegend": False,
        "margin": {"l": 10, "r": 10, "t": 8, "b": 48},
        "xaxis": {
            "range": [-1.5, 101.5],
            "tickvals": [0, 25, 50, 75, 100],
            "ticksuffix": "%",
            "zeroline": False,
            "fixedrange": True,
            "title": {"text": axis, "font": {"size": 13, "color": palette.ink_soft}},
        },
        "yaxis": {
            "range": [-0.5, len(strips) - 0.3],
            "visible": False,
            "fixedrange": True,
        },
        "annotations": [note for strip in strips for note in _names(strip, heights[strip.name], palette)],
    }
    return {"data": traces, "layout": layout}


def _names(strip: Strip, height: int, palette: Palette) -> list[dict[str, Any]]:
    """The name at the left above the strip, and what is told of it at the right."""
    shared = {"xref": "paper", "y": height + NAME_ABOVE, "showarrow": False, "yanchor": "middle"}
    quiet, plain = {"color": palette.ink_soft, "size": 13}, {"color": palette.ink, "size": 13}
    return [
        {**shared, "x": 0, "xanchor": "left", "text": strip.name, "font": quiet},
        {**shared, "x": 1, "xanchor": "right", "text": strip.told, "font": plain},
    ]


def _spread_traces(strip: Strip, height: int, palette: Palette) -> list[dict[str, Any]]:
    """A thin line from 0 to 100, and on it the others: the middle half and the median."""
    traces = [_line([0, 100], height, palette.rule, 1)]
    if strip.spread is None:
        return traces
    p25, median, p75 = (100 * strip.spread[part] for part in PARTS)
    hover = {"customdata": [strip.spread_hover] * 2, "hovertemplate": "%{customdata}<extra></extra>"}
    traces.append(
        _line([p25, p75], height, fade(palette.other, 0.55), BAND_WIDTH) | hover | {"hoverinfo": None}
    )
    tick = {"symbol": "line-ns", "size": TICK_SIZE, "line": {"width": 2, "color": palette.ink_soft}}
    traces.append(_point(median, height, tick, strip.spread_hover))
    return traces


def _own_traces(strip: Strip, height: int, palette: Palette) -> list[dict[str, Any]]:
    traces = []
    if strip.decided is not None:
        ring = {
            "symbol": "circle-open",
            "size": DOT_SIZE + 5,
            "color": palette.leading,
            "line": {"width": 2, "color": palette.leading},
        }
        traces.append(_point(100 * strip.decided, height, ring, strip.decided_hover))
    if strip.own is not None:
        dot = {
            "symbol": "circle",
            "size": DOT_SIZE,
            "color": palette.leading,
            "line": {"width": 1.5, "color": palette.paper},
        }
        traces.append(_point(100 * strip.own, height, dot, strip.own_hover))
    return traces


def _line(ends: Sequence[float], height: int, colour: str, width: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(ends),
        "y": [height] * len(ends),
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
    }


def _point(x: float, height: int, marker: Mapping[str, Any], hover: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": [x],
        "y": [height],
        "marker": dict(marker),
        "customdata": [hover],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
