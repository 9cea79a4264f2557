"""The page of one definition: what a number means, how it is worked out, where it misleads, and what is beside it."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.help import load_definition, related_codes, terms_of
from dashboard.pages.context import PageContext
from dashboard.pages.help.glossary import link_term
from dashboard.pages.page import Page
from dashboard.words.numbers import format_date
from funds.permissions import Action


def lay_out(context: PageContext) -> Component:
    """The page in the language of the visit, its six sections one after the other, then where to go from here."""
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
    back = dcc.Link(context.say("definition.to_list"), href=context.link("/definitions"))
    return html.Article(
        [
            html.Nav(back, className="back"),
            html.H1(page.title, className="page-title"),
            html.P(note, className="page-note"),
            *sections,
            _draw_related(context, page.code),
            _draw_terms(context, page.code),
        ],
        className="card definition",
    )


def _draw_related(context: PageContext, code: str) -> Component | None:
    """Definitions that this one speaks of, or that speak of it."""
    links = [
        dcc.Link(
            f"{load_definition(other, context.language).title} {other}",
            href=context.link(f"/definitions/{other}"),
            className="term-link",
        )
        for other in related_codes(code)
    ]
    return _draw_links(context.say("definition.related"), links)


def _draw_terms(context: PageContext, code: str) -> Component | None:
    """Terms that it uses, in the glossary."""
    return _draw_links(context.say("definition.terms"), [link_term(context, term) for term in terms_of(code)])


def _draw_links(title: str, links: Sequence[Component]) -> Component | None:
    if not links:
        return None
    items = html.Ul([html.Li(link) for link in links], className="link-list")
    return html.Section([html.H2(title, className="section-title"), items])


PAGE = Page("/definitions/{code}", "page.definition", Action.READ, lay_out, is_in_nav=False)
