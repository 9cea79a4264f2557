"""The pages, in the order of the navigation; a page is added here and nowhere else."""

from dashboard.pages import definition, overview
from dashboard.pages.page import Page

PAGES: tuple[Page, ...] = (overview.PAGE, definition.PAGE)
