"""The flow of money as one Sankey: natures → funds → industries, in the colours that natures have everywhere."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.figures.palette import PALETTES, Palette, fade
from dashboard.figures.template import TEMPLATES

# How much of a colour a link lets through, so that links that cross are both seen.
LINK_SHARE, FAINT_SHARE = 0.38, 0.16
LEAST_HEIGHT, HEIGHT_PER_NODE = 420, 30
FUNDS = ("fund:", "tier:", "outside")

Rows = Sequence[Mapping[str, Any]]


def draw_money_sankey(
    rows: Rows, names: Mapping[str, str], write: Callable[[int], str], scheme: str
) -> dict[str, Any]:
    """The figure as a plain dictionary; `names` of the nodes, `write` for an amount on hover."""
    nodes = list(dict.fromkeys(row[side] for row in rows for side in ("giver", "taker")))
    funds = sum(node.startswith("fund:") for node in nodes)
    height = max(LEAST_HEIGHT, HEIGHT_PER_NODE * funds + 120)
    flow = describe_flow(rows, nodes, names, write, PALETTES[scheme])
    return {"data": [flow], "layout": {"template": TEMPLATES[scheme], "height": height}}


def describe_flow(
    rows: Rows,
    nodes: Sequence[str],
    names: Mapping[str, str],
    write: Callable[[int], str],
    palette: Palette,
) -> dict[str, Any]:
    """Nodes and links with their colours and what they say on hover; where nodes stand is the caller's."""
    through = sum_through(rows)
    place = {node: at for at, node in enumerate(nodes)}
    return {
        "type": "sankey",
        "arrangement": "snap",
        "node": {
            "label": [names.get(node, node) for node in nodes],
            "color": [node_colour(node, rows, palette) for node in nodes],
            "customdata": [write(through[node]) for node in nodes],
            "hovertemplate": "%{label}<br>%{customdata}<extra></extra>",
        },
        "link": {
            "source": [place[row["giver"]] for row in rows],
            "target": [place[row["taker"]] for row in rows],
            # Only the width of a band is drawn from this; the amount that is read is the text beside it.
            "value": [row["amount"] for row in rows],
            "color": [link_colour(row, palette) for row in rows],
            "customdata": [write(row["amount"]) for row in rows],
            "hovertemplate": "%{source.label} → %{target.label}<br>%{customdata}<extra></extra>",
        },
    }


def sum_through(rows: Rows) -> Counter[str]:
    """What passes each node: what comes in, or what goes out where nothing comes in."""
    into: Counter[str] = Counter()
    out: Counter[str] = Counter()
    for row in rows:
        into[row["taker"]] += row["amount"]
        out[row["giver"]] += row["amount"]
    return Counter({node: into[node] or out[node] for node in into.keys() | out.keys()})


def node_colour(node: str, rows: Rows, palette: Palette) -> str:
    """The colour of a node by what it is; industries and parks by where most of their money went."""
    if node.startswith("nature:"):
        return _nature_colour(node, palette)
    if node.startswith(("industry:", "park:")):
        sums: Counter[bool] = Counter()
        for row in rows:
            if row["taker"] == node:
                sums[bool(row["is_leading"])] += row["amount"]
        return palette.leading if sums[True] >= sums[False] else palette.other
    return palette.between if node.startswith(FUNDS) else palette.rule_strong


def link_colour(row: Mapping[str, Any], palette: Palette) -> str:
    """The colour of a link by whose money it is, or by what it went into."""
    giver, taker = row["giver"], row["taker"]
    if giver.startswith("nature:"):
        return fade(_nature_colour(giver, palette), LINK_SHARE)
    if taker.startswith(("industry:", "park:")):
        return fade(palette.leading if row["is_leading"] else palette.other, LINK_SHARE)
    if taker.startswith(FUNDS) and giver.startswith(FUNDS):
        return fade(palette.between, LINK_SHARE)
    return fade(palette.rule_strong, FAINT_SHARE)


def _nature_colour(node: str, palette: Palette) -> str:
    colours = {
        "nature:fiscal": palette.fiscal,
        "nature:state_owned": palette.state_owned,
        "nature:social": palette.social,
    }
    return colours.get(node, palette.unknown)
