"""Which industry led from when to when, drawn for paper."""

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from dashboard.figures.drawn.ink import END, MIDDLE, WIDTH, draw_sheet, fill, rule, write
from dashboard.figures.leading_timeline import Era
from dashboard.figures.palette import PALETTES

ERA_HEIGHT, FOOT = 38, 24
LEFT, RIGHT = 8, WIDTH - 8
FEWEST_DAYS = 30
# More years than these get a mark every second year.
MOST_YEARLY = 12


def draw_paper_eras(eras: Sequence[Era], as_of: date, told: str, scheme: str = "light") -> Markup:
    """The drawing; those that still lead in colour, those that ended grey."""
    palette = PALETTES[scheme]
    first = min(era.start for era in eras)
    span = max((as_of - first).days, FEWEST_DAYS)
    strokes = []
    for at, era in enumerate(eras):
        y = at * ERA_HEIGHT + 14
        start = LEFT + (RIGHT - LEFT) * (era.start - first).days / span
        end = LEFT + (RIGHT - LEFT) * ((era.end or as_of) - first).days / span
        colour = palette.leading if era.end is None else palette.other
        strokes += [
            write(LEFT, y, era.name, palette.ink),
            write(RIGHT, y, era.told, palette.ink_soft, END),
            fill(start, y + 6, max(end - start, 2), 10, colour),
        ]
    foot = len(eras) * ERA_HEIGHT + FOOT - 8
    for year, place in _years(first, as_of):
        x = LEFT + (RIGHT - LEFT) * place / span
        strokes += [rule(x, 0, x, foot - 12, palette.rule), write(x, foot, year, palette.ink_soft, MIDDLE, 9)]
    return draw_sheet(foot + 6, strokes, told)


def _years(first: date, last: date) -> Iterator[tuple[str, int]]:
    step = 1 if last.year - first.year <= MOST_YEARLY else 2
    for year in range(first.year + 1, last.year + 1, step):
        yield str(year), (date(year, 1, 1) - first).days
