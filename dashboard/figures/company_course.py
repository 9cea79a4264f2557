"""What a firm cost and what it was worth over time: two steps, what came back, and the marks that nobody approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.figures.palette import PALETTES, fade
from dashboard.figures.template import TEMPLATES
from dashboard.figures.time_axis import time_axis

HEIGHT = 320


@dataclass(frozen=True)
class CoursePoint:
    """Where the money stood at the end of a day, in the unit of the axis, and what stands on hover."""

    day: date
    cost: float
    value: float
    proceeds: float
    hover: str


@dataclass(frozen=True)
class MarkPoint:
    """A mark that waits for its second person (待复核)."""

    day: date
    value: float
    hover: str


@dataclass(frozen=True)
class CourseWords:
    """The names of the lines and of the axis."""

    cost: str
    value: str
    proceeds: str
    mark: str
    pending: str
    axis: str


def draw_company_course(
    points: Sequence[CoursePoint], pending: Sequence[MarkPoint], words: CourseWords, scheme: str
) -> dict[str, Any]:
    """Cost and value keep their level until something happens; proceeds are drawn where there are any."""
    palette = PALETTES[scheme]
    days = [point.day.isoformat() for point in points]
    soft = {"color": palette.ink_soft, "width": 2, "dash": "dot"}
    data = [
        _step(words.cost, days, [point.cost for point in points], soft),
        {
            **_step(
                words.value, days, [point.value for point in points], {"color": palette.accent, "width": 3}
            ),
            "fill": "tozeroy",
            "fillcolor": fade(palette.accent, 0.08),
            "customdata": [point.hover for point in points],
            "hovertemplate": "%{customdata}<extra></extra>",
            "hoverinfo": None,
        },
    ]
    if any(point.proceeds for point in points):
        dashed = {"color": palette.rule_strong, "width": 2, "dash": "dash"}
        data.append(_step(words.proceeds, days, [point.proceeds for point in points], dashed))
    if pending:
        data.append(_draw_pending(words.pending, pending, palette.near))
    return {
        "data": data,
        "layout": {
            "template": TEMPLATES[scheme],
            "height": HEIGHT,
            "showlegend": False,
            "hovermode": "closest" if pending else "x",
            "xaxis": time_axis(),
            "yaxis": {
                "title": {"text": words.axis},
                "showgrid": True,
                "rangemode": "tozero",
                "tickformat": ",",
            },
        },
    }


def _step(name: str, days: list[str], values: list[float], line: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(days) == 1 else "lines",
        "name": name,
        "x": days,
        "y": values,
        "line": {**line, "shape": "hv"},
        "hoverinfo": "skip",
    }


def _draw_pending(name: str, pending: Sequence[MarkPoint], colour: str) -> dict[str, Any]:
    """Hollow diamonds beside the line: they count in nothing."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [point.day.isoformat() for point in pending],
        "y": [point.value for point in pending],
        "marker": {"symbol": "diamond-open", "size": 11, "color": colour, "line": {"width": 2}},
        "customdata": [point.hover for point in pending],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
