"""The way to the rows behind a page as a workbook of the template, which can be imported again."""

from dash import html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext

PATH, FUND, PARK = "/workbook", "fund", "park"


def draw_workbook_link(
    context: PageContext, *, fund: str | None = None, park: str | None = None
) -> Component:
    """A link to a fund, a park, or everything that the person may read, at the page's version."""
    return html.A(
        context.say("workbook.export"),
        href=context.link(PATH, **{FUND: fund, PARK: park}),
        title=context.say("workbook.note"),
        className="edit-link" if fund or park else "button quiet",
        download="",
        id="workbook-export",
    )
