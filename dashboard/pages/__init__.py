"""The pages, in the order of the navigation; a page is added here and nowhere else."""

from dashboard.pages.city import overview, six_ones_page
from dashboard.pages.companies import companies_list, company_page
from dashboard.pages.figures_entry import entry_page
from dashboard.pages.funds import fund_page, funds_list
from dashboard.pages.help import definition, definitions_list, glossary
from dashboard.pages.industries import industries_list, industry_page
from dashboard.pages.leverage import leverage_page
from dashboard.pages.page import Page
from dashboard.pages.parks import compare_page, park_page, parks_list
from dashboard.pages.people import account, people, people_roles
from dashboard.pages.proposals import proposal_page, proposals_list
from dashboard.pages.trail import trail, trail_history, trail_revision

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    parks_list.PAGE,
    park_page.PAGE,
    compare_page.PAGE,
    six_ones_page.PAGE,
    entry_page.PAGE,
    industries_list.PAGE,
    industry_page.PAGE,
    funds_list.PAGE,
    fund_page.PAGE,
    leverage_page.PAGE,
    companies_list.PAGE,
    company_page.PAGE,
    proposals_list.PAGE,
    proposal_page.PAGE,
    trail.PAGE,
    trail_revision.PAGE,
    trail_history.PAGE,
    definitions_list.PAGE,
    glossary.PAGE,
    definition.PAGE,
    people.PAGE,
    people_roles.PAGE,
    account.PAGE,
)
