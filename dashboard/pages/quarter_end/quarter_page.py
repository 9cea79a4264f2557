"""The page of a quarter's end: which holdings need a mark, what waits, and whether the totals tie."""

from dash import html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.page import Page
from dashboard.pages.quarter_end import funds_table, marks_table, nav_tables, review_form
from dashboard.pages.quarter_end.quarter_body import BODY, draw_quarter
from dashboard.pages.quarter_end.quarter_callbacks import register
from dashboard.pages.quarter_end.quarter_desk import PATH
from funds.permissions import Action


def lay_out(context: PageContext) -> Component:
    """The fund and quarter in the address."""
    return html.Div(draw_quarter(context), id=BODY, className="overview quarter-end")


PAGE = Page(
    PATH,
    "page.quarter_end",
    Action.READ,
    lay_out,
    register,
    group="work.group",
    tables={
        marks_table.NAME: marks_table.make_marks_table,
        review_form.NAME: review_form.make_waiting_table,
        nav_tables.NAV: nav_tables.make_nav_table,
        nav_tables.BRIDGE: nav_tables.make_bridge_table,
        funds_table.NAME: funds_table.make_funds_table,
    },
)
