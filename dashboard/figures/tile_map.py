"""The map of parks as shapes in percent of its frame: six-sided tiles, or outlines where there are any.

Each shape is a link with words in it and not a picture, so that a keyboard reaches it and a reader hears it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]

# A tile of width 1 that stands on its point; lines overlap by a quarter of a tile's height.
HEIGHT, LINE = 1.1547, 0.866
CORNERS: Sequence[Point] = ((0.5, 0), (1, 0.25), (1, 0.75), (0.5, 1), (0, 0.75), (0, 0.25))
# A hair of ground between neighbours.
GAP = 0.03
FLAT = 1e-9


@dataclass(frozen=True)
class Spot:
    """Where something stands: in a column of a line, or within an outline on the same grid."""

    key: str
    column: float
    line: float
    outline: Sequence[Point] = ()


@dataclass(frozen=True)
class Shape:
    """The box of a shape in percent of the frame, its corners in percent of the box, and where its words stand."""

    key: str
    left: float
    top: float
    width: float
    height: float
    corners: str
    words_at: Point


@dataclass(frozen=True)
class TileMap:
    """All shapes, and how wide the frame is for its height; `columns` is its width in tiles."""

    ratio: float
    columns: float
    shapes: tuple[Shape, ...]


def draw_tile_map(spots: Sequence[Spot]) -> TileMap:
    """The frame that holds every spot, and each shape in it."""
    rings = {spot.key: list(spot.outline) if spot.outline else _hexagon(spot) for spot in spots}
    points = [point for ring in rings.values() for point in ring]
    if not points:
        return TileMap(1, 1, ())
    left, top = (min(point[axis] for point in points) for axis in (0, 1))
    width, height = (max(point[axis] for point in points) - low for axis, low in ((0, left), (1, top)))
    shapes = (_place(key, ring, left, top, width or 1, height or 1) for key, ring in rings.items())
    return TileMap(round((width or 1) / (height or 1), 4), width, tuple(shapes))


def _hexagon(spot: Spot) -> list[Point]:
    """The corners of a tile; every other line is shifted by half a tile."""
    shift = 0.5 if int(spot.line) % 2 else 0.0
    x, y = spot.column + shift, spot.line * LINE
    inner = 1 - GAP
    return [(x + GAP / 2 + cx * inner, y + HEIGHT * (GAP / 2 + cy * inner)) for cx, cy in CORNERS]


def _place(key: str, ring: Sequence[Point], left: float, top: float, width: float, height: float) -> Shape:
    low_x, low_y = (min(point[axis] for point in ring) for axis in (0, 1))
    wide, high = (max(point[axis] for point in ring) - low for axis, low in ((0, low_x), (1, low_y)))
    corners = ", ".join(f"{_percent(x - low_x, wide)}% {_percent(y - low_y, high)}%" for x, y in ring)
    middle_x, middle_y = _middle(ring)
    return Shape(
        key,
        _percent(low_x - left, width),
        _percent(low_y - top, height),
        _percent(wide, width),
        _percent(high, height),
        f"polygon({corners})",
        (_percent(middle_x - low_x, wide), _percent(middle_y - low_y, high)),
    )


def _middle(ring: Sequence[Point]) -> Point:
    """The middle of the area; of a line, the middle of its points."""
    area = x_sum = y_sum = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        area += cross
        x_sum += (x1 + x2) * cross
        y_sum += (y1 + y2) * cross
    if abs(area) < FLAT:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    return x_sum / (3 * area), y_sum / (3 * area)


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 3) if whole else 0.0
