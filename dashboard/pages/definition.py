"""The page of one definition: what a number means, how it is worked out, and where it misleads."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.help import load_definition
from dashboard.pages.context import PageContext
from dashboard.pages.page import Page
from dashboard.words.numbers import format_date
from funds.permissions import Action


def lay_out(context: PageContext) -> Component:
    """The page in the language of the visit, its six sections one after the other."""
    page = load_definition(context.parts["code"], context.language)
    day = format_date(page.from_date, context.language)
    note = context.say(
        "definition.note", name=page.code, version=page.version, day=day, unit=page.unit, basis=page.basis
    )
    sections = [
        html.Section(
            [
                html.H2(section.heading, className="section-title"),
                dcc.Markdown(section.text, className="prose", dangerously_allow_html=False),
            ]
        )
        for section in page.sections
    ]
    back = dcc.Link(context.say("definition.back"), href=context.link("/"))
    return html.Article(
        [
            html.Nav(back),
            html.H1(page.title, className="page-title"),
            html.P(note, className="page-note"),
            *sections,
        ],
        className="card definition",
    )


PAGE = Page("/definitions/{code}", "page.definition", Action.READ, lay_out, is_in_nav=False)
