"""What funds had to bring into the city and what was recognised: a bar for each fund, and a stroke at what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import PALETTES
from dashboard.figures.template import TEMPLATES

ROW_HEIGHT, EDGES = 34, 70


@dataclass(frozen=True)
class LocalBar:
    """One fund in the unit of the axis; without a multiple in its contract nothing is `required`."""

    name: str
    recognised: float
    required: float | None
    hover: str


def draw_local_investment(bars: Sequence[LocalBar], axis: str, scheme: str) -> dict[str, Any]:
    """The figure as a plain dictionary, the first fund on top."""
    palette = PALETTES[scheme]
    due = [bar for bar in bars if bar.required is not None]
    colours = [
        palette.good if bar.required is not None and bar.recognised >= bar.required else palette.accent
        for bar in bars
    ]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [bar.recognised for bar in bars],
                "y": [bar.name for bar in bars],
                "marker": {"color": colours},
                "customdata": [bar.hover for bar in bars],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [bar.required for bar in due],
                "y": [bar.name for bar in due],
                "marker": {
                    "symbol": "line-ns",
                    "size": 22,
                    "line": {"width": 3, "color": palette.ink},
                    "color": palette.ink,
                },
                "customdata": [bar.hover for bar in due],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
        ],
        "layout": {
            "template": TEMPLATES[scheme],
            "height": ROW_HEIGHT * len(bars) + EDGES,
            "bargap": 0.4,
            "showlegend": False,
            "xaxis": {"title": {"text": axis}, "tickformat": ",", "rangemode": "tozero", "fixedrange": True},
            "yaxis": {"autorange": "reversed", "type": "category", "ticks": "", "fixedrange": True},
        },
    }
