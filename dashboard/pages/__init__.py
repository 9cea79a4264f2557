"""The pages, in the order of the navigation; a page is added here and nowhere else."""

from dashboard.pages import (
    account,
    definition,
    definitions_list,
    fund_page,
    funds_list,
    glossary,
    overview,
    park_page,
    parks_list,
    people,
    people_roles,
    trail,
    trail_history,
    trail_revision,
)
from dashboard.pages.page import Page

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
