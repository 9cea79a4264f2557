"""The NAV bridge as a waterfall that lies on its side, so that the names of its steps can be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import PALETTES, fade
from dashboard.figures.template import TEMPLATES

HEIGHT_PER_STEP, LEAST_HEIGHT = 30, 120
ROOM = 0.16  # of the widest bar, for the amounts beside it


@dataclass(frozen=True)
class BridgeStep:
    """A step by name: its amount in the unit of the axis, or a level that is reached (`is_total`)."""

    name: str
    amount: float
    text: str
    hover: str
    is_total: bool = False


def draw_nav_bridge(steps: Sequence[BridgeStep], axis: str, scheme: str) -> dict[str, Any]:
    """From the opening value at the top to the closing one at the foot; signs stand beside the bars."""
    palette = PALETTES[scheme]
    low, high = _reach(steps)
    room = ROOM * (high - low or 1)
    bars = {
        "type": "waterfall",
        "orientation": "h",
        "measure": ["absolute" if step.is_total else "relative" for step in steps],
        "y": [step.name for step in steps],
        "x": [step.amount for step in steps],
        "text": [step.text for step in steps],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [step.hover for step in steps],
        "hovertemplate": "%{customdata}<extra></extra>",
        "increasing": {"marker": {"color": fade(palette.accent, 0.55)}},
        "decreasing": {"marker": {"color": palette.rule_strong}},
        "totals": {"marker": {"color": palette.accent}},
    }
    return {
        "data": [bars],
        "layout": {
            "template": TEMPLATES[scheme],
            "height": max(LEAST_HEIGHT, HEIGHT_PER_STEP * len(steps) + 60),
            "showlegend": False,
            "bargap": 0.3,
            "xaxis": {
                "title": {"text": axis},
                "range": [low - (room if low < 0 else 0), high + room],
                "tickformat": ",",
            },
            "yaxis": {"autorange": "reversed", "type": "category", "ticks": ""},
        },
    }


def _reach(steps: Sequence[BridgeStep]) -> tuple[float, float]:
    """The lowest and the highest level that the bridge touches, nothing included."""
    level, levels = 0.0, [0.0]
    for step in steps:
        level = step.amount if step.is_total else level + step.amount
        levels.append(level)
    return min(levels), max(levels)
