"""Two ways to share a success: for each claimant a bar of its pro-rata part above a bar of its full claim."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import PALETTES
from dashboard.figures.template import TEMPLATES

ROW_HEIGHT, EDGES = 56, 56


@dataclass(frozen=True)
class Claim:
    """One claimant: both parts of the whole with their texts and hovers."""

    name: str
    shared: float
    claimed: float
    shared_text: str
    claimed_text: str
    shared_hover: str
    claimed_hover: str


def draw_leverage_claims(claims: Sequence[Claim], axis: str, scheme: str) -> dict[str, Any]:
    """The figure as a plain dictionary, the first claimant on top."""
    palette = PALETTES[scheme]
    names = [one.name for one in claims]
    longest = max([1.0, *(max(one.shared, one.claimed) for one in claims)])

    def bars(
        values: Sequence[float], texts: Sequence[str], hovers: Sequence[str], colour: str
    ) -> dict[str, Any]:
        return {
            "type": "bar",
            "orientation": "h",
            "x": list(values),
            "y": names,
            "text": list(texts),
            "textposition": "outside",
            "customdata": list(hovers),
            "hovertemplate": "%{customdata}<extra></extra>",
            "marker": {"color": colour},
        }

    return {
        "data": [
            bars(
                [one.shared for one in claims],
                [one.shared_text for one in claims],
                [one.shared_hover for one in claims],
                palette.social,
            ),
            bars(
                [one.claimed for one in claims],
                [one.claimed_text for one in claims],
                [one.claimed_hover for one in claims],
                palette.between,
            ),
        ],
        "layout": {
            "template": TEMPLATES[scheme],
            "height": ROW_HEIGHT * len(claims) + EDGES,
            "barmode": "group",
            "bargap": 0.3,
            "showlegend": False,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 40},
            "xaxis": {
                "range": [0, longest * 1.15],
                "tickformat": ".0%",
                "fixedrange": True,
                "title": {"text": axis, "font": {"size": 13, "color": palette.ink_soft}},
            },
            "yaxis": {"autorange": "reversed", "fixedrange": True, "type": "category"},
        },
    }
