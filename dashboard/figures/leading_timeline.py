"""Which industry led from when to when: a bar for each, those that still lead in colour, those that ended grey."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.figures.palette import PALETTES, Palette
from dashboard.figures.template import TEMPLATES

# A tick for every year as long as that leaves room for the numbers.
MOST_YEARLY = 8 * 366
BAR_HEIGHT, EDGES = 52, 44
MILLISECONDS = 86_400_000
# How far above its bar the name of an industry stands.
NAME_ABOVE = 0.36


@dataclass(frozen=True)
class Era:
    """An industry's time as a leading one; `end` is the day on which it no longer led, None while it does."""

    name: str
    told: str
    start: date
    end: date | None
    hover: str


def draw_leading_timeline(eras: Sequence[Era], as_of: date, scheme: str) -> dict[str, Any]:
    """The figure as a plain dictionary, the first era on top; time runs to the as-of day."""
    palette = PALETTES[scheme]
    first = min(era.start for era in eras)
    places = [len(eras) - 1 - at for at in range(len(eras))]
    ends = [era.end or as_of for era in eras]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": places,
        "base": [era.start.isoformat() for era in eras],
        "x": [(end - era.start).days * MILLISECONDS for era, end in zip(eras, ends, strict=True)],
        "width": 0.26,
        "marker": {"color": [_colour(era, palette) for era in eras]},
        "customdata": [era.hover for era in eras],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    margin = timedelta(days=max(20, (as_of - first).days // 60))
    layout = {
        "template": TEMPLATES[scheme],
        "height": BAR_HEIGHT * len(eras) + EDGES,
        "showlegend": False,
        "margin": {"l": 10, "r": 10, "t": 4, "b": 32},
        "xaxis": {
            "type": "date",
            "range": [(first - margin).isoformat(), (as_of + margin).isoformat()],
            "tickformat": "%Y",
            "tick0": "2000-01-01",
            "dtick": "M12" if (as_of - first).days < MOST_YEARLY else "M24",
            "fixedrange": True,
        },
        "yaxis": {"visible": False, "range": [-0.5, len(eras) - 0.4], "fixedrange": True},
        "annotations": [
            note for era, place in zip(eras, places, strict=True) for note in _names(era, place, palette)
        ],
    }
    return {"data": [bars], "layout": layout}


def _colour(era: Era, palette: Palette) -> str:
    return palette.leading if era.end is None else palette.other


def _names(era: Era, place: int, palette: Palette) -> list[dict[str, Any]]:
    shared = {"xref": "paper", "y": place + NAME_ABOVE, "showarrow": False, "yanchor": "middle"}
    ink = palette.ink if era.end is None else palette.ink_soft
    return [
        {**shared, "x": 0, "xanchor": "left", "text": era.name, "font": {"color": ink, "size": 13}},
        {
            **shared,
            "x": 1,
            "xanchor": "right",
            "text": era.told,
            "font": {"color": palette.ink_soft, "size": 13},
        },
    ]
