"""The page of a park, which answers whether its fund serves its leading industries."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.kept_parts import draw_told, tell
from dashboard.pages.page import Page
from dashboard.pages.parks.compare_way import draw_compare_way
from dashboard.pages.parks.park_alignment import draw_alignment, make_spread_table
from dashboard.pages.parks.park_chain_card import (
    draw_chain_map,
    make_park_candidates_table,
    make_park_chain_table,
    make_park_leaders_table,
)
from dashboard.pages.parks.park_figures import draw_figures, draw_leverage
from dashboard.pages.parks.park_flow import draw_flow, make_flow_table
from dashboard.pages.parks.park_funds import draw_funds, make_funds_table
from dashboard.pages.parks.park_headline import write_headline
from dashboard.pages.parks.park_mixes import make_overlap_table, make_through_table
from dashboard.pages.parks.park_off_industry import draw_off_industry, make_off_industry_table
from dashboard.pages.parks.park_paper import PACK, draw_offer, make_park_paper
from dashboard.pages.parks.park_sources import draw_sources, make_sources_table
from dashboard.pages.parks.park_state import PATH, ParkState, open_park, table_of
from dashboard.pages.parks.park_timeline import draw_timeline, make_timeline_table
from dashboard.pages.parks.six_ones_card import PARK_TABLES, draw_six_ones
from dashboard.pages.scope_choice import offer_scopes
from dashboard.pages.switcher import draw_switcher
from dashboard.pages.upkeep.edit_link import draw_edit_link
from dashboard.pages.workbook_link import draw_workbook_link
from funds.permissions import Action
from funds.queries.scopes import CITY, ScopeName


def lay_out_park(context: PageContext, code: str) -> Component:
    """The page of the park with a code; refuses one that is not the person's to see."""
    state = open_park(context, code)
    told = tell(state.slice, state.reading)
    cards = [draw_told(state.context, name, told, partial(draw, state)) for name, draw in CARDS.items()]
    drawn: list[Any] = [_draw_title(state), *cards, draw_six_ones(state)]
    return html.Div(drawn, className="overview park-page")


def _draw_headline(state: ParkState) -> Component:
    return html.P(write_headline(state), className="headline")


def _tell_left_out(state: ParkState) -> Component | None:
    count = state.slice.left_out
    return html.P(state.say("slice.left_out", count=count), className="card-note") if count else None


def _draw_alignment(state: ParkState) -> Component:
    return draw_alignment(state, beside=_draw_beside(state))


def _draw_beside(state: ParkState) -> Component:
    return html.Div([draw_timeline(state), draw_leverage(state)], className="park-beside")


def _draw_title(state: ParkState) -> Component:
    park = state.park
    told = [part for part in (park.level, park.district) if part]
    places = _offer_parks(state)
    return html.Div(
        [
            html.Div(
                [
                    html.H1(park.name, className="page-title"),
                    html.Span(" · ".join(told), className="park-level"),
                ],
                className="park-name",
            ),
            html.Div(
                [
                    draw_offer(state),
                    draw_compare_way(state.context, park.code),
                    draw_edit_link(state.context, "park", park.code),
                    draw_workbook_link(state.context, park=park.code),
                    _draw_choice(state, places),
                ],
                className="park-tools",
            ),
        ],
        className="title-line park-title",
    )


def _draw_choice(state: ParkState, places: list[tuple[str, str]]) -> Component | None:
    return draw_switcher(state.context, state.say("park.choose"), places) if len(places) > 1 else None


def _offer_parks(state: ParkState) -> list[tuple[str, str]]:
    """The parks that the person may go to, by the path and name of each."""
    offered = offer_scopes(state.context)
    codes = {code for scope in offered if scope.name is ScopeName.PARK for code in scope.codes}
    parks = sorted(state.slice.facts.parks.values(), key=lambda park: park.code)
    return [(f"{PATH}/{park.code}", park.name) for park in parks if CITY in offered or park.code in codes]


# Everything between the title and the six ones, from the top.
CARDS: Mapping[str, Callable[[ParkState], Component | None]] = {
    "headline": _draw_headline,
    "left_out": _tell_left_out,
    "figures": draw_figures,
    "alignment": _draw_alignment,
    "funds": draw_funds,
    "sources": draw_sources,
    "flow": draw_flow,
    "chain_map": draw_chain_map,
    "off_industry": draw_off_industry,
}

PAGE = Page(
    f"{PATH}/{{code}}",
    "page.park",
    Action.READ,
    lambda context: lay_out_park(context, context.parts["code"]),
    is_in_nav=False,
    tables={
        "spread": table_of(make_spread_table),
        "timeline": table_of(make_timeline_table),
        "funds": table_of(make_funds_table),
        "overlap": table_of(make_overlap_table),
        "through": table_of(make_through_table),
        "sources": table_of(make_sources_table),
        "flow": table_of(make_flow_table),
        "chains": table_of(make_park_chain_table),
        "leaders": table_of(make_park_leaders_table),
        "candidates": table_of(make_park_candidates_table),
        "off_industry": table_of(make_off_industry_table),
        **PARK_TABLES,
    },
    papers={PACK: make_park_paper},
)
