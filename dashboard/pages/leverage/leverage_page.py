"""The page 撬动社会资本: how much social capital fiscal money brought, by which definition, and how that is known."""

from dash import html
from dash.development.base_component import Component

from dashboard.pages.chart_card import draw_empty_card
from dashboard.pages.context import PageContext
from dashboard.pages.leverage.attribution_card import draw_attribution, make_attribution_table
from dashboard.pages.leverage.bridge_card import (
    draw_bridge,
    make_bridge_entry_table,
    make_bridge_line_table,
    make_bridge_table,
)
from dashboard.pages.leverage.clock_card import (
    draw_clock,
    make_clock_funds_table,
    make_clock_table,
    make_synchrony_table,
)
from dashboard.pages.leverage.definitions_card import draw_definitions, make_definitions_table
from dashboard.pages.leverage.deployed_card import draw_deployed, make_deployed_table
from dashboard.pages.leverage.history_card import draw_history, make_history_table
from dashboard.pages.leverage.league_card import draw_league, make_league_table
from dashboard.pages.leverage.lens_cards import draw_lenses, make_lens_table
from dashboard.pages.leverage.leverage_address import PATH
from dashboard.pages.leverage.leverage_scopes import draw_scope_switcher, draw_selection
from dashboard.pages.leverage.leverage_state import LeverageState, open_leverage, table_of
from dashboard.pages.leverage.leverage_switches import draw_switches
from dashboard.pages.leverage.natures_card import draw_natures, make_natures_table, make_restated_table
from dashboard.pages.leverage.official_line import draw_headline
from dashboard.pages.leverage.published_card import (
    draw_published,
    make_progress_table,
    make_reported_table,
)
from dashboard.pages.leverage.sensitivity_card import draw_sensitivity, make_sensitivity_table
from dashboard.pages.leverage.yuan_drill import make_yuan_entry_table, make_yuan_line_table
from dashboard.pages.leverage.yuan_flow_card import (
    draw_yuan_flow,
    make_yuan_cut_table,
    make_yuan_flow_table,
    register_yuan_flow,
)
from dashboard.pages.page import Page
from dashboard.pages.scope_choice import offer_scopes
from dashboard.pages.states import draw_state, empty_state, link_button
from funds.permissions import Action


def lay_out(context: PageContext) -> Component:
    """The page at the scope in the address; who has nothing to see yet is told so."""
    if not offer_scopes(context):
        return _draw_nobody(context)
    state = open_leverage(context)
    if not state.slice.facts.funds:
        title = html.H1(context.say("page.leverage"), className="page-title")
        return html.Div([title, empty_state(context.visit, "home.empty_title", "home.empty_text")])
    return html.Div(
        [
            _draw_head(state),
            draw_headline(state),
            _tell_left_out(state),
            draw_switches(state),
            draw_lenses(state),
            *(_draw_of_firms(state) if state.is_of_firms else _draw_of_funds(state)),
        ],
        className="overview leverage-page",
    )


def _draw_of_firms(state: LeverageState) -> list[Component | None]:
    """What there is to say of the money in an industry's firms."""
    title = state.say("leverage_page.of_whole_funds")
    return [draw_definitions(state), draw_empty_card(title, state.say("leverage.of_whole_funds"))]


def _draw_of_funds(state: LeverageState) -> list[Component | None]:
    """The way from the claimed to the confirmed figure, every yuan, and how far all of it can be relied on."""
    return [
        draw_bridge(state),
        draw_yuan_flow(state),
        draw_definitions(state),
        _draw_section(state, "doubts", draw_sensitivity(state), draw_natures(state)),
        _draw_section(state, "league", draw_league(state)),
        draw_history(state),
        _draw_section(state, "whose", draw_attribution(state)),
        _draw_section(state, "path", draw_deployed(state), draw_clock(state)),
        draw_published(state),
    ]


def _draw_head(state: LeverageState) -> Component:
    title = html.H1(state.say("page.leverage"), className="page-title")
    line = html.Div([title, draw_scope_switcher(state)], className="title-line park-title")
    return html.Div([line, draw_selection(state)], className="leverage-head")


def _draw_section(state: LeverageState, name: str, *cards: Component | None) -> Component:
    title = html.H2(state.say(f"leverage_page.section_{name}"), className="section-title")
    return html.Section([title, *cards], className="leverage-section")


def _tell_left_out(state: LeverageState) -> Component | None:
    count = state.slice.left_out
    return html.P(state.say("slice.left_out", count=count), className="card-note") if count else None


def _draw_nobody(context: PageContext) -> Component:
    home = link_button(context.say("state.go_home"), context.link("/"))
    title = html.H1(context.say("page.leverage"), className="page-title")
    text = context.say("leverage_page.nobody_text")
    return html.Div([title, draw_state("lock", context.say("leverage_page.nobody_title"), text, home)])


PAGE = Page(
    PATH,
    "page.leverage",
    Action.READ,
    lay_out,
    register_yuan_flow,
    tables={
        "lenses": table_of(make_lens_table),
        "bridge": table_of(make_bridge_table),
        "bridge_line": table_of(make_bridge_line_table),
        "bridge_entry": table_of(make_bridge_entry_table),
        "yuan": table_of(make_yuan_flow_table),
        "yuan_cut": table_of(make_yuan_cut_table),
        "yuan_line": table_of(make_yuan_line_table),
        "yuan_entry": table_of(make_yuan_entry_table),
        "definitions": table_of(make_definitions_table),
        "sensitivity": table_of(make_sensitivity_table),
        "natures": table_of(make_natures_table),
        "reclassified": table_of(make_restated_table),
        "league": table_of(make_league_table),
        "history": table_of(make_history_table),
        "attribution": table_of(make_attribution_table),
        "deployed": table_of(make_deployed_table),
        "clock": table_of(make_clock_table),
        "clock_funds": table_of(make_clock_funds_table),
        "synchrony": table_of(make_synchrony_table),
        "progress": table_of(make_progress_table),
        "reported": table_of(make_reported_table),
    },
)
