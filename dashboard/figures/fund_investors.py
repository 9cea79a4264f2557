"""Whose money a fund has, as bars of natures: committed and paid in, as it came and looked through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import PALETTES, Palette
from dashboard.figures.template import TEMPLATES

HEIGHT_PER_BAR = 44
LEAST_SHARE_WITH_TEXT = 0.12


@dataclass(frozen=True)
class NatureBar:
    """One bar: amounts by nature in the unit of the axis with the text of each, in the order of drawing."""

    name: str
    amounts: Mapping[str, float]
    shares: Mapping[str, str]
    hovers: Mapping[str, str]


def draw_fund_investors(
    bars: Sequence[NatureBar], natures: Sequence[str], axis: str, scheme: str
) -> dict[str, Any]:
    """Stacked bars, the first on top; what nobody has confirmed is hatched."""
    palette = PALETTES[scheme]
    widest = max((sum(bar.amounts.values()) for bar in bars), default=0.0)
    return {
        "data": [_trace(nature, bars, widest, palette) for nature in natures],
        "layout": {
            "template": TEMPLATES[scheme],
            "height": HEIGHT_PER_BAR * len(bars) + 60,
            "barmode": "stack",
            "bargap": 0.3,
            "showlegend": False,
            "xaxis": {"title": {"text": axis}, "tickformat": ","},
            "yaxis": {"autorange": "reversed", "type": "category", "ticks": ""},
        },
    }


def _trace(nature: str, bars: Sequence[NatureBar], widest: float, palette: Palette) -> dict[str, Any]:
    colour = _colour(nature, palette)
    marker: dict[str, Any] = {"color": colour, "line": {"width": 1, "color": palette.paper}}
    if nature == "undetermined":
        marker["pattern"] = {"shape": "/", "fgcolor": colour, "bgcolor": palette.paper, "fillmode": "replace"}
    wide = LEAST_SHARE_WITH_TEXT * widest
    return {
        "type": "bar",
        "orientation": "h",
        "name": nature,
        "y": [bar.name for bar in bars],
        "x": [bar.amounts[nature] for bar in bars],
        "text": [bar.shares[nature] if bar.amounts[nature] >= wide > 0 else "" for bar in bars],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": palette.ink if nature == "undetermined" else palette.paper},
        "marker": marker,
        "customdata": [bar.hovers[nature] for bar in bars],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _colour(nature: str, palette: Palette) -> str:
    return {
        "fiscal": palette.fiscal,
        "state_owned": palette.state_owned,
        "social": palette.social,
        "fund": palette.between,
    }.get(nature, palette.unknown)
