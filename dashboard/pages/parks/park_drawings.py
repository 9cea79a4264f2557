"""A park's charts drawn for paper, from what its page's charts are drawn from."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from dashboard.figures.drawn.eras import draw_paper_eras
from dashboard.figures.drawn.flow import Link, draw_paper_flow
from dashboard.figures.drawn.strips import draw_paper_strips
from dashboard.figures.palette import LIGHT
from dashboard.figures.segments_sankey import Stream
from dashboard.pages.parks import park_flow, park_timeline
from dashboard.pages.parks.park_alignment import make_strip
from dashboard.pages.parks.park_flow import name_streams
from dashboard.pages.parks.park_headline import write_share
from dashboard.pages.parks.park_measures import shown_measures
from dashboard.pages.parks.park_state import ParkState
from dashboard.pages.parks.park_timeline import make_era
from dashboard.readings.industries.park_view import LEADING
from dashboard.readings.industries.segments_flow import ALL_TIME, SEGMENT_FLOW, group_small

# So many firms can be told apart on a sheet of paper.
MOST_FIRMS = 14


def draw_eras(state: ParkState) -> Markup | None:
    """Which industries led when; nothing where none is registered."""
    rows = state.rows(LEADING)
    if not rows:
        return None
    eras = [make_era(state, row) for row in rows]
    return draw_paper_eras(eras, state.context.as_of, park_timeline.write_finding(state))


def draw_strips(state: ParkState) -> Markup | None:
    """The measures beside the other parks' spread; nothing where neither is known."""
    strips = [make_strip(state, *measure) for measure in shown_measures(state)]
    if all(strip.own is None and strip.spread is None for strip in strips):
        return None
    return draw_paper_strips(strips, write_share(state))


def draw_flow(state: ParkState) -> Markup | None:
    """Fund → firm → link of the chain; nothing where nothing was paid."""
    bands, grouped = group_small(state.rows(SEGMENT_FLOW), ALL_TIME, MOST_FIRMS)
    if not bands:
        return None
    streams = name_streams(state, bands, grouped)
    return draw_paper_flow(list(_link(streams)), _colour(streams), park_flow.write_finding(state))


def _link(streams: Sequence[Stream]) -> Iterator[Link]:
    """Fund → firm and firm → link of the chain; what serves a leading industry in its colour."""
    for column in (0, 1):
        sums: dict[tuple[str, str, bool], int] = {}
        for stream in streams:
            ends = (stream.fund, stream.firm) if column == 0 else (stream.firm, stream.segment)
            sums[(*ends, stream.is_leading)] = sums.get((*ends, stream.is_leading), 0) + stream.amount
        for (source, target, is_leading), amount in sums.items():
            yield Link(source, target, column, amount, LIGHT.leading if is_leading else LIGHT.other)


def _colour(streams: Sequence[Stream]) -> dict[tuple[int, str], str]:
    """Firms and links of the chain by what most of their money serves."""
    sums: dict[tuple[int, str], int] = {}
    for stream in streams:
        for node in ((1, stream.firm), (2, stream.segment)):
            sums[node] = sums.get(node, 0) + (stream.amount if stream.is_leading else -stream.amount)
    return {node: LIGHT.leading if amount >= 0 else LIGHT.other for node, amount in sums.items()}
