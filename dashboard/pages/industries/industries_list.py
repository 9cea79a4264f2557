"""The industries of the city: the tree with its codes, who leads in each, and what is held in it."""

from dash import html
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.pages.context import PageContext
from dashboard.pages.industries.code_book_callbacks import register_desk
from dashboard.pages.industries.code_book_desk import PLACE, draw_new_industry
from dashboard.pages.industries.industries_table import (
    EDITIONS,
    NAME,
    make_editions_table,
    make_industries_table,
)
from dashboard.pages.industries.industry_page import draw_industry
from dashboard.pages.industries.industry_state import PATH, IndustriesState, open_industries, table_of_list
from dashboard.pages.page import Page
from dashboard.pages.parks.park_switches import draw_mode_switch
from dashboard.pages.scope_choice import offer_scopes
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.states import draw_state, empty_state, link_button
from funds.permissions import Action


def lay_out(context: PageContext) -> Component:
    """The page, in a place that is drawn anew after a change of the code book."""
    return html.Div(draw_page(context), id=PLACE)


def draw_page(context: PageContext, told: Component | None = None) -> Component:
    """The tree, its editions, and for who keeps the code book the way to add to it."""
    title = html.H1(context.say("industry.title"), className="page-title")
    if not offer_scopes(context):
        home = link_button(context.say("state.go_home"), context.link("/"))
        nobody = draw_state(
            "lock", context.say("industry.nobody_title"), context.say("industry.nobody_text"), home
        )
        return html.Div([title, nobody])
    state = open_industries(context)
    desk = draw_new_industry(context, told)
    if not state.rows:
        empty = empty_state(context.visit, "industry.none_title", "industry.none_text")
        return html.Div([title, empty, desk], className="overview")
    editions = html.Details(
        [
            html.Summary(context.say("industry.editions")),
            draw_table_card(context, make_editions_table(state)),
        ],
        className="chain-candidates",
    )
    return html.Div(
        [
            html.Div(title, className="title-line"),
            html.P(write_finding(state), className="headline"),
            draw_mode_switch(context, state.mode),
            draw_table_card(context, make_industries_table(state)),
            editions,
            desk,
        ],
        className="overview industries-page",
    )


def write_finding(state: IndustriesState) -> str:
    """How many industries lead somewhere, where most is held, and which key ones lead nowhere."""
    say, rows = state.say, state.rows
    led = [row for row in rows if row["parks"]]
    told = [say("industry.finding", count=len(rows), led=len(led))]
    most = max(rows, key=lambda row: (row["cost"], row["code"]))
    if most["cost"]:
        told.append(
            say(
                "industry.finding_most",
                name=most["label"],
                cost=state.amount(most["cost"]),
                firms=most["firms"],
            )
        )
    else:
        told.append(say("industry.finding_nothing"))
    idle = [row["label"] for row in rows if row["category"] == "key" and not row["parks"]]
    if idle:
        told.append(say("industry.finding_idle", names=state.list(idle)))
    return say("park.join").join(told) + say("park.stop")


def register(app: GuardedApp) -> None:
    """Whatever is changed in the code book, the page on which it was done is drawn anew."""
    register_desk(app, _draw_again)


def _draw_again(context: PageContext, told: Component | None) -> Component:
    return draw_page(context, told) if context.path == PATH else draw_industry(context, told)


PAGE = Page(
    PATH,
    "page.industries",
    Action.READ,
    lay_out,
    register,
    tables={NAME: table_of_list(make_industries_table), EDITIONS: table_of_list(make_editions_table)},
)
