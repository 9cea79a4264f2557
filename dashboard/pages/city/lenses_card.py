"""The lenses of leverage side by side, committed and paid in, each with what it divides by what."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.city.city_view import CityView
from dashboard.pages.city.soe_choice import draw_soe_switch, read_soe
from dashboard.pages.figure_cards import strip

LENSES = ("LV04", "LV05", "LV08", "LV01")
BASES = ("committed", "paid_in")


def draw_lenses(view: CityView) -> Component:
    """One card for each definition, under the switch of where state-owned money counts."""
    cards = view.cards("lenses")
    drawn = []
    for code in LENSES:
        figures = [view.figure(code, basis) for basis in BASES]
        drawn.append(html.Div([cards.pair(figures), _draw_definition(view, code)], className="lens"))
    return draw_soe_switch(view.context, read_soe(view.context), strip(drawn, 4, is_paired=True))


def _draw_definition(view: CityView, code: str) -> Component:
    """What is divided by what, and the way to the whole definition."""
    link = dcc.Link(view.say("overview.definition"), href=view.context.link(f"/definitions/{code}"))
    return html.P([view.say(f"overview.lens_{code}"), " ", link], className="lens-text")
