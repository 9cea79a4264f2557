"""The life of a fund on one line of time: its periods, what happened when, and how far its money was used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.figures.palette import PALETTES, Palette, fade
from dashboard.figures.template import TEMPLATES
from dashboard.figures.time_axis import time_axis

MILLISECONDS_A_DAY = 86_400_000
LANES, CROWDED = 4, 0.13  # rows of labels, and how much of the whole time a label takes
HEIGHT = 330
MARGIN, LATE = 0.02, 0.85  # shares of the whole time: beyond both ends; from where on texts stand to the left
BAR, LABELS_AT, LANE = 0.35, 0.62, 0.42
# How dark each period is drawn, by its order.
SHADES = (0.85, 0.5, 0.28)


@dataclass(frozen=True)
class Period:
    """A period of the contract with its name."""

    name: str
    start: date
    end: date


@dataclass(frozen=True)
class Milestone:
    """Something on a day; what lies ahead is drawn hollow."""

    name: str
    day: date
    is_ahead: bool


@dataclass(frozen=True)
class Pace:
    """Shares of the commitments paid in and invested by a day, None where nothing was committed."""

    day: date
    paid: float | None
    invested: float | None
    hover: str


@dataclass(frozen=True)
class TimelineWords:
    """What the figure says in words."""

    paid: str
    invested: str
    axis: str
    as_of: str


def draw_fund_timeline(
    periods: Sequence[Period],
    milestones: Sequence[Milestone],
    paces: Sequence[Pace],
    as_of: date,
    words: TimelineWords,
    scheme: str,
) -> dict[str, Any]:
    """Periods as bars above, milestones over them, and the two shares as quiet lines beneath."""
    palette = PALETTES[scheme]
    days = [
        as_of,
        *(one.day for one in milestones),
        *(end for one in periods for end in (one.start, one.end)),
    ]
    first, last = min(days), max(days)
    span = max((last - first).days, 1)
    data = [_bar(period, SHADES[at % len(SHADES)], palette) for at, period in enumerate(periods)]
    data += [_marks(milestones, palette)] if milestones else []
    data += _lines(paces, words, palette) if paces else []
    return {
        "data": data,
        "layout": {
            "template": TEMPLATES[scheme],
            "height": HEIGHT,
            "barmode": "overlay",
            "showlegend": False,
            "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
            "xaxis": time_axis(
                anchor="y2", range=[_shift(first, -MARGIN * span), _shift(last, MARGIN * span)]
            ),
            "yaxis": {
                "domain": [0.5, 1],
                "range": [-0.5, LABELS_AT + LANES * LANE],
                "visible": False,
                "fixedrange": True,
            },
            "yaxis2": {
                "domain": [0, 0.42],
                "tickformat": ".0%",
                "rangemode": "tozero",
                "nticks": 4,
                "showgrid": True,
                "title": {"text": words.axis},
                "fixedrange": True,
            },
            "shapes": [_today(as_of, palette)],
            "annotations": [
                *_labels(milestones, first, span, palette),
                _today_label(as_of, words, palette, _is_late(as_of, first, span)),
            ],
        },
    }


def place_labels(days: Sequence[date], span: int) -> list[int]:
    """The row of each label, so that labels near each other do not lie on one another."""
    last: list[date | None] = [None] * LANES
    lanes = []
    for day in days:
        free = [at for at, other in enumerate(last) if other is None or (day - other).days > CROWDED * span]
        lane = free[0] if free else min(range(LANES), key=lambda at: last[at] or date.min)
        last[lane] = day
        lanes.append(lane)
    return lanes


def _bar(period: Period, shade: float, palette: Palette) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "base": [period.start.isoformat()],
        "x": [(period.end - period.start).days * MILLISECONDS_A_DAY],
        "y": [0],
        "width": [2 * BAR],
        "text": [period.name],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textfont": {"color": palette.on_accent if shade > SHADES[1] else palette.ink},
        "marker": {"color": fade(palette.accent, shade)},
        "customdata": [f"{period.name}<br>{period.start.isoformat()} – {period.end.isoformat()}"],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _marks(milestones: Sequence[Milestone], palette: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [one.day.isoformat() for one in milestones],
        "y": [BAR + 0.1] * len(milestones),
        "marker": {
            "symbol": ["circle-open" if one.is_ahead else "circle" for one in milestones],
            "size": 7,
            "color": palette.ink,
        },
        "customdata": [f"{one.name}<br>{one.day.isoformat()}" for one in milestones],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _labels(
    milestones: Sequence[Milestone], first: date, span: int, palette: Palette
) -> list[dict[str, Any]]:
    lanes = place_labels([one.day for one in milestones], span)
    return [
        {
            "x": one.day.isoformat(),
            "y": LABELS_AT + lane * LANE,
            "text": one.name,
            "showarrow": False,
            "xanchor": "right" if _is_late(one.day, first, span) else "left",
            "yanchor": "bottom",
            "xshift": 4 if _is_late(one.day, first, span) else -4,
            "font": {"size": 12, "color": palette.ink_soft if one.is_ahead else palette.ink},
        }
        for one, lane in zip(milestones, lanes, strict=True)
    ]


def _lines(paces: Sequence[Pace], words: TimelineWords, palette: Palette) -> list[dict[str, Any]]:
    days = [one.day.isoformat() for one in paces]
    shares = {
        words.paid: ([one.paid for one in paces], palette.accent, "solid"),
        words.invested: ([one.invested for one in paces], palette.ink_soft, "dot"),
    }
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": days,
            "y": values,
            "yaxis": "y2",
            "line": {"color": colour, "dash": dash, "shape": "hv", "width": 2},
            "customdata": [one.hover for one in paces],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
        for name, (values, colour, dash) in shares.items()
    ]


def _is_late(day: date, first: date, span: int) -> bool:
    """Whether a text on a day has more room on its left."""
    return (day - first).days > LATE * span


def _shift(day: date, days: float) -> str:
    return (day + timedelta(days=round(days))).isoformat()


def _today(as_of: date, palette: Palette) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": as_of.isoformat(),
        "x1": as_of.isoformat(),
        "y0": 0,
        "y1": 1,
        "line": {"color": palette.rule_strong, "width": 1, "dash": "dash"},
    }


def _today_label(as_of: date, words: TimelineWords, palette: Palette, is_late: bool) -> dict[str, Any]:
    return {
        "x": as_of.isoformat(),
        "y": 0,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "right" if is_late else "left",
        "xshift": -4 if is_late else 4,
        "text": words.as_of,
        "showarrow": False,
        "font": {"size": 12, "color": palette.ink_soft},
    }
