"""Small panels, one for each measure: how it went from period to period, and the line that it is held against."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import PALETTES, Palette
from dashboard.figures.template import TEMPLATES

COLUMNS, PANEL_HEIGHT = 3, 150
# Room beside, between and above panels, as parts of the width and of a panel's height.
GUTTER, HEAD = 0.05, 0.34
MARGIN = 0.18


@dataclass(frozen=True)
class Panel:
    """A measure: its name with unit, its last value in words, its periods with values, and the target if any."""

    name: str
    told: str
    periods: Sequence[str]
    values: Sequence[float]
    hovers: Sequence[str]
    target: float | None = None
    target_hover: str = ""


def draw_trend_panels(panels: Sequence[Panel], scheme: str) -> dict[str, Any]:
    """The figure as a plain dictionary, panels from left to right and downwards."""
    palette = PALETTES[scheme]
    rows = -(-len(panels) // COLUMNS)
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {
        "template": TEMPLATES[scheme],
        "height": PANEL_HEIGHT * rows + 24,
        "showlegend": False,
        "margin": {"l": 10, "r": 10, "t": 4, "b": 20},
        "annotations": [],
    }
    for at, panel in enumerate(panels):
        number = "" if at == 0 else str(at + 1)
        across, down = _place(at, rows)
        traces += _traces(panel, number, palette)
        layout[f"xaxis{number}"] = _period_axis(panel, across, number)
        layout[f"yaxis{number}"] = _value_axis(panel, down, number)
        layout["annotations"] += _names(panel, across, down, palette)
    return {"data": traces, "layout": layout}


def _place(at: int, rows: int) -> tuple[list[float], list[float]]:
    """Where a panel lies, as parts of the figure's width and height."""
    row, column = divmod(at, COLUMNS)
    width = (1 - GUTTER * (COLUMNS - 1)) / COLUMNS
    left = column * (width + GUTTER)
    bottom = 1 - (row + 1) / rows
    return [left, left + width], [bottom + 0.14 / rows, bottom + (1 - HEAD) / rows]


def _period_axis(panel: Panel, across: Sequence[float], number: str) -> dict[str, Any]:
    ends = [panel.periods[0], panel.periods[-1]]
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(panel.periods),
        "domain": list(across),
        "anchor": f"y{number}",
        "tickvals": ends,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "range": [-0.3, len(panel.periods) - 0.7],
    }


def _value_axis(panel: Panel, down: Sequence[float], number: str) -> dict[str, Any]:
    known = [*panel.values, *([] if panel.target is None else [panel.target])]
    low, high = min(known), max(known)
    room = (high - low or abs(high) or 1) * MARGIN
    return {
        "domain": list(down),
        "anchor": f"x{number}",
        "visible": False,
        "fixedrange": True,
        "range": [low - room, high + room],
    }


def _traces(panel: Panel, number: str, palette: Palette) -> Iterator[dict[str, Any]]:
    axes = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
    if panel.target is not None:
        yield {
            "type": "scatter",
            "mode": "lines",
            "x": [panel.periods[0], panel.periods[-1]],
            "y": [panel.target, panel.target],
            "line": {"color": palette.near, "width": 1.5, "dash": "dash"},
            "customdata": [panel.target_hover] * 2,
            "hovertemplate": "%{customdata}<extra></extra>",
            **axes,
        }
    yield {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(panel.periods),
        "y": list(panel.values),
        "line": {"color": palette.accent, "width": 2},
        "marker": {"color": palette.accent, "size": 6},
        "customdata": list(panel.hovers),
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
        **axes,
    }


def _names(
    panel: Panel, across: Sequence[float], down: Sequence[float], palette: Palette
) -> Iterator[dict[str, Any]]:
    """The name above the panel at the left, the last value beneath it."""
    shared = {
        "xref": "paper",
        "yref": "paper",
        "x": across[0],
        "y": down[1],
        "xanchor": "left",
        "showarrow": False,
        "align": "left",
    }
    yield {
        **shared,
        "yanchor": "bottom",
        "yshift": 20,
        "text": panel.name,
        "font": {"color": palette.ink_soft, "size": 12},
    }
    yield {
        **shared,
        "yanchor": "bottom",
        "yshift": 2,
        "text": panel.told,
        "font": {"color": palette.ink, "size": 14},
    }
