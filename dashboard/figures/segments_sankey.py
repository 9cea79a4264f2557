"""Fund → firm → link of the chain as one Sankey, leading industries in their colour and the rest grey."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import PALETTES, Palette, fade
from dashboard.figures.template import TEMPLATES

LINK_SHARE = 0.38
LEAST_HEIGHT, HEIGHT_PER_NODE = 320, 27


@dataclass(frozen=True)
class Stream:
    """Money from a fund through a firm into a link of a chain, all three by the names they are shown under."""

    fund: str
    firm: str
    segment: str
    is_leading: bool
    amount: int


def draw_segments_sankey(
    streams: Sequence[Stream], write: Callable[[int], str], scheme: str
) -> dict[str, Any]:
    """The figure as a plain dictionary; `write` an amount on hover."""
    palette = PALETTES[scheme]
    into_firms: Counter[tuple[tuple[int, str], tuple[int, str], bool]] = Counter()
    into_segments: Counter[tuple[tuple[int, str], tuple[int, str], bool]] = Counter()
    for stream in streams:
        fund, firm, segment = (0, stream.fund), (1, stream.firm), (2, stream.segment)
        into_firms[fund, firm, stream.is_leading] += stream.amount
        into_segments[firm, segment, stream.is_leading] += stream.amount
    links = [*into_firms.items(), *into_segments.items()]
    nodes = sorted({node for (source, target, _), _ in links for node in (source, target)})
    place = {node: at for at, node in enumerate(nodes)}
    through = {node: _through(node, streams) for node in nodes}
    flow = {
        "type": "sankey",
        "arrangement": "snap",
        "node": {
            "label": [name for _, name in nodes],
            "color": [_node_colour(node, streams, palette) for node in nodes],
            "customdata": [write(through[node]) for node in nodes],
            "hovertemplate": "%{label}<br>%{customdata}<extra></extra>",
            "pad": 10,
        },
        "link": {
            "source": [place[source] for (source, _, _), _ in links],
            "target": [place[target] for (_, target, _), _ in links],
            # Only the width of a band is drawn from this; the amount that is read is the text beside it.
            "value": [amount for _, amount in links],
            "color": [_link_colour(is_leading, palette) for (_, _, is_leading), _ in links],
            "customdata": [write(amount) for _, amount in links],
            "hovertemplate": "%{source.label} → %{target.label}<br>%{customdata}<extra></extra>",
        },
    }
    widest = max(sum(column == at for column, _ in nodes) for at in range(3))
    height = max(LEAST_HEIGHT, HEIGHT_PER_NODE * widest + 40)
    return {"data": [flow], "layout": {"template": TEMPLATES[scheme], "height": height}}


def _passes(stream: Stream, node: tuple[int, str]) -> bool:
    return (stream.fund, stream.firm, stream.segment)[node[0]] == node[1]


def _through(node: tuple[int, str], streams: Sequence[Stream]) -> int:
    return sum(stream.amount for stream in streams if _passes(stream, node))


def _node_colour(node: tuple[int, str], streams: Sequence[Stream], palette: Palette) -> str:
    """Funds in the colour of money between funds; firms and links by what most of their money serves."""
    if node[0] == 0:
        return palette.between
    leading = sum(stream.amount for stream in streams if _passes(stream, node) and stream.is_leading)
    return palette.leading if 2 * leading >= _through(node, streams) else palette.other


def _link_colour(is_leading: bool, palette: Palette) -> str:
    return fade(palette.leading if is_leading else palette.other, LINK_SHARE)
