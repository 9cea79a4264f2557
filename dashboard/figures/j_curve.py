"""The J-curve drawn: what investors are out of pocket, what is left in the fund, and the two together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.figures.palette import PALETTES, Palette, fade
from dashboard.figures.template import TEMPLATES
from dashboard.figures.time_axis import time_axis

HEIGHT = 340


@dataclass(frozen=True)
class CurvePoint:
    """The position on a day, in the unit of the axis, and what stands on hover."""

    day: date
    net: float
    nav: float
    value: float
    hover: str


@dataclass(frozen=True)
class CurveNote:
    """A point of the value or the flow that is named: the trough, the way back above nothing."""

    day: date
    height: float
    text: str
    is_above: bool


@dataclass(frozen=True)
class CurveWords:
    """The names of the lines and of the axis."""

    net: str
    nav: str
    value: str
    axis: str


def draw_j_curve(
    points: Sequence[CurvePoint], notes: Sequence[CurveNote], words: CurveWords, scheme: str
) -> dict[str, Any]:
    """NAV as an area, the net flow as a dotted line, their sum as the line to read."""
    palette = PALETTES[scheme]
    days = [point.day.isoformat() for point in points]
    nav = {
        "fill": "tozeroy",
        "fillcolor": fade(palette.accent, 0.12),
        "line": {"color": fade(palette.accent, 0.35), "width": 1},
    }
    data = [
        {**_line(words.nav, days, [point.nav for point in points]), **nav},
        {
            **_line(words.net, days, [point.net for point in points]),
            "line": {"color": palette.ink_soft, "width": 2, "dash": "dot"},
        },
        {
            **_line(words.value, days, [point.value for point in points]),
            "line": {"color": palette.accent, "width": 3},
            "customdata": [point.hover for point in points],
            "hovertemplate": "%{customdata}<extra></extra>",
            "hoverinfo": None,
        },
    ]
    return {
        "data": data,
        "layout": {
            "template": TEMPLATES[scheme],
            "height": HEIGHT,
            "showlegend": False,
            "hovermode": "x",
            "xaxis": time_axis(),
            "yaxis": {
                "title": {"text": words.axis},
                "showgrid": True,
                "zeroline": True,
                "zerolinewidth": 1.5,
                "tickformat": ",",
            },
            "annotations": [_annotate(note, palette) for note in notes],
        },
    }


def _line(name: str, days: list[str], values: list[float]) -> dict[str, Any]:
    mode = "lines+markers" if len(days) == 1 else "lines"
    return {"type": "scatter", "mode": mode, "name": name, "x": days, "y": values, "hoverinfo": "skip"}


def _annotate(note: CurveNote, palette: Palette) -> dict[str, Any]:
    return {
        "x": note.day.isoformat(),
        "y": note.height,
        "text": note.text,
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": palette.rule_strong,
        "ax": 0,
        "ay": -28 if note.is_above else 28,
        "font": {"size": 12, "color": palette.ink},
        "bgcolor": fade(palette.paper, 0.8),
    }
