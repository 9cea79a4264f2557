"""Amounts by name as level bars, drawn for paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.figures.drawn.ink import WIDTH, draw_sheet, fill, shorten, write
from dashboard.figures.palette import PALETTES

BAR_HEIGHT, NAMES, VALUES = 24, 200, 90


@dataclass(frozen=True)
class Bar:
    """A name with its amount (in any one unit, not below 0), how that is written, and the colour of its meaning."""

    name: str
    amount: float
    told: str
    colour: str


def draw_paper_bars(bars: Sequence[Bar], told: str, scheme: str = "light") -> Markup:
    """The drawing, in the order given; the longest bar fills its room."""
    palette = PALETTES[scheme]
    most = max((bar.amount for bar in bars), default=0) or 1
    room = WIDTH - NAMES - VALUES
    strokes = []
    for at, bar in enumerate(bars):
        y = at * BAR_HEIGHT + 4
        length = room * bar.amount / most
        strokes += [
            write(0, y + 12, shorten(bar.name, 34), palette.ink),
            fill(NAMES, y, max(length, 1), 15, bar.colour),
            write(NAMES + length + 6, y + 12, bar.told, palette.ink_soft),
        ]
    return draw_sheet(len(bars) * BAR_HEIGHT + 6, strokes, told)
