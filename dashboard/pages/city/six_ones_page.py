"""The page of the six ones: for the city its totals, all parks and the appraisal; for a park its own."""

from collections.abc import Callable

from dash import html
from dash.development.base_component import Component
from orjson import Fragment

from dashboard.pages.city.six_ones_grid import draw_grid, make_grid_table
from dashboard.pages.city.six_ones_section import PATH, draw_totals
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.page import Page, TableMaker
from dashboard.pages.parks.park_switches import draw_mode_switch, read_mode
from dashboard.pages.parks.six_ones_appraisal import draw_ranking, make_lift_table, make_ranking_table
from dashboard.pages.parks.six_ones_card import draw_entry_link, draw_park_section
from dashboard.pages.parks.six_ones_output import draw_output, make_output_table
from dashboard.pages.parks.six_ones_table import make_six_ones_table, write_finding
from dashboard.pages.parks.six_ones_trend_card import draw_trend, make_trend_table
from dashboard.pages.parks.six_ones_view import SixOnesView, draw_part
from dashboard.pages.scope_choice import offer_scopes
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.states import draw_state, empty_state, link_button
from dashboard.readings.industries.appraisal_rows import APPRAISAL, LIFTS, WEIGHTS
from dashboard.readings.industries.output_share import OUTPUT_SHARE
from dashboard.readings.industries.six_ones import TARGETS
from dashboard.readings.industries.six_ones_trend import TREND
from dashboard.tables.shown import ShownTable
from funds.errors import NotAllowed
from funds.permissions import Action
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY, Scope, ScopeName

PARK = "park"


def lay_out(context: PageContext) -> Component:
    """The page for whoever looks; who has neither the city nor a park has nothing here."""
    title = html.H1(context.say("page.six_ones"), className="page-title")
    if choose_scope(context) is None:
        home = link_button(context.say("state.go_home"), context.link("/"))
        state = draw_state("lock", context.say("park.nobody_title"), context.say("park.nobody_text"), home)
        return html.Div([title, state])
    view = open_six_ones(context)
    if not view.slice.facts.parks:
        return html.Div(
            [title, empty_state(context.visit, "park.compare_none_title", "park.compare_none_text")]
        )
    head = html.Div([title, draw_entry_link(view) if view.is_city else None], className="title-line")
    told = html.P(write_finding(view) + context.say("park.stop"), className="headline")
    parts = _draw_city(view) if view.is_city else [draw_park_section(view)]
    return html.Div([head, told, *parts], className="overview six-ones-page")


def open_six_ones(context: PageContext) -> SixOnesView:
    """The city, or the park of one's own that the address names; the first of them where it names none."""
    scope = choose_scope(context)
    if scope is None:
        raise NotAllowed("state.refused_text")
    visit = context.visit
    slice_ = slice_ledger(visit.book, visit.person.login, scope, context.as_of, context.as_known)
    return SixOnesView(context, slice_, read_mode(context))


def choose_scope(context: PageContext) -> Scope | None:
    """The widest scope that is the person's to see; among several parks the one in the address."""
    offered = offer_scopes(context)
    if CITY in offered:
        return CITY
    parks = [scope for scope in offered if scope.name is ScopeName.PARK]
    asked = context.query.get(PARK)
    if asked is None:
        return next(iter(parks), None)
    for scope in parks:
        if asked in scope.codes:
            return scope
    raise BadAddress("page.bad_scope", text=asked[:40])


def _draw_city(view: SixOnesView) -> list[Component | Fragment]:
    """Part by part, each of no more than the tables that it tells."""
    return [
        draw_totals(view),
        draw_table_card(view.context, make_six_ones_table(view)),
        draw_grid(view),
        draw_part(view, "ranking", draw_ranking, APPRAISAL, WEIGHTS, LIFTS),
        draw_mode_switch(view.context, view.mode),
        draw_part(view, "output", draw_output, OUTPUT_SHARE),
        draw_part(view, "trend", draw_trend, TREND, TARGETS),
    ]


def _table(make: Callable[[SixOnesView], ShownTable], *, is_of_city: bool = False) -> TableMaker:
    """A table's maker; what names other parks is the city's alone."""

    def make_table(context: PageContext) -> ShownTable:
        view = open_six_ones(context)
        if is_of_city and not view.is_city:
            raise NotAllowed("state.refused_text")
        return make(view)

    return make_table


PAGE = Page(
    PATH,
    "page.six_ones",
    Action.READ,
    lay_out,
    tables={
        "six_ones": _table(make_six_ones_table),
        "six_ones_trend": _table(make_trend_table),
        "output_share": _table(make_output_table),
        "appraisal_lift": _table(make_lift_table),
        "six_ones_grid": _table(make_grid_table, is_of_city=True),
        "appraisal": _table(make_ranking_table, is_of_city=True),
    },
)
