"""One indicator of a firm over its periods, small enough to stand beside the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import PALETTES, fade
from dashboard.figures.template import TEMPLATES

HEIGHT = 132


@dataclass(frozen=True)
class FiledPoint:
    """A period with its value and what stands on hover."""

    period: str
    value: float
    hover: str


def draw_company_filed(points: Sequence[FiledPoint], scheme: str) -> dict[str, Any]:
    """Bars from nothing, one for each period, the last one in full colour; periods are names, not days."""
    palette = PALETTES[scheme]
    last, soft = len(points) - 1, fade(palette.accent, 0.4)
    return {
        "data": [
            {
                "type": "bar",
                "x": [point.period for point in points],
                "y": [point.value for point in points],
                "marker": {"color": [palette.accent if at == last else soft for at in range(len(points))]},
                "customdata": [point.hover for point in points],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        ],
        "layout": {
            "template": TEMPLATES[scheme],
            "height": HEIGHT,
            "showlegend": False,
            "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
            "bargap": 0.3,
            "xaxis": {"type": "category", "ticks": "", "fixedrange": True, "nticks": 8},
            "yaxis": {"visible": False, "fixedrange": True, "zeroline": True},
        },
    }
