"""The city's money as one Sankey in columns: natures → tiers of funds → industries → parks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from dashboard.figures.money_sankey import describe_flow, sum_through
from dashboard.figures.palette import PALETTES
from dashboard.figures.template import TEMPLATES

LEAST_HEIGHT, HEIGHT_PER_NODE, PAD, EDGE = 440, 32, 17, 0.001
LAST_GAP = 1.6  # gaps between columns: the names of two columns stand in the last one
NATURES = ("nature:fiscal", "nature:state_owned", "nature:social", "nature:undetermined")
# What stands at the foot of its column: kept and reused, what crosses the scope, and the city's own part.
LAST = ("park:", "industry:", "nature:undetermined", "reused", "kept", "outside_giver", "outside_taker")

Rows = Sequence[Mapping[str, Any]]


def draw_city_sankey(
    rows: Rows, names: Mapping[str, str], write: Callable[[int], str], scheme: str
) -> dict[str, Any]:
    """The figure as a plain dictionary; `names` of the nodes, `write` for an amount on hover."""
    through = sum_through(rows)
    columns = lay_out_columns(through)
    nodes = [node for column in columns for node in column]
    height = max(LEAST_HEIGHT, HEIGHT_PER_NODE * max((len(column) for column in columns), default=0))
    spots = _find_spots(columns, through, height)
    flow = describe_flow(rows, nodes, names, write, PALETTES[scheme])
    flow["node"] |= {
        "x": [spots[node][0] for node in nodes],
        "y": [spots[node][1] for node in nodes],
        "pad": PAD,
    }
    return {"data": [flow], "layout": {"template": TEMPLATES[scheme], "height": height}}


def lay_out_columns(through: Mapping[str, int]) -> list[list[str]]:
    """The nodes by column, in each the larger above the smaller; columns that hold nothing fall out."""
    tiers = sorted({_tier(node) for node in through if node.startswith("tier:")})
    at = {tier: place + 1 for place, tier in enumerate(tiers)}
    columns: list[list[str]] = [[] for _ in range(len(tiers) + 3)]
    for node in through:
        columns[_column(node, at)].append(node)
    return [sorted(column, key=lambda node: _order(node, through)) for column in columns if column]


def _tier(node: str) -> int:
    return int(node.partition(":")[2])


def _column(node: str, at: Mapping[int, int]) -> int:
    if node.startswith("tier:"):
        return at[_tier(node)]
    if node.startswith("industry:") or node in ("kept", "outside_taker"):
        return len(at) + 1
    return len(at) + 2 if node.startswith("park:") else 0


def _order(node: str, through: Mapping[str, int]) -> tuple[int, int, str]:
    """Natures in their own order, the rest by size, and what belongs at the foot at the foot."""
    if node in NATURES[:3]:
        return NATURES.index(node), 0, node
    if node in LAST:
        return len(NATURES) + 1 + LAST.index(node), 0, node
    return len(NATURES), -through[node], node


def _find_spots(
    columns: Sequence[Sequence[str]], through: Mapping[str, int], height: int
) -> dict[str, tuple[float, float]]:
    """The middle of each node as shares of width and height, from the top of its column down."""
    scale = min((_scale(column, through, height) for column in columns), default=0.0)
    spots: dict[str, tuple[float, float]] = {}
    for at, column in enumerate(columns):
        across = at / (len(columns) - 2 + LAST_GAP) if at < len(columns) - 1 else 1.0
        top = 0.0
        for node in column:
            tall = through[node] * scale
            spots[node] = (_inside(across), _inside((top + tall / 2) / height))
            top += tall + PAD
    return spots


def _scale(column: Iterable[str], through: Mapping[str, int], height: int) -> float:
    """Pixels for each fen, so that the column with its gaps fits."""
    amounts = [through[node] for node in column]
    return (height - PAD * (len(amounts) - 1)) / max(sum(amounts), 1)


def _inside(share: float) -> float:
    """Plotly takes 0 for no place at all."""
    return min(max(share, EDGE), 1 - EDGE)
