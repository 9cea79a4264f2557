"""The page of a firm: who is behind it, what the money did, what it filed, and where it stands in its chain."""

from dash import html
from dash.development.base_component import Component

from dashboard.pages.companies import (
    company_chain_card,
    company_course_card,
    company_filed_card,
    company_funds_card,
    company_money_tables,
    company_register_card,
    company_rounds_card,
)
from dashboard.pages.companies.company_head import draw_figures, draw_head
from dashboard.pages.companies.company_state import PATH, open_company, table_of
from dashboard.pages.companies.company_tags_card import draw_company_tags
from dashboard.pages.context import PageContext
from dashboard.pages.page import Page
from funds.permissions import Action


def lay_out(context: PageContext) -> Component:
    """The firm in the address."""
    state = open_company(context)
    return html.Div(
        [
            draw_head(state),
            draw_figures(state),
            *company_rounds_card.draw_rounds(state),
            *company_funds_card.draw_funds(state),
            *company_course_card.draw_course(state),
            company_filed_card.draw_filed(state),
            *company_chain_card.draw_chain(state),
            draw_company_tags(context, state.company),
            *company_register_card.draw_register(state),
        ],
        className="overview fund-page company-page",
    )


PAGE = Page(
    f"{PATH}/{{code}}",
    "page.company",
    Action.READ,
    lay_out,
    is_in_nav=False,
    tables={
        company_rounds_card.ROUNDS: table_of(company_rounds_card.make_rounds),
        company_rounds_card.INVESTORS: table_of(company_rounds_card.make_investors),
        company_funds_card.FUNDS: table_of(company_funds_card.make_funds),
        company_funds_card.SOURCES: table_of(company_funds_card.make_sources),
        company_course_card.COURSE: table_of(company_course_card.make_course),
        company_money_tables.PAYMENTS: table_of(company_money_tables.make_payments),
        company_money_tables.EXITS: table_of(company_money_tables.make_exits),
        company_money_tables.MARKS: table_of(company_money_tables.make_marks),
        company_filed_card.FILED: table_of(company_filed_card.make_filed),
        company_chain_card.TAGS: table_of(company_chain_card.make_tags),
        company_chain_card.NEIGHBOURS: table_of(company_chain_card.make_neighbours),
        company_register_card.NAMES: table_of(company_register_card.make_names),
        company_register_card.CROSSWALK: table_of(company_register_card.make_crosswalk),
        company_register_card.OWNERS: table_of(company_register_card.make_owners),
    },
)
