"""Measures of one place on strips from 0 to 100 %, over the spread of the others, drawn for paper."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from dashboard.figures.drawn.ink import END, MIDDLE, WIDTH, dot, draw_sheet, fill, rule, write
from dashboard.figures.palette import PALETTES, Palette
from dashboard.figures.quantiles import PARTS, Strip

STRIP_HEIGHT, FOOT = 46, 26
LEFT, RIGHT = 8, WIDTH - 8
TICKS = (0, 25, 50, 75, 100)


def draw_paper_strips(strips: Sequence[Strip], told: str, scheme: str = "light") -> Markup:
    """The drawing, the first measure on top."""
    palette = PALETTES[scheme]
    strokes = [
        stroke
        for at, strip in enumerate(strips)
        for stroke in _draw_strip(strip, at * STRIP_HEIGHT + 30, palette)
    ]
    foot = len(strips) * STRIP_HEIGHT + FOOT - 8
    ticks = [write(_place(tick / 100), foot, f"{tick}%", palette.ink_soft, MIDDLE, 9) for tick in TICKS[1:-1]]
    ends = [
        write(LEFT, foot, "0%", palette.ink_soft, size=9),
        write(RIGHT, foot, "100%", palette.ink_soft, END, 9),
    ]
    return draw_sheet(foot + 6, [*strokes, *ticks, *ends], told)


def _draw_strip(strip: Strip, y: float, palette: Palette) -> Iterator[Markup]:
    yield write(LEFT, y - 13, strip.name, palette.ink_soft)
    yield write(RIGHT, y - 13, strip.told, palette.ink, END)
    yield rule(LEFT, y, RIGHT, y, palette.rule)
    if strip.spread is not None:
        low, median, high = (_place(strip.spread[part]) for part in PARTS)
        yield fill(low, y - 6, high - low, 12, palette.other, 0.55)
        yield rule(median, y - 9, median, y + 9, palette.ink_soft, 2)
    if strip.decided is not None:
        yield dot(_place(strip.decided), y, 7, palette.leading, is_open=True)
    if strip.own is not None:
        yield dot(_place(strip.own), y, 4.5, palette.leading)


def _place(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * share
