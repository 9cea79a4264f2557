"""The page of a fund: how it is doing, from its contract and its money to its returns, investors and holdings."""

from dash import html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.funds import (
    fund_bridge_card,
    fund_composition_card,
    fund_curve_card,
    fund_holdings_card,
    fund_investors_card,
    fund_life_card,
    fund_market_card,
)
from dashboard.pages.funds.fund_figures import draw_money, draw_returns
from dashboard.pages.funds.fund_head import draw_head
from dashboard.pages.funds.fund_pack import (
    COMMISSION,
    TO_INVESTORS,
    make_commission_paper,
    make_investor_paper,
)
from dashboard.pages.funds.fund_pack_card import draw_packs
from dashboard.pages.funds.fund_projects_card import draw_projects
from dashboard.pages.funds.fund_terms_card import draw_terms
from dashboard.pages.funds.fund_view import load_fund
from dashboard.pages.page import Page
from funds.permissions import Action


def lay_out(context: PageContext) -> Component:
    """The fund in the address."""
    view = load_fund(context)
    market = fund_market_card.draw_market(view)
    return html.Div(
        [
            draw_head(view),
            draw_money(view),
            draw_returns(view),
            fund_life_card.draw_life(view),
            html.Div([fund_curve_card.draw_curve(view), market.beside], className="page-grid"),
            market.below,
            html.Div([fund_bridge_card.draw_bridge(view), draw_terms(view)], className="page-grid"),
            fund_composition_card.draw_composition(view),
            *fund_investors_card.draw_investors(view),
            *fund_holdings_card.draw_holdings(view),
            draw_projects(view),
            draw_packs(view),
        ],
        className="overview fund-page",
    )


PAGE = Page(
    "/funds/{code}",
    "page.fund",
    Action.READ,
    lay_out,
    is_in_nav=False,
    tables={
        fund_life_card.NAME: fund_life_card.make_life_table,
        fund_curve_card.NAME: fund_curve_card.make_curve_table,
        fund_market_card.NAME: fund_market_card.make_market_table,
        fund_market_card.ACCOUNT: fund_market_card.make_account_table,
        fund_bridge_card.NAME: fund_bridge_card.make_bridge_table,
        fund_composition_card.NAME: fund_composition_card.make_composition_table,
        fund_investors_card.NAME: fund_investors_card.make_investors_table,
        fund_holdings_card.HOLDINGS: fund_holdings_card.make_holdings_table,
        fund_holdings_card.STAKES: fund_holdings_card.make_stakes_table,
    },
    papers={COMMISSION: make_commission_paper, TO_INVESTORS: make_investor_paper},
)
