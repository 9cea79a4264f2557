"""The pages, in the order of the navigation; a page is added here and nowhere else."""

from dashboard.pages.city import overview
from dashboard.pages.funds import fund_page, funds_list
from dashboard.pages.help import definition, definitions_list, glossary
from dashboard.pages.page import Page
from dashboard.pages.parks import park_page, parks_list
from dashboard.pages.people import account, people, people_roles
from dashboard.pages.trail import trail, trail_history, trail_revision

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    parks_list.PAGE,
    park_page.PAGE,
    funds_list.PAGE,
    fund_page.PAGE,
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
