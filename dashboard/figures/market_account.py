"""A fund's value beside the same money in an index, from quarter to quarter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.figures.palette import PALETTES
from dashboard.figures.template import TEMPLATES
from dashboard.figures.time_axis import time_axis

HEIGHT = 260


@dataclass(frozen=True)
class AccountPoint:
    """Both values on a day, in the unit of the axis, and what stands on hover."""

    day: date
    nav: float
    account: float
    hover: str


def draw_market_account(
    points: Sequence[AccountPoint], nav: str, account: str, axis: str, scheme: str
) -> dict[str, Any]:
    """The fund's line, and the index account's as dots."""
    palette = PALETTES[scheme]
    days = [point.day.isoformat() for point in points]
    own = {
        "type": "scatter",
        "mode": "lines",
        "name": nav,
        "x": days,
        "y": [point.nav for point in points],
        "line": {"color": palette.accent, "width": 3},
        "customdata": [point.hover for point in points],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    other = {
        "type": "scatter",
        "mode": "lines",
        "name": account,
        "x": days,
        "y": [point.account for point in points],
        "line": {"color": palette.ink_soft, "width": 2, "dash": "dot"},
        "hoverinfo": "skip",
    }
    return {
        "data": [own, other],
        "layout": {
            "template": TEMPLATES[scheme],
            "height": HEIGHT,
            "showlegend": False,
            "hovermode": "x",
            "xaxis": time_axis(),
            "yaxis": {
                "title": {"text": axis},
                "showgrid": True,
                "zeroline": True,
                "tickformat": ",",
                "rangemode": "tozero",
            },
        },
    }
