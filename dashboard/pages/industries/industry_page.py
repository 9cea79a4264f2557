"""The page of one industry across parks: who leads in it, what serves it, whose money, firms, and its chain."""

from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.industries.chain_card import draw_chains
from dashboard.pages.industries.chain_tables import (
    make_candidates_table,
    make_chain_table,
    make_leaders_table,
)
from dashboard.pages.industries.code_book_desk import PLACE, draw_desk
from dashboard.pages.industries.industry_codes_card import (
    draw_codes,
    make_codes_table,
    make_own_editions_table,
)
from dashboard.pages.industries.industry_money_card import (
    draw_money,
    make_firms_table,
    make_funds_table,
    make_natures_table,
)
from dashboard.pages.industries.industry_places_card import (
    draw_places,
    make_places_table,
    make_rivals_table,
)
from dashboard.pages.industries.industry_state import (
    PATH,
    IndustriesState,
    IndustryState,
    open_industries,
    open_industry,
    table_of,
)
from dashboard.pages.page import Page
from dashboard.pages.parks.park_switches import draw_mode_switch
from dashboard.pages.switcher import draw_switcher
from dashboard.readings.industries.industry_view import FUND, MONEY
from dashboard.words.numbers import format_percent
from funds.permissions import Action


def lay_out(context: PageContext) -> Component:
    """The page, in a place that is drawn anew after a change of the code book."""
    return html.Div(draw_industry(context), id=PLACE)


def draw_industry(context: PageContext, told: Component | None = None) -> Component:
    """Headline, parks, funds, money, firms, chain and codes; for who keeps the code book the desk."""
    state = open_industry(context, context.parts["code"])
    say = context.say
    return html.Div(
        [
            _draw_title(state),
            html.P(write_headline(state), className="headline"),
            draw_mode_switch(context, state.mode),
            html.Section([html.H2(say("industry.where"), className="section-title"), draw_places(state)]),
            html.Section([html.H2(say("industry.money"), className="section-title"), draw_money(state)]),
            draw_chains(state.chains),
            draw_codes(state),
            draw_desk(state, told),
        ],
        className="overview industry-page",
    )


def write_headline(state: IndustryState) -> str:
    """Who leads, which funds serve it, how much is in it, and how much of that is social money."""
    say, row, names = state.say, state.row, state.park_names()
    told = [
        say(
            "industry.says_led",
            count=len(row["parks"]),
            names=state.list(names[code] for code in row["parks"]),
        )
        if row["parks"]
        else say("industry.says_not_led")
    ]
    holding = sum(one["firms"] > 0 for one in state.table(FUND))
    whole = sum(one["cost"] for one in state.table(MONEY))
    if not whole:
        told.append(say("industry.says_nothing"))
    else:
        told.append(say("industry.says_held", funds=holding, firms=row["firms"], cost=state.amount(whole)))
        social = sum(one["cost"] for one in state.table(MONEY) if one["nature"] == "social")
        told.append(say("industry.says_social", share=format_percent(Fraction(social, whole))))
    return say("park.join").join(told) + say("park.stop")


def _draw_title(state: IndustryState) -> Component:
    say, context = state.say, state.context
    told = [state.industry.code, say(f"industry.category_{state.industry.category}")]
    if state.row["aliases"]:
        told.append(say("industry.also", names=state.row["aliases"].replace(";", say("park.list"))))
    name = html.Div(
        [
            html.H1(state.industry.name, className="page-title"),
            html.Span(" · ".join(told), className="park-level"),
        ],
        className="park-name",
    )
    places = _offer(open_industries(context))
    switcher = draw_switcher(context, say("industry.choose"), places) if len(places) > 1 else None
    return html.Div([name, switcher], className="title-line park-title")


def _offer(state: IndustriesState) -> list[tuple[str, str]]:
    return [(f"{PATH}/{row['code']}", "　" * row["depth"] + row["label"]) for row in state.rows]


PAGE = Page(
    f"{PATH}/{{code}}",
    "page.industry",
    Action.READ,
    lay_out,
    is_in_nav=False,
    tables={
        "places": table_of(make_places_table),
        "rivals": table_of(make_rivals_table),
        "funds": table_of(make_funds_table),
        "natures": table_of(make_natures_table),
        "firms": table_of(make_firms_table),
        "chains": table_of(lambda state: make_chain_table(state.chains)),
        "leaders": table_of(lambda state: make_leaders_table(state.chains)),
        "candidates": table_of(lambda state: make_candidates_table(state.chains)),
        "codes": table_of(make_codes_table),
        "editions": table_of(make_own_editions_table),
    },
)
