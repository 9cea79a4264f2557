"""Money from one row of names to the next as bands, drawn for paper."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.figures.drawn.ink import END, START, WIDTH, band, draw_sheet, fill, shorten, write
from dashboard.figures.palette import PALETTES

NODE_WIDTH, GAP, LEAST_NODE = 10, 8, 1.5
# Names of nodes beneath each other need so much.
LINE = 14
LEAST_HEIGHT, HEIGHT_PER_NODE = 160, 26
LONGEST_NAME = 26

Node = tuple[int, str]


@dataclass(frozen=True)
class Link:
    """An amount from a name in a column to one in the next, and its colour."""

    source: str
    target: str
    column: int
    amount: int
    colour: str


def draw_paper_flow(
    links: Sequence[Link], colours: Mapping[Node, str], told: str, scheme: str = "light"
) -> Markup:
    """The drawing; a node is as high as the more of what it takes in and gives on."""
    palette = PALETTES[scheme]
    spread = _Spread(links)
    strokes = list(spread.bands())
    for (column, name), (x, y, height) in spread.places.items():
        side = START if column < spread.last else END
        at = x + NODE_WIDTH + 4 if column < spread.last else x - 4
        strokes += [
            fill(x, y, NODE_WIDTH, height, colours.get((column, name), palette.between)),
            write(at, y + height / 2 + 4, shorten(name, LONGEST_NAME), palette.ink, side, 10),
        ]
    return draw_sheet(spread.height, strokes, told)


class _Spread:
    """Where the nodes of a flow stand and where its bands end."""

    def __init__(self, links: Sequence[Link]) -> None:
        self.links = links
        self.last = max(link.column for link in links) + 1
        given: Counter[Node] = Counter()
        taken: Counter[Node] = Counter()
        for link in links:
            given[link.column, link.source] += link.amount
            taken[link.column + 1, link.target] += link.amount
        self.sizes = {node: max(given[node], taken[node]) for node in [*given, *taken]}
        columns = [[node for node in self.sizes if node[0] == at] for at in range(self.last + 1)]
        most = max(len(nodes) for nodes in columns)
        whole = max(sum(self.sizes[node] for node in nodes) for nodes in columns) or 1
        self.scale = (max(LEAST_HEIGHT, most * HEIGHT_PER_NODE) - GAP * (most - 1)) / whole
        self.height = 0.0
        self.places: dict[Node, tuple[float, float, float]] = {}
        for nodes in columns:
            self._stack(nodes)

    def bands(self) -> Iterator[Markup]:
        """Each link from where the last one left off, at both its ends."""
        left: Counter[Node] = Counter()
        right: Counter[Node] = Counter()
        for link in self.links:
            source, target = (link.column, link.source), (link.column + 1, link.target)
            width = link.amount * self.scale
            x1, y1, _ = self.places[source]
            x2, y2, _ = self.places[target]
            ends = (
                y1 + (left[source] + link.amount / 2) * self.scale,
                y2 + (right[target] + link.amount / 2) * self.scale,
            )
            left[source] += link.amount
            right[target] += link.amount
            yield band(x1 + NODE_WIDTH, ends[0], x2, ends[1], width, link.colour, 0.38)

    def _stack(self, nodes: Sequence[Node]) -> None:
        """A column, each node about as high as what flows into it; the first one by size."""
        y = 0.0
        for node in sorted(nodes, key=lambda node: (self._height_of_sources(node), -self.sizes[node])):
            height = max(self.sizes[node] * self.scale, LEAST_NODE)
            self.places[node] = (node[0] * (WIDTH - NODE_WIDTH) / self.last, y, height)
            self.height = max(self.height, y + max(height, LINE))
            y += max(height + GAP, LINE)

    def _height_of_sources(self, node: Node) -> float:
        column, name = node
        parts = [
            (self.places[link.column, link.source][1], link.amount)
            for link in self.links
            if (link.column + 1, link.target) == (column, name)
        ]
        return sum(y * amount for y, amount in parts) / (sum(amount for _, amount in parts) or 1)
