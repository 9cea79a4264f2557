"""What a stream of flows is worth at every rate: the curve crosses nothing at each rate that solves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import PALETTES
from dashboard.figures.template import TEMPLATES

HEIGHT = 240


@dataclass(frozen=True)
class RootWords:
    """The names of the axes and of a root."""

    rate: str
    worth: str


def draw_root_plot(
    samples: Sequence[tuple[float, float]], roots: Sequence[tuple[float, str]], words: RootWords, scheme: str
) -> dict[str, Any]:
    """The curve over the samples (rate, worth), a line at nothing, and each root with its text."""
    palette = PALETTES[scheme]
    curve = {
        "type": "scatter",
        "mode": "lines",
        "x": [rate for rate, _ in samples],
        "y": [worth for _, worth in samples],
        "line": {"color": palette.accent, "width": 2},
        "hovertemplate": "%{x:.2%}<br>%{y:,.2f}<extra></extra>",
    }
    marks = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [rate for rate, _ in roots],
        "y": [0] * len(roots),
        "text": [text for _, text in roots],
        "textposition": "top right",
        "textfont": {"size": 13, "color": palette.ink},
        "marker": {"size": 9, "color": palette.accent, "line": {"color": palette.raised, "width": 2}},
        "hovertemplate": "%{text}<extra></extra>",
    }
    return {
        "data": [curve, marks],
        "layout": {
            "template": TEMPLATES[scheme],
            "height": HEIGHT,
            "showlegend": False,
            "xaxis": {"title": {"text": words.rate}, "tickformat": ".0%"},
            "yaxis": {
                "title": {"text": words.worth},
                "showgrid": True,
                "zeroline": True,
                "zerolinewidth": 1.5,
                "tickformat": ",",
            },
        },
    }
