"""The few strokes that every drawing is made of, with whatever is written into them made harmless."""

from collections.abc import Iterable

from markupsafe import Markup, escape

# A drawing is as wide as the type area of an upright page; its units are points of that width.
WIDTH = 680
TEXT_SIZE = 11
START, MIDDLE, END = "start", "middle", "end"


def draw_sheet(height: float, strokes: Iterable[Markup], told: str) -> Markup:
    """A drawing of a height; `told` says in words what it shows."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{told}">'
        "{strokes}</svg>"
    ).format(width=WIDTH, height=_short(height), told=told, strokes=Markup().join(strokes))


def write(x: float, y: float, text: str, colour: str, anchor: str = START, size: float = TEXT_SIZE) -> Markup:
    """A line of text whose foot stands at a point."""
    return Markup('<text x="{}" y="{}" fill="{}" text-anchor="{}" font-size="{}">{}</text>').format(
        _short(x), _short(y), colour, anchor, _short(size), text
    )


def fill(x: float, y: float, width: float, height: float, colour: str, share: float = 1) -> Markup:
    """A bar, let through to a share."""
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}" fill-opacity="{}"/>').format(
        *map(_short, (x, y, max(width, 0), height)), colour, _short(share)
    )


def rule(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1) -> Markup:
    """A straight line."""
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"/>').format(
        *map(_short, (x1, y1, x2, y2)), colour, _short(width)
    )


def dot(x: float, y: float, radius: float, colour: str, *, is_open: bool = False) -> Markup:
    """A disc, or only its ring."""
    inside = "none" if is_open else colour
    return Markup('<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="2"/>').format(
        *map(_short, (x, y, radius)), inside, colour
    )


def band(x1: float, y1: float, x2: float, y2: float, width: float, colour: str, share: float) -> Markup:
    """A band that leaves and arrives level, as the links of a flow do."""
    middle = (x1 + x2) / 2
    return Markup(
        '<path d="M{},{} C{},{} {},{} {},{}" fill="none" stroke="{}" stroke-opacity="{}" stroke-width="{}"/>'
    ).format(*map(_short, (x1, y1, middle, y1, middle, y2, x2, y2)), colour, share, _short(max(width, 0.4)))


def shorten(text: str, most: int) -> str:
    """A name cut to what its place holds; signs of Chinese count double."""
    used = 0
    for at, sign in enumerate(text):
        used += 2 if ord(sign) > 0x2E7F else 1
        if used > most:
            return f"{text[: max(at - 1, 1)]}…"
    return text


def _short(number: float) -> str:
    return str(escape(f"{number:.2f}".rstrip("0").rstrip(".")))
