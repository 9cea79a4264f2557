"""How far the money has come as bars beneath one another, each in the colours of whose money it is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from dashboard.figures.palette import PALETTES, Palette
from dashboard.figures.template import TEMPLATES

PARTS = ("fiscal", "state_owned", "social", "undetermined", "fund", "leading", "other")
HEIGHT_PER_BAR, MARGIN = 58, 20
BAR_SHARE, WORDS_ABOVE = 0.38, 23  # of a step's height; pixels from a bar's middle to its words
EDGE = 1.004  # so that the outline of the longest bar is seen whole

Rows = Sequence[Mapping[str, Any]]


def draw_funnel(
    rows: Rows,
    names: Mapping[str, str],
    labels: Mapping[str, tuple[str, str]],
    write: Callable[[int], str],
    scheme: str,
) -> dict[str, Any]:
    """One bar for each step in the order of the rows.

    `names` of steps and parts, `labels` over each bar on its left and right, `write` for an amount on hover.
    A bar without parts is drawn whole: in outline what was only aimed at, filled what came back.
    """
    palette = PALETTES[scheme]
    steps = [row["step"] for row in rows]
    longest = max((row["amount"] or 0 for row in rows), default=0)
    used = [part for part in PARTS if any(row.get(f"part_{part}") for row in rows)]
    bars = [_part_bar(part, rows, names, write, palette) for part in used]
    bars += [_whole_bar(row, names, write, palette) for row in rows if row["amount"] and not _has_parts(row)]
    return {
        "data": bars,
        "layout": {
            "template": TEMPLATES[scheme],
            "height": HEIGHT_PER_BAR * len(rows) + MARGIN,
            "margin": {"l": 1, "r": 1, "t": 20, "b": 0},
            "barmode": "stack",
            "bargap": 1 - BAR_SHARE,
            "showlegend": False,
            "xaxis": {"visible": False, "range": [0, (longest or 1) * EDGE], "fixedrange": True},
            "yaxis": {
                "visible": False,
                "type": "category",
                "categoryorder": "array",
                "categoryarray": steps,
                "range": [len(steps) - 0.5, -0.5],
                "fixedrange": True,
            },
            "annotations": [label for row in rows for label in _labels(row["step"], labels, palette)],
        },
    }


def _has_parts(row: Mapping[str, Any]) -> bool:
    return any(row.get(f"part_{part}") for part in PARTS)


def _part_bar(
    part: str, rows: Rows, names: Mapping[str, str], write: Callable[[int], str], palette: Palette
) -> dict[str, Any]:
    held = [row for row in rows if row.get(f"part_{part}")]
    amounts = [row[f"part_{part}"] for row in held]
    return {
        "type": "bar",
        "orientation": "h",
        "name": names[part],
        "y": [row["step"] for row in held],
        "x": amounts,
        "customdata": [
            [names[row["step"]], write(amount)] for row, amount in zip(held, amounts, strict=True)
        ],
        "hovertemplate": "%{customdata[0]} · %{fullData.name}<br>%{customdata[1]}<extra></extra>",
        "marker": _fill(part, palette),
    }


def _fill(part: str, palette: Palette) -> dict[str, Any]:
    """What nobody confirmed is hatched, so that it never looks like a value of its own."""
    if part == "undetermined":
        hatch = {
            "shape": "/",
            "fgcolor": palette.unknown,
            "bgcolor": palette.paper,
            "size": 5,
            "solidity": 0.4,
        }
        return {"color": palette.unknown, "pattern": hatch}
    return {"color": palette.between if part == "fund" else getattr(palette, part)}


def _whole_bar(
    row: Mapping[str, Any], names: Mapping[str, str], write: Callable[[int], str], palette: Palette
) -> dict[str, Any]:
    is_aim = row["step"] == "aimed"
    marker: dict[str, Any] = {"color": palette.accent}
    if is_aim:
        marker = {"color": "rgba(0,0,0,0)", "line": {"color": palette.rule_strong, "width": 1}}
    return {
        "type": "bar",
        "orientation": "h",
        "name": names[row["step"]],
        "y": [row["step"]],
        "x": [row["amount"]],
        "customdata": [write(row["amount"])],
        "hovertemplate": "%{fullData.name}<br>%{customdata}<extra></extra>",
        "marker": marker,
    }


def _labels(step: str, labels: Mapping[str, tuple[str, str]], palette: Palette) -> Iterator[dict[str, Any]]:
    """The words above a bar: they need no room beside it, however narrow the page."""
    sides = (("left", 0, palette.ink), ("right", 1, palette.ink_soft))
    for (side, at, colour), text in zip(sides, labels[step], strict=True):
        yield {
            "xref": "paper",
            "x": at,
            "y": step,
            "yshift": WORDS_ABOVE,
            "text": text,
            "showarrow": False,
            "xanchor": side,
            "align": side,
            "font": {"color": colour},
        }
