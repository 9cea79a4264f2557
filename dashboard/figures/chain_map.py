"""Where the segments of a chain stand, from upstream on the left to downstream on the right, and the lines between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import PALETTES, Palette
from dashboard.figures.template import TEMPLATES

# What a box takes of its cell, and how far the line at its feet runs below it.
EDGE_OF_BOX, LANE = 0.06, 0.46
ORDER = ("upstream", "midstream", "downstream", None)


@dataclass(frozen=True)
class Box:
    """A segment: its key, where it stands in the chain, and the broader segment that it is a part of."""

    key: str
    position: str | None
    parent: str | None = None
    is_gap: bool = False


@dataclass(frozen=True)
class Cell:
    """The place of a segment, counted from the upper left; `column` runs downstream."""

    column: int
    row: int


@dataclass(frozen=True)
class ChainLayout:
    """Where each segment stands, and the position that each column belongs to."""

    cells: Mapping[str, Cell]
    positions: tuple[str | None, ...]
    rows: int


Edges = Sequence[tuple[str, str]]


def lay_out_chain(boxes: Sequence[Box], edges: Edges) -> ChainLayout:
    """Columns by position, and within one by how many segments of it lie before; a part stands below its whole."""
    depths = _depths(boxes, edges)
    steps = sorted({(ORDER.index(box.position), depths[box.key]) for box in boxes})
    columns = {step: at for at, step in enumerate(steps)}
    cells: dict[str, Cell] = {}
    filled = [0] * len(steps)
    for box in _whole_before_parts(boxes):
        column = columns[ORDER.index(box.position), depths[box.key]]
        cells[box.key] = Cell(column, filled[column])
        filled[column] += 1
    return ChainLayout(cells, tuple(ORDER[place] for place, _ in steps), max(filled, default=0))


def draw_chain_edges(layout: ChainLayout, boxes: Sequence[Box], edges: Edges, scheme: str) -> dict[str, Any]:
    """The lines and their arrows alone, over one unit for each column and row; dotted where they meet a gap."""
    palette = PALETTES[scheme]
    gaps = {box.key for box in boxes if box.is_gap}
    known = [edge for edge in edges if edge[0] in layout.cells and edge[1] in layout.cells]
    fixed = {"visible": False, "fixedrange": True, "automargin": False}
    return {
        "data": [],
        "layout": {
            "template": TEMPLATES[scheme],
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "showlegend": False,
            "xaxis": {**fixed, "range": [0, len(layout.positions)]},
            "yaxis": {**fixed, "range": [layout.rows, 0]},
            "shapes": [_line(layout, edge, bool(gaps & set(edge)), palette) for edge in known],
            "annotations": [_arrow(layout, edge, palette) for edge in known],
        },
    }


def _depths(boxes: Sequence[Box], edges: Edges) -> dict[str, int]:
    """How many segments of the same position lie before each, along the longest way; a part is as deep as its whole."""
    positions = {box.key: box.position for box in boxes}
    within = [(a, b) for a, b in edges if a in positions and b in positions and positions[a] == positions[b]]
    depths = dict.fromkeys(positions, 0)
    for _ in boxes:  # as many rounds as the longest way can have steps
        for before, after in within:
            depths[after] = max(depths[after], min(depths[before] + 1, len(boxes)))
    for box in boxes:
        if box.parent in positions and positions[box.parent] == box.position:
            depths[box.key] = depths[box.parent]
    return depths


def _whole_before_parts(boxes: Sequence[Box]) -> list[Box]:
    """The boxes in their order, each part right behind its whole."""
    known = {box.key for box in boxes}
    parts: dict[str, list[Box]] = {}
    for box in boxes:
        if box.parent is not None and box.parent in known:
            parts.setdefault(box.parent, []).append(box)
    ordered: list[Box] = []
    waiting = [box for box in reversed(boxes) if box.parent is None or box.parent not in known]
    while waiting:
        box = waiting.pop()
        ordered.append(box)
        waiting.extend(reversed(parts.get(box.key, [])))
    return ordered


def _line(layout: ChainLayout, edge: tuple[str, str], is_loose: bool, palette: Palette) -> dict[str, Any]:
    return {
        "type": "path",
        "path": _path(*(layout.cells[key] for key in edge)),
        "line": {"color": palette.rule_strong, "width": 1.5, "dash": "dot" if is_loose else "solid"},
        "layer": "below",
    }


def _path(start: Cell, end: Cell) -> str:
    """From the right of one box to the left of the other; past boxes between them it runs below the row."""
    x0, y0 = start.column + 1 - EDGE_OF_BOX, start.row + 0.5
    x1, y1 = end.column + EDGE_OF_BOX, end.row + 0.5
    if end.column - start.column == 1:
        bend = (x0 + x1) / 2
        return f"M {x0:.3f},{y0:.3f} C {bend:.3f},{y0:.3f} {bend:.3f},{y1:.3f} {x1:.3f},{y1:.3f}"
    lane, bend = max(start.row, end.row) + 0.5 + LANE, 2 * EDGE_OF_BOX
    return (
        f"M {x0:.3f},{y0:.3f} C {x0 + bend:.3f},{y0:.3f} {x0:.3f},{lane:.3f} {x0 + bend:.3f},{lane:.3f} "
        f"L {x1 - bend:.3f},{lane:.3f} C {x1:.3f},{lane:.3f} {x1 - bend:.3f},{y1:.3f} {x1:.3f},{y1:.3f}"
    )


def _arrow(layout: ChainLayout, edge: tuple[str, str], palette: Palette) -> dict[str, Any]:
    end = layout.cells[edge[1]]
    x, y = end.column + EDGE_OF_BOX, end.row + 0.5
    return {
        "x": x,
        "y": y,
        "ax": x - 0.04,
        "ay": y,
        "xref": "x",
        "yref": "y",
        "axref": "x",
        "ayref": "y",
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 1.2,
        "arrowwidth": 1.5,
        "arrowcolor": palette.rule_strong,
    }
