"""The flow of money as one Sankey: natures → funds → industries, in the colours that natures have everywhere."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.figures.palette import PALETTES, Palette, fade
from dashboard.figures.template import TEMPLATES

# How much of a colour a link lets through, so that links that cross are both seen.
LINK_SHARE, FAINT_SHARE = 0.38, 0.16
LEAST_HEIGHT, HEIGHT_PER_NODE = 420, 30


def draw_money_sankey(
    rows: Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
    write: Callable[[int], str],
    scheme: str,
) -> dict[str, Any]:
    """The figure as a plain dictionary; `names` of the nodes, `write` for an amount on hover."""
    palette = PALETTES[scheme]
    nodes = list(dict.fromkeys(row[side] for row in rows for side in ("source", "target")))
    place = {node: at for at, node in enumerate(nodes)}
    flow = {
        "type": "sankey",
        "arrangement": "snap",
        "node": {
            "label": [names.get(node, node) for node in nodes],
            "color": [_node_colour(node, rows, palette) for node in nodes],
            "customdata": [write(_through(node, rows)) for node in nodes],
            "hovertemplate": "%{label}<br>%{customdata}<extra></extra>",
        },
        "link": {
            "source": [place[row["source"]] for row in rows],
            "target": [place[row["target"]] for row in rows],
            # Only the width of a band is drawn from this; the amount that is read is the text beside it.
            "value": [row["amount"] for row in rows],
            "color": [_link_colour(row, palette) for row in rows],
            "customdata": [write(row["amount"]) for row in rows],
            "hovertemplate": "%{source.label} → %{target.label}<br>%{customdata}<extra></extra>",
        },
    }
    funds = sum(node.startswith("fund:") for node in nodes)
    height = max(LEAST_HEIGHT, HEIGHT_PER_NODE * funds + 120)
    return {"data": [flow], "layout": {"template": TEMPLATES[scheme], "height": height}}


def _through(node: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """What passes a node: what comes in, or what goes out where nothing comes in."""
    into: int = sum(row["amount"] for row in rows if row["target"] == node)
    out: int = sum(row["amount"] for row in rows if row["source"] == node)
    return into or out


def _nature_colour(node: str, palette: Palette) -> str:
    colours = {
        "nature:fiscal": palette.fiscal,
        "nature:state_owned": palette.state_owned,
        "nature:social": palette.social,
    }
    return colours.get(node, palette.unknown)


def _node_colour(node: str, rows: Sequence[Mapping[str, Any]], palette: Palette) -> str:
    if node.startswith("nature:"):
        return _nature_colour(node, palette)
    if node.startswith("industry:"):
        into = [row for row in rows if row["target"] == node]
        leading = sum(row["amount"] for row in into if row["is_leading"])
        return palette.leading if 2 * leading >= sum(row["amount"] for row in into) else palette.other
    return palette.between if node.startswith(("fund:", "outside")) else palette.rule_strong


def _link_colour(row: Mapping[str, Any], palette: Palette) -> str:
    source, target = row["source"], row["target"]
    if source.startswith("nature:"):
        return fade(_nature_colour(source, palette), LINK_SHARE)
    if target.startswith("industry:"):
        return fade(palette.leading if row["is_leading"] else palette.other, LINK_SHARE)
    if target.startswith(("fund:", "outside")) and source.startswith(("fund:", "outside")):
        return fade(palette.between, LINK_SHARE)
    return fade(palette.rule_strong, FAINT_SHARE)
