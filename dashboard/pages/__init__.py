"""The pages, in the order of the navigation; a page is added here and nowhere else."""

from dashboard.pages.audit import audit_page
from dashboard.pages.cash import cash_fund_page, cash_page
from dashboard.pages.city import overview, six_ones_page
from dashboard.pages.companies import companies_list, company_page
from dashboard.pages.documents import documents_page
from dashboard.pages.exits import exits_page
from dashboard.pages.figures_entry import entry_page
from dashboard.pages.funds import fund_page, funds_list
from dashboard.pages.help import definition, definitions_list, glossary
from dashboard.pages.imports import centre_page, draft_page
from dashboard.pages.inbox import inbox_page
from dashboard.pages.industries import industries_list, industry_page
from dashboard.pages.leverage import leverage_page
from dashboard.pages.local_investment import local_page
from dashboard.pages.my_funds import my_funds_page
from dashboard.pages.page import Page
from dashboard.pages.parks import compare_page, park_page, parks_list
from dashboard.pages.people import account, people, people_roles
from dashboard.pages.proposals import proposal_page, proposals_list
from dashboard.pages.quarter_end import quarter_page
from dashboard.pages.quarters import quarters_page
from dashboard.pages.record_deal import deal_page
from dashboard.pages.signing import inspection_page, signing_page
from dashboard.pages.trail import trail, trail_history, trail_revision
from dashboard.pages.upkeep import upkeep_page

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
    inbox_page.PAGE,
    deal_page.PAGE,
    cash_page.PAGE,
    cash_fund_page.PAGE,
    exits_page.PAGE,
    local_page.PAGE,
    quarter_page.PAGE,
    quarters_page.PAGE,
    my_funds_page.PAGE,
    centre_page.PAGE,
    draft_page.PAGE,
    upkeep_page.PAGE,
    documents_page.PAGE,
    signing_page.PAGE,
    audit_page.PAGE,
    inspection_page.PAGE,
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
