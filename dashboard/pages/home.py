"""The first page while there is no other: what book this is and how far it goes."""

from dash import html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.page import Page
from dashboard.pages.states import empty_state
from funds.permissions import Action


def lay_out(context: PageContext) -> Component:
    """A heading and the state of an empty book."""
    heading = html.H1(context.visit.book.city_name, className="page-title")
    return html.Div([heading, empty_state(context.visit, "home.empty_title", "home.empty_text")])


PAGE = Page("/", "page.home", Action.READ, lay_out)
