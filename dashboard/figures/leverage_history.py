"""Leverage by quarter: one panel above the other, each with a line of what was promised and one of what arrived."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import PALETTES, Palette
from dashboard.figures.template import TEMPLATES

PANEL_HEIGHT, EDGES = 190, 60
# Room for the name above a panel, as a part of the panel's height.
HEAD = 0.2


@dataclass(frozen=True)
class Course:
    """One line: its name, days with values (None = no number that day) and hovers; a promise is dashed."""

    name: str
    days: Sequence[str]
    values: Sequence[float | None]
    hovers: Sequence[str]
    is_promise: bool = False


@dataclass(frozen=True)
class Panel:
    """One measure with its lines; a share is drawn from 0 to 100 %."""

    name: str
    is_share: bool
    courses: Sequence[Course]


def draw_leverage_history(panels: Sequence[Panel], scheme: str) -> dict[str, Any]:
    """The figure as a plain dictionary, the first panel on top."""
    palette = PALETTES[scheme]
    layout: dict[str, Any] = {
        "template": TEMPLATES[scheme],
        "height": PANEL_HEIGHT * len(panels) + EDGES,
        "showlegend": False,
        "margin": {"l": 8, "r": 72, "t": 8, "b": 32},
        "xaxis": {
            "type": "date",
            "showgrid": False,
            "fixedrange": True,
            "anchor": f"y{_number(len(panels) - 1)}",
        },
        "annotations": [],
    }
    traces: list[dict[str, Any]] = []
    for at, panel in enumerate(panels):
        top = 1 - at / len(panels)
        bottom, height = 1 - (at + 1) / len(panels), 1 / len(panels)
        layout[f"yaxis{_number(at)}"] = {
            "domain": [bottom + (0.04 * height if at < len(panels) - 1 else 0), top - HEAD * height],
            "rangemode": "tozero",
            "showgrid": True,
            "fixedrange": True,
            "nticks": 5,
            **({"tickformat": ".0%"} if panel.is_share else {"ticksuffix": "×"}),
        }
        layout["annotations"].append(_name(panel, top, palette))
        for trace, label in _draw_courses(panel, at, palette):
            traces.append(trace)
            layout["annotations"] += label
    return {"data": traces, "layout": layout}


def _number(at: int) -> str:
    return "" if at == 0 else str(at + 1)


def _name(panel: Panel, top: float, palette: Palette) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": top,
        "xanchor": "left",
        "yanchor": "top",
        "showarrow": False,
        "text": panel.name,
        "font": {"color": palette.ink_soft, "size": 13},
    }


def _draw_courses(
    panel: Panel, at: int, palette: Palette
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each line, with its name at its right end; two ends that lie close are pushed apart."""
    ends = [_last(course) for course in panel.courses]
    for place, course in enumerate(panel.courses):
        end = ends[place]
        trace = {
            "type": "scatter",
            "mode": "lines+markers",
            "x": list(course.days),
            "y": list(course.values),
            "connectgaps": False,
            "line": {
                "color": palette.between if course.is_promise else palette.social,
                "width": 2,
                "dash": "dash" if course.is_promise else "solid",
            },
            "marker": {"size": 5, "symbol": "circle-open" if course.is_promise else "circle"},
            "customdata": list(course.hovers),
            "hovertemplate": "%{customdata}<extra></extra>",
            "cliponaxis": False,
            "yaxis": f"y{_number(at)}",
        }
        yield trace, [] if end is None else [_label(course, end, ends, at, palette)]


def _last(course: Course) -> tuple[str, float] | None:
    known = [(day, value) for day, value in zip(course.days, course.values, strict=True) if value is not None]
    return known[-1] if known else None


def _label(
    course: Course,
    end: tuple[str, float],
    ends: Sequence[tuple[str, float] | None],
    at: int,
    palette: Palette,
) -> dict[str, Any]:
    others = [one[1] for one in ends if one is not None and one is not end]
    is_lower = any(end[1] < other or (end[1] == other and course.is_promise) for other in others)
    return {
        "x": end[0],
        "y": end[1],
        "yref": f"y{_number(at)}",
        "xanchor": "left",
        "xshift": 8,
        "yshift": (-9 if is_lower else 9) if others else 0,
        "showarrow": False,
        "text": course.name,
        "font": {"color": palette.ink_soft if course.is_promise else palette.social_text, "size": 13},
    }
