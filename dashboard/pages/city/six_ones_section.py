"""The six ones on the city's page: totals against their targets, the twenty in a table, and the grid of parks."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.city.city_view import CityView
from dashboard.pages.city.six_ones_grid import draw_grid, make_grid_table
from dashboard.pages.figure_cards import strip
from dashboard.pages.parks.six_ones_table import make_six_ones_table
from dashboard.pages.parks.six_ones_view import SixOnesView
from dashboard.pages.shown_table import draw_table_card
from dashboard.tables.shown import ShownTable

PATH = "/six-ones"
TOTALS = ("S12", "S13", "S14", "S15")


def draw_city_six_ones(city: CityView) -> Component:
    """The section of the city's page."""
    view = SixOnesView(city.context, city.slice)
    link = dcc.Link(view.say("six_ones.to_page"), href=view.context.link(PATH), className="button quiet")
    head = [html.H2(view.say("six_ones.title"), className="section-title"), link]
    drawn: list[Any] = [
        html.Div(head, className="section-line"),
        draw_totals(view),
        draw_table_card(view.context, make_six_ones_table(view)),
        draw_grid(view),
    ]
    return html.Section(drawn, className="park-section six-ones")


def draw_totals(view: SixOnesView) -> Component:
    """What is asked of all parks together, each sum with its target and what it lacks."""
    cards = view.cards("six_ones_totals")
    return strip([cards.card(view.figure(code), write_total(view, code)) for code in TOTALS], 4)


def write_total(view: SixOnesView, code: str) -> str:
    """The newest target beside the sum, and how many parks the sum lacks."""
    row = view.targets.get((code, view.versions[-1].number)) if view.versions else None
    (standing,) = [one for one in view.rows("six_ones") if one["code"] == code]
    parts = []
    if row is not None and row["asked"] is not None:
        target = view.measure(row["asked"], standing["unit"])
        parts.append(view.say("six_ones.card_target", target=target, year=row["due"] or ""))
    if standing["missing_parks"]:
        parts.append(view.say("six_ones.trend_lacks", count=len(standing["missing_parks"])))
    return " · ".join(parts)


def make_city_table(city: CityView) -> ShownTable:
    """The twenty of the city, for export."""
    return make_six_ones_table(SixOnesView(city.context, city.slice))


def make_city_grid(city: CityView) -> ShownTable:
    """The grid, for export."""
    return make_grid_table(SixOnesView(city.context, city.slice))
