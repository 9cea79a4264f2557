"""The first page: of the city for who looks after all of it, else of one's own park, else of one's own funds."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.pages.city.certainty_card import draw_certainty_card, draw_certainty_line, make_certainty_table
from dashboard.pages.city.city_parks import draw_parks_card, make_parks_table
from dashboard.pages.city.city_view import CityView, load_city
from dashboard.pages.city.cube_card import draw_cube, make_cube_table
from dashboard.pages.city.cube_cell_card import draw_cell_panel, make_cell_table
from dashboard.pages.city.funnel_card import draw_funnel_card, make_funnel_table
from dashboard.pages.city.headline import draw_headline
from dashboard.pages.city.lenses_card import draw_lenses
from dashboard.pages.city.map_card import draw_map_card
from dashboard.pages.city.map_view import make_map, open_map
from dashboard.pages.city.money_flow_card import draw_money_flow, make_flow_table
from dashboard.pages.city.quarter_line import draw_quarter_line
from dashboard.pages.city.six_ones_section import draw_city_six_ones, make_city_grid, make_city_table
from dashboard.pages.context import PageContext
from dashboard.pages.figure_cards import CardSet, strip
from dashboard.pages.figure_text import write_value
from dashboard.pages.funds import funds_list
from dashboard.pages.moment import draw_stale_note
from dashboard.pages.my_funds import my_funds_page
from dashboard.pages.page import Page, TableMaker
from dashboard.pages.parks.park_page import lay_out_park
from dashboard.pages.scope_choice import offer_scopes
from dashboard.pages.states import empty_state
from dashboard.readings.portfolio.certainty import last_recorded_day
from dashboard.tables.shown import ShownTable
from funds.permissions import Action
from funds.queries.scopes import CITY, ScopeName


def lay_out(context: PageContext) -> Component:
    """The page for whoever looks, drawn by the page that has it under its own address."""
    scope = next(iter(offer_scopes(context)), None)
    if scope is not None and scope.name is ScopeName.PARK:
        (code,) = scope.codes
        return lay_out_park(replace(context, path=f"/parks/{code}", parts={"code": code}), code)
    if scope is not None and scope != CITY:
        if context.visit.may_do(Action.RECORD_BUSINESS):
            return my_funds_page.lay_out(replace(context, path=my_funds_page.PATH))
        return funds_list.lay_out(replace(context, path="/funds"))
    return _draw_empty(context) if scope is None else _lay_out_city(context)


def _lay_out_city(context: PageContext) -> Component:
    view = load_city(context)
    if not view.slice.members:
        return _draw_empty(context)
    told = [
        html.H1(context.say("overview.title"), className="page-title"),
        draw_stale_note(context, last_recorded_day(view.slice)),
        draw_headline(context.visit, view.reading, view.unit),
        draw_certainty_line(view),
        draw_quarter_line(context, view.slice),
    ]
    drawn: list[Any] = [
        html.Div(told),
        _draw_outcome(view),
        draw_funnel_card(view),
        draw_lenses(view),
        draw_parks_card(view),
        draw_map_card(context, view.slice, view.rows("park")),
        draw_cube(view, draw_cell_panel(view)),
        draw_money_flow(context, view.slice),
        draw_city_six_ones(view),
        draw_certainty_card(view),
    ]
    return html.Div(drawn, className="overview")


def _draw_empty(context: PageContext) -> Component:
    steps = html.Div(
        [html.Code("fundtracker template FILE.xlsx"), html.Code("fundtracker import FILE.xlsx")],
        className="commands",
    )
    heading = html.H1(context.visit.book.city_name, className="page-title")
    state = empty_state(context.visit, "home.empty_title", "home.empty_text", steps)
    return html.Div([heading, state])


def _draw_outcome(view: CityView) -> Component:
    """What the money became and what it serves."""
    cards, say = view.cards("outcome"), view.say
    rate = view.figure("PF09")
    decided = _share(view, cards, "cost_at_decision")
    drawn = [
        cards.card(view.figure("PF04")),
        cards.card(view.figure("PF08")),
        cards.card(rate, say("overview.rate_ok") if rate.value is not None else ""),
        cards.card(view.figure("PF17"), say("overview.idle")),
        cards.card(view.figure("AL01", "cost"), say("overview.at_decision", share=decided)),
        cards.card(view.figure("AL12"), say("overview.presence")),
    ]
    title = html.H2(say("overview.outcome"), className="section-title")
    return html.Section([title, strip(drawn, 6)])


def _share(view: CityView, cards: CardSet, basis: str) -> str:
    return write_value("AL01", view.figure("AL01", basis).value, cards.unit)


def _of_city(make: Callable[[CityView], ShownTable]) -> TableMaker:
    return lambda context: make(load_city(context))


PAGE = Page(
    "/",
    "page.overview",
    Action.READ,
    lay_out,
    tables={
        "funnel": _of_city(make_funnel_table),
        "parks": _of_city(make_parks_table),
        "map": _of_city(lambda view: make_map(open_map(view.context, view.slice, view.rows("park")))),
        "cube": _of_city(make_cube_table),
        "cube_cell": _of_city(make_cell_table),
        "flow": lambda context: make_flow_table(context, load_city(context).slice),
        "certainty": _of_city(make_certainty_table),
        "six_ones": _of_city(make_city_table),
        "six_ones_grid": _of_city(make_city_grid),
    },
)
