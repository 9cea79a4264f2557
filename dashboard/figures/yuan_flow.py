"""Every yuan as one Sankey in columns, each band in the colour of whose money it is, all the way to the parks."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import PALETTES, Palette, fade
from dashboard.figures.template import TEMPLATES

BAND_SHARE = 0.42  # how much of a colour a band lets through
LEAST_HEIGHT, HEIGHT_PER_NODE, PAD, EDGE = 480, 34, 18, 0.001
LAST_GAP = 1.6  # gaps between columns: the names of two columns stand in the last one
NATURES = ("fiscal", "state_owned", "social", "undetermined")
# What stands at the foot of its column.
FOOT = (
    "park:",
    "industry:",
    "nature:undetermined",
    "reused",
    "outside_giver",
    "kept",
    "unpaid",
    "outside_taker",
)


@dataclass(frozen=True)
class FlowBand:
    """A band: its ends, whose money it is, its amount in fen, what it says on hover, and where a click leads."""

    giver: str
    taker: str
    nature: str
    amount: int
    hover: str
    address: str


def draw_yuan_sankey(
    bands: Sequence[FlowBand],
    names: Mapping[str, str],
    column: Callable[[str], float],
    write: Callable[[int], str],
    scheme: str,
) -> dict[str, Any]:
    """The figure as a plain dictionary; `column` places a node, `write` is an amount on hover."""
    palette = PALETTES[scheme]
    through = sum_nodes(bands)
    columns = lay_out(through, column)
    nodes = [node for one in columns for node in one]
    at = {node: place for place, node in enumerate(nodes)}
    height = max(LEAST_HEIGHT, HEIGHT_PER_NODE * max((len(one) for one in columns), default=0))
    spots = _find_spots(columns, through, height)
    flow = {
        "type": "sankey",
        "arrangement": "snap",
        "node": {
            "label": [names.get(node, node) for node in nodes],
            "color": [_node_colour(node, palette) for node in nodes],
            "customdata": [write(through[node]) for node in nodes],
            "hovertemplate": "%{label}<br>%{customdata}<extra></extra>",
            "x": [spots[node][0] for node in nodes],
            "y": [spots[node][1] for node in nodes],
            "pad": PAD,
        },
        "link": {
            "source": [at[band.giver] for band in bands],
            "target": [at[band.taker] for band in bands],
            # Only the width of a band is drawn from this; the amount that is read is the text beside it.
            "value": [band.amount for band in bands],
            "color": [fade(_nature_colour(band.nature, palette), BAND_SHARE) for band in bands],
            "customdata": [band.hover for band in bands],
            "hovertemplate": "%{source.label} → %{target.label}<br>%{customdata}<extra></extra>",
            "label": [band.address for band in bands],
        },
    }
    return {"data": [flow], "layout": {"template": TEMPLATES[scheme], "height": height}}


def sum_nodes(bands: Sequence[FlowBand]) -> Counter[str]:
    """What passes each node: what comes in, or what goes out where nothing comes in."""
    into: Counter[str] = Counter()
    out: Counter[str] = Counter()
    for band in bands:
        into[band.taker] += band.amount
        out[band.giver] += band.amount
    return Counter({node: into[node] or out[node] for node in into.keys() | out.keys()})


def lay_out(through: Mapping[str, int], column: Callable[[str], float]) -> list[list[str]]:
    """The nodes by column from the left, in each natures in their order and the larger above the smaller."""
    columns: dict[float, list[str]] = {}
    for node in through:
        columns.setdefault(column(node), []).append(node)
    return [sorted(columns[at], key=lambda node: _order(node, through)) for at in sorted(columns)]


def _order(node: str, through: Mapping[str, int]) -> tuple[int, int, str]:
    if node in FOOT:
        return len(NATURES) + 1 + FOOT.index(node), 0, node
    nature = node.split(":")[1] if node.startswith("nature:") else ""
    place = NATURES.index(nature) if nature in NATURES else len(NATURES)
    return place, -through[node], node


def _find_spots(
    columns: Sequence[Sequence[str]], through: Mapping[str, int], height: int
) -> dict[str, tuple[float, float]]:
    """The middle of each node as shares of width and height, from the top of its column down."""
    scale = min(
        ((height - PAD * (len(one) - 1)) / max(sum(through[node] for node in one), 1) for one in columns),
        default=0.0,
    )
    spots: dict[str, tuple[float, float]] = {}
    for at, one in enumerate(columns):
        across = at / max(len(columns) - 2 + LAST_GAP, 1) if at < len(columns) - 1 else 1.0
        top = 0.0
        for node in one:
            tall = through[node] * scale
            spots[node] = (_inside(across), _inside((top + tall / 2) / height))
            top += tall + PAD
    return spots


def _inside(share: float) -> float:
    """Plotly takes 0 for no place at all."""
    return min(max(share, EDGE), 1 - EDGE)


def _node_colour(node: str, palette: Palette) -> str:
    if node.startswith("nature:"):
        return _nature_colour(node.split(":")[1], palette)
    return palette.between if node.startswith(("tier:", "outside")) else palette.rule_strong


def _nature_colour(nature: str, palette: Palette) -> str:
    colours = {"fiscal": palette.fiscal, "state_owned": palette.state_owned, "social": palette.social}
    return colours.get(nature, palette.unknown)
